"""Banks of format 2: every contradiction is a sentence with line and field, and nothing is lost on the way."""

import pathlib

import pytest

from assessments.formats.answers import load_answers
from assessments.formats.bank import load_bank
from assessments.formats.dump import dump_bank, dump_translation
from assessments.formats.problems import ProblemsError
from assessments.formats.result import dump_result, load_result
from assessments.formats.translation import parse_translation
from assessments.scoring.result import score

TEXT = (pathlib.Path(__file__).parent / "banks" / "practices.yaml").read_text(encoding="utf-8")
BANK = load_bank(TEXT)
ANSWERS = (
    '{"targets": {"design": 2.5}, "respondents": [{"id": "a", "answers": {"d-1": 4, "d-2": 2, "w-1": 4, "w-2": 3}}]}'
)
GATE = "gate: {by: stages}"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{name: None}", "{name: None, value: 0}", "levels[1]: this level has no value and others have"),
        ("from: 0, to: 3", "from: 3, to: 3", "14: scale.to: to is above from; 3 is not above 3"),
        ("value: 0.25", "value: 0.5", "choices.quarter[2].value: values rise: 0.5 is not above 0.5 before it"),
        ('"No", value: 0}', '"No", value: 0.1}', "choices.quarter[0].value: the first value is 0, found 0.1"),
        ("Most, value: 1", "Most, value: 0.9", "choices.quarter[3].value: the last value is 1, found 0.9"),
        ("value: 0.25", "value: 2", 'choices.quarter[1].value: a value from 0 to 1 expected, found "2"'),
        ("drawn?, choices: quarter", "drawn?, choices: fifth", 'choices: there is no answer set "fifth" in this bank'),
        ("drawn?, choices: quarter, stage: 2", "drawn?, choices: quarter", "stage: this field is missing; levels are stages"),
        ("drawn?, choices: quarter, stage: 2", "drawn?, choices: quarter, stage: 5", "stage: there is no level 5; the ladder has four"),
        (GATE, "gate: {by: answers}", "stage: a stage, but the gate is not by stages"),
        (GATE, "gate: {by: stages, cap: 2}", "gate.cap: levels by stages have only a hold; leave this out"),
        (GATE, "gate: {by: stages, hold: 1.5}", "gate.hold: hold is above 0 and at most 1"),
        (GATE, "gate: {by: answers, hold: 1}", "gate.hold: hold is below 1 where levels are by answers"),
        (GATE, "gate: {by: answers, cap: 0}", "gate.cap: a whole number from 1 to 7 expected"),
        ("group: run", "group: walk", 'pillars[1].group: there is no group "walk" in this bank'),
        ("    group: run\n", "", "pillars[1]: this pillar has no group and others have"),
        ("Run, weight: 2}", "Run, weight: 2}\n  - {key: rest, name: Rest}", 'groups[2].key: the group "rest" has no pillar'),
        ("Never, null, Sometimes, Always", "Never, null, Sometimes", "anchors: four anchors expected, one for each level, three"),
        ("Never, null, Sometimes, Always", "Never, null, Sometimes, null", "anchors[3]: levels are stages, so the highest"),
        ("essential_at: 4", "essential_at: 5", "essential_at: there is no level 5"),
        ("answered?\n", "answered?\n        choices: quarter\n", "choices: a question has anchors or choices, not both"),
        ("stage: 4, essential_at: 4}", f"stage: 4, covers: [{'x' * 201}]}}", "covers[0]: 201 characters; at most 200"),
    ],
)  # fmt: skip
def test_a_contradiction_is_named(old, new, expected):
    assert TEXT.count(old) == 1
    with pytest.raises(ProblemsError) as caught:
        load_bank(TEXT.replace(old, new), "own.yaml")
    assert all(line.startswith("own.yaml:") for line in str(caught.value).splitlines())
    assert expected in str(caught.value)


def test_load_dump_load_is_the_identity():
    assert load_bank(dump_bank(BANK)) == BANK
    assert dump_bank(load_bank(dump_bank(BANK))) == dump_bank(BANK)


def test_a_null_cap_is_kept():
    by_answers = TEXT.replace(GATE, "gate: {by: answers, cap: null, spread: null}").replace(", stage: ", ", weight: ")
    bank = load_bank(by_answers.replace("        stage: 3\n", ""))
    assert (bank.gate.cap, bank.gate.spread, bank.gate.reach) == (None, None, 0.5)
    assert load_bank(dump_bank(bank)) == bank


def test_a_result_is_on_the_scale_of_the_bank_and_read_back_byte_for_byte():
    text = dump_result(score(BANK, load_answers(ANSWERS, BANK)))
    assert text.startswith('{"format": "maturity-result/2"')
    assert '"scale": {"from": 0.0, "to": 3.0}' in text
    assert dump_result(load_result(text)) == text


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"d-1": 4', '"d-1": 5', "this question does not offer answer 5; choose 1, 2, 3 or 4"),
        ('"w-2": 3', '"w-2": 2', "this question does not offer level 2; choose 1, 3 or 4"),
        ('"d-1": 4', '"d-1": 8', "the number of an answer expected"),
        ('"design": 2.5', '"design": 3.5', "a target from 0 to 3 expected, found 3.5"),
    ],
)
def test_a_wrong_answer_is_named(old, new, expected):
    with pytest.raises(ProblemsError, match=expected):
        load_answers(ANSWERS.replace(old, new), BANK)


def test_a_translation_has_answer_sets_and_groups():
    text = (
        "format: maturity-translation/1\nbank: practices\nbank_version: 1.0.0\nlanguage: de\nversion: 1.0.0\n"
        'choices:\n  quarter:\n    - text: "Nein"\n    - text: Wenige\n    - text: Die Hälfte\n    - text: Die meisten\n'
        "groups:\n  - key: build\n    name: Bauen\n"
    )
    found = parse_translation(text, "de.yaml", lambda key, version: BANK).translation
    assert found.texts["choices/quarter/1/text"] == "Nein"
    assert found.texts["groups/build/name"] == "Bauen"
    again = parse_translation(dump_translation(found, BANK), "de.yaml", lambda key, version: BANK).translation
    assert again == found
