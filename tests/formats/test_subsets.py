"""A subset of a bank in its file: what is checked, written back, translated and put in a workbook."""

import dataclasses

import pytest

from assessments.formats.bank import load_bank
from assessments.formats.checks import warnings
from assessments.formats.difference import Bump, asked, differences
from assessments.formats.dump import dump_bank
from assessments.formats.places import texts_of, translated
from assessments.formats.problems import ProblemsError, written
from assessments.importers.door import read_bank_file
from assessments.importers.export import workbook_of

from .test_checks import SMALL

KEYS = list(SMALL.questions)
PULSE = f"subsets:\n  - key: pulse\n    title: Pulse\n    questions: [{KEYS[0]}, {KEYS[1]}]\n"
BANK = load_bank(dump_bank(SMALL) + PULSE)


def problems(text):
    with pytest.raises(ProblemsError) as refused:
        load_bank(dump_bank(SMALL) + text)
    return [f"{written(problem.path)}: {problem.sentence}" for problem in refused.value.problems]


def test_it_is_read_and_written_back():
    assert BANK.subset("pulse").questions == tuple(KEYS[:2])
    assert load_bank(dump_bank(BANK)) == BANK
    assert dump_bank(dataclasses.replace(BANK, subsets=())) == dump_bank(SMALL)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (f"[{KEYS[0]}, nowhere]", 'subsets[0].questions[1]: there is no question "nowhere" in this bank'),
        (f"[{KEYS[0]}, {KEYS[0]}]", f'subsets[0].questions[1]: "{KEYS[0]}" is the key of a question before this one'),
        ("[]", "subsets[0].questions: 1 to 200 questions expected"),
    ],
)
def test_a_wrong_question_is_an_error_with_its_place(entry, expected):
    (said,) = problems(f"subsets:\n  - key: pulse\n    title: Pulse\n    questions: {entry}\n")
    assert said.startswith(expected)


def test_a_subset_that_asks_a_whole_pillar_is_an_error():
    name = SMALL.pillars[0].key
    (said,) = problems(PULSE.replace(f"{KEYS[0]}, {KEYS[1]}", ", ".join(KEYS)))
    assert said == (
        f'subsets[0].questions: every question of "{name}": leave one out, because a pulse tells no score of a pillar'
    )


def test_a_subset_of_the_same_key_is_an_error():
    (said,) = problems(PULSE + PULSE.removeprefix("subsets:\n"))
    assert said.startswith('subsets[1].key: "pulse" is the key of a subset before this one')


def test_a_pillar_without_a_question_is_a_warning():
    other = dataclasses.replace(SMALL.pillars[0], key="other", questions=(dataclasses.replace(SMALL.questions[KEYS[0]], key="o-1"),))  # fmt: skip
    said = [sentence for path, sentence in warnings(dataclasses.replace(BANK, pillars=(*BANK.pillars, other))) if path[0] == "subsets"]  # fmt: skip
    assert said == ['no question of "other"; a pulse says nothing of it']
    assert not [path for path, _sentence in warnings(BANK) if path[0] == "subsets"]


def test_its_questions_are_a_minor_change():
    fewer = dataclasses.replace(BANK, subsets=(dataclasses.replace(BANK.subsets[0], questions=(KEYS[0],)),))
    assert asked(differences(SMALL, BANK)) is asked(differences(BANK, fewer)) is Bump.MINOR
    assert asked(differences(BANK, SMALL)) is Bump.MINOR


def test_its_title_is_translated():
    assert texts_of(BANK)["subsets/pulse/title"] == "Pulse"
    assert translated(BANK, {"subsets/pulse/title": "Puls"}, "de").subset("pulse").title == "Puls"


def test_a_workbook_keeps_it():
    assert read_bank_file(workbook_of(BANK), "bank.xlsx").bank == BANK


def test_only_its_questions_and_their_pillars_are_left():
    assert list(BANK.limited_to("pulse").questions) == KEYS[:2]
    assert BANK.limited_to("") is BANK
    with pytest.raises(KeyError):
        BANK.limited_to("annual")
