"""The published schemas agree with the readers."""

import json
import pathlib

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from assessments.formats.schemas import FILES, schema_of

from .minimal import BANK
from .test_answers import ANSWERS

FIXTURES = pathlib.Path(__file__).parents[2] / "fixtures"
SCHEMAS = sorted((FIXTURES / "schemas").glob("*.json"))


def schema(name):
    return Draft202012Validator(json.loads((FIXTURES / "schemas" / f"maturity-{name}-1.schema.json").read_text()))


def plain(text):
    return YAML(typ="safe", pure=True).load(text)


def test_there_is_a_schema_for_every_format():
    names = [path.name.removeprefix("maturity-").removesuffix(".schema.json") for path in SCHEMAS]
    firsts = [name.removesuffix("-1") for name in names if name.endswith("-1")]
    assert firsts == ["answers", "bank", "comparison", "result", "translation"]
    assert sorted({*names} - {f"{name}-1" for name in firsts}) == ["answers-1-to-bank-2", "bank-2", "result-2"]


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_schema_is_valid_itself(path):
    Draft202012Validator.check_schema(json.loads(path.read_text()))


@pytest.mark.parametrize("name", FILES)
def test_schema_is_what_the_types_say(name):
    """`python -m assessments.formats.schemas` writes them."""
    published = (FIXTURES / "schemas" / f"{name}.schema.json").read_text()
    assert published == json.dumps(schema_of(name), indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("path", ["ai-leadership.yaml", "demo/small.yaml"])
def test_shipped_banks_fit(path):
    schema("bank").validate(plain((FIXTURES / path).read_text()))


def test_example_answers_fit():
    schema("answers").validate(json.loads(ANSWERS))
    schema("answers").validate(json.loads((FIXTURES / "demo" / "small-answers.json").read_text()))


@pytest.mark.parametrize(
    "change",
    [
        lambda bank: bank.update(extra=1),
        lambda bank: bank.update(key="a b"),
        lambda bank: bank.update(version="1.0"),
        lambda bank: bank["levels"].pop(),
        lambda bank: bank.update(pillars=[]),
        lambda bank: bank["pillars"][0].update(weight=0.0001),
        lambda bank: bank["pillars"][0].update(short="x" * 25),
        lambda bank: bank["pillars"][0]["questions"][0]["anchors"].pop(),
        lambda bank: bank["pillars"][0]["questions"][0].update(anchors=[None, "b", "c", None, None]),
        lambda bank: bank["pillars"][0]["questions"][0].update(anchors=["a", None, None, None, None]),
        lambda bank: bank["pillars"][0]["questions"][0].update(essential_at=1),
        lambda bank: bank["pillars"][0]["questions"][0]["next_steps"][0].update(effort=0),
        lambda bank: bank["pillars"][0]["questions"][0]["next_steps"][0].update(horizon="3m"),
    ],
)
def test_broken_banks_do_not_fit(change):
    bank = plain(BANK)
    schema("bank").validate(bank)
    change(bank)
    assert not schema("bank").is_valid(bank)


@pytest.mark.parametrize(
    "change",
    [
        lambda answers: answers.update(extra=1),
        lambda answers: answers.update(invited=-1),
        lambda answers: answers["targets"].update(p=6),
        lambda answers: answers["respondents"][0].pop("id"),
        lambda answers: answers["respondents"][0]["answers"].update(q1=6),
        lambda answers: answers["respondents"][0]["answers"].update(q1=True),
        lambda answers: answers["respondents"][0]["evidence"].update(q1=4),
    ],
)
def test_broken_answers_do_not_fit(change):
    answers = json.loads(ANSWERS)
    change(answers)
    assert not schema("answers").is_valid(answers)
