"""A result as JSON: the published shape, no number lost, and back again."""

import dataclasses
import json
import pathlib
from random import Random

import pytest
from jsonschema import Draft202012Validator

from assessments.formats.answers import dump_answers, load_answers, read_one
from assessments.formats.bank import read_bank
from assessments.formats.problems import ProblemsError
from assessments.formats.result import dump_comparison, dump_result, load_result
from assessments.scoring.change import compare
from assessments.scoring.result import score
from tests.scoring.strategies import random_case

FIXTURES = pathlib.Path(__file__).parents[2] / "fixtures"
SMALL = read_bank(FIXTURES / "demo" / "small.yaml")
ANSWERS = read_one(FIXTURES / "demo" / "small-answers.json", SMALL)


def validator(name):
    return Draft202012Validator(json.loads((FIXTURES / "schemas" / f"maturity-{name}-1.schema.json").read_text()))


def refuse_nan(literal):
    raise AssertionError(f"{literal} in JSON")


@pytest.mark.parametrize("seed", range(120))
def test_any_result_fits_its_schema_and_comes_back_the_same(seed):
    bank, answers = random_case(seed, largest=seed % 20 == 0)
    result = score(bank, answers)
    text = dump_result(result)
    validator("result").validate(json.loads(text, parse_constant=refuse_nan))
    assert load_result(text) == result
    assert dump_result(load_result(text)) == text


@pytest.mark.parametrize("seed", range(60))
def test_any_comparison_fits_its_schema(seed):
    rng = Random(seed)
    bank, before = random_case(seed)
    after = dataclasses.replace(before, respondents=before.respondents[rng.choice((0, 1)) :])
    validator("comparison").validate(json.loads(dump_comparison(compare(bank, before, bank, after))))


@pytest.mark.parametrize("seed", range(30))
def test_answers_survive_the_way_out_and_back(seed):
    bank, answers = random_case(seed)
    text = dump_answers(answers)
    assert load_answers(text, bank) == answers
    validator("answers").validate(json.loads(text))


def test_a_result_is_one_line_for_every_reader():
    answers = dataclasses.replace(ANSWERS, id="a\u2028b\x85c\nd\u2029é")
    text = dump_result(score(SMALL, answers))
    assert len(text.splitlines()) == 1
    assert "é" in text
    assert load_result(text).id == answers.id


def test_what_is_not_a_number_never_leaves():
    result = score(SMALL, ANSWERS)
    broken = dataclasses.replace(result, overall=dataclasses.replace(result.overall, index=float("nan")))
    with pytest.raises(ValueError, match="not JSON compliant"):
        dump_result(broken)


def test_scoring_twice_gives_the_same_bytes():
    assert dump_result(score(SMALL, ANSWERS)) == dump_result(score(SMALL, ANSWERS))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda data: data.pop("engine"), "engine: this field is missing"),
        (lambda data: data.update(format="maturity-result/3"), "format: maturity-result/1 expected"),
        (lambda data: data["overall"].update(index="3"), 'overall.index: a number expected, found "3"'),
        (lambda data: data["overall"].update(interval=[1.0]), "overall.interval: two numbers expected"),
        (lambda data: data["pillars"][0].update(status="odd"), "pillars[0].status: rated, provisional, insufficient"),
        (lambda data: data["pillars"][0].update(level=True), "pillars[0].level: a whole number expected, found true"),
        (
            lambda data: data["pillars"][0]["agreement"].update(flagged=[1]),
            "pillars[0].agreement.flagged[0]: text expected",
        ),
        (lambda data: data["pillars"][0]["attained"].pop("3"), "pillars[0]: attained has the levels 2, 3, 4 and 5"),
        (lambda data: data["pillars"][0].update(status="withheld"), "pillars[0]: something is withheld here"),
        (lambda data: data["pillars"][0]["blocking"][0].update(because=None), "pillars[0]: something is withheld here"),
        (lambda data: data["overall"].update(index=float("nan")), "overall.index: a number expected, found NaN"),
        (lambda data: data["pillars"][0].update(target="4"), 'pillars[0].target: a number expected, found "4"'),
        (lambda data: data.update(priorities=[3]), "priorities[0]: an object expected, found 3"),
    ],
)
def test_a_damaged_result_is_refused_with_the_place(change, expected):
    data = json.loads(dump_result(score(SMALL, ANSWERS)))
    change(data)
    with pytest.raises(ProblemsError) as caught:
        load_result(json.dumps(data), "r.json")
    assert str(caught.value).startswith(f"r.json:1: {expected}")


def test_everything_that_is_wrong_with_a_result_is_said_at_once_with_its_line():
    data = json.loads(dump_result(score(SMALL, ANSWERS)))
    data["overall"].update(level="3")
    del data["engine"], data["overall"]["reason"]
    with pytest.raises(ProblemsError) as caught:
        load_result(json.dumps(data, indent=1), "r.json")
    assert [str(problem).split(" expected")[0] for problem in caught.value.problems] == [
        "r.json:1: engine: this field is missing",
        "r.json:13: overall.reason: this field is missing",
        "r.json:16: overall.level: a whole number",
    ]


@pytest.mark.parametrize(
    "text", ["", "[", '{"engine": "\\ud800"}', '{"engine": ' + "9" * 5_000 + "}", "[" * 300 + "]" * 300]
)
def test_what_is_not_json_is_one_sentence(text):
    with pytest.raises(ProblemsError, match=r"^r\.json:1: this is not JSON: ") as caught:
        load_result(text, "r.json")
    assert len(str(caught.value)) < 200
