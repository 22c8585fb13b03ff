"""`docs/formats.md` promises what the program does: its examples are run here."""

import json
import pathlib
import re

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from assessments.formats.answers import load_answers, read_one
from assessments.formats.bank import load_bank, read_bank
from assessments.formats.result import dump_comparison, dump_result
from assessments.formats.translation import parse_translation
from assessments.handover.columns import TRAVELS
from assessments.scoring.bank import Scale
from assessments.scoring.change import compare
from assessments.scoring.result import score

ROOT = pathlib.Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
SCHEMAS = ROOT / "fixtures" / "schemas"
SMALL = read_bank(ROOT / "fixtures" / "demo" / "small.yaml")
ANSWERS = read_one(ROOT / "fixtures" / "demo" / "small-answers.json", SMALL)


def section(heading):
    return PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def example(heading, language):
    """The first fenced example under a heading."""
    return re.search(rf"```{language}\n(.*?)\n```", section(heading), re.DOTALL)[1]


def near(found, expected):
    """Whether two JSON values agree, numbers to the twelfth digit: the last bit may differ between machines."""
    if isinstance(expected, dict):
        return list(found) == list(expected) and all(near(found[key], expected[key]) for key in expected)
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(near, found, expected))
    return found == pytest.approx(expected, rel=1e-12) if isinstance(expected, float) else found == expected


def test_bank_example_uses_every_field_of_the_schema():
    text = example("Question bank", "yaml")
    bank = load_bank(text)
    assert bank.questions["vision-funding"].offered == (1, 2, 3, 5)
    definitions = json.loads((SCHEMAS / "maturity-bank-1.schema.json").read_text())
    for shape in (definitions, *definitions["$defs"].values()):
        assert [name for name in shape.get("properties", ()) if f"{name}:" not in text] == []


def test_translation_example_uses_every_field_of_the_schema():
    bank, text = load_bank(example("Question bank", "yaml")), example("Translation", "yaml")
    of_format_2 = re.findall(r"```yaml\n(.*?)\n```", section("Question bank of any shape"), re.DOTALL)[1]
    loaded = parse_translation(text, "example.de.yaml", lambda key, version: bank)
    assert loaded.missing == tuple(
        f"questions/vision-goal/{name}" for name in ("text", "anchors/1", "anchors/3", "anchors/5")
    )
    schema = json.loads((SCHEMAS / "maturity-translation-1.schema.json").read_text())
    Draft202012Validator(schema).validate(YAML(typ="safe", pure=True).load(text))
    for shape in (schema, *schema["$defs"].values()):
        assert [name for name in shape.get("properties", ()) if f"{name}:" not in text + of_format_2] == []


def test_bank_example_of_format_2_uses_every_field_of_its_schema():
    text = example("Question bank of any shape", "yaml")
    assert load_bank(text).scale == Scale(0, 2)
    schema = json.loads((SCHEMAS / "maturity-bank-2.schema.json").read_text())
    Draft202012Validator(schema).validate(YAML(typ="safe", pure=True).load(text))
    both = text + example("Question bank", "yaml") + "gate: {by: answers, reach: 0.5, cap: 2, spread: 1}"
    for shape in (schema, *schema["$defs"].values()):
        assert [name for name in shape.get("properties", ()) if f"{name}:" not in both] == []


def test_answers_example_is_read():
    assert [person.id for person in load_answers(example("Answers", "json"), SMALL).respondents] == ["r1", "r2"]


def test_result_example_is_what_score_prints():
    shown = json.loads(example("Result", "json"))
    assert near(json.loads(dump_result(score(SMALL, ANSWERS))), shown)
    Draft202012Validator(json.loads((SCHEMAS / "maturity-result-1.schema.json").read_text())).validate(shown)


def test_change_example_has_the_fields_that_compare_prints():
    shown = json.loads(example("Change between two assessments", "json"))
    printed = json.loads(dump_comparison(compare(SMALL, ANSWERS, SMALL, ANSWERS)))
    assert list(printed) == ["overall", "pillars"]
    assert list(printed["overall"]) == list(printed["pillars"][0]) == list(shown)
    schema = json.loads((SCHEMAS / "maturity-comparison-1.schema.json").read_text())
    Draft202012Validator(schema).validate({"overall": {**shown, "key": None}, "pillars": [shown]})


def test_every_published_field_of_a_result_is_on_the_page():
    schema = json.loads((SCHEMAS / "maturity-result-1.schema.json").read_text())
    names = {name for shape in (schema, *schema["$defs"].values()) for name in shape.get("properties", ())}
    assert {name for name in names if f'"{name}"' not in PAGE} == set()


@pytest.mark.parametrize("path", re.findall(r"`(fixtures/[\w./-]+\.(?:yaml|json))`", PAGE))
def test_files_named_on_the_page_are_there(path):
    assert (ROOT / path).is_file()


def test_a_hand_over_has_the_fields_that_are_described():
    """Every field of the document by the writer's own source stands in the section, and no other."""
    section = PAGE.split("\n## Handover of a client\n")[1].split("\n## ")[0]
    source = (ROOT / "assessments" / "handover" / "write.py").read_text(encoding="utf-8")
    columns = {getattr(kind, "key", "") or name for t in TRAVELS.values() for name, kind in t.document.items()}
    written = set(re.findall(r'"(\w+)": ', source)) | columns
    assert written >= {"client", "banks", "rounds", "people", "results", "roadmap", "consultancies"}
    assert [name for name in written if f"`{name}`" not in section and f"`{name}[]`" not in section] == []
