"""Nobody works out a hidden answer from a pulse and a full result of the same people within two weeks, taken together.

The adversary takes for granted that nobody has changed an answer, and reads both pages.
"""

import json
from dataclasses import replace

import pytest

from assessments.reports.files import result_json
from assessments.scoring.answers import Answers
from assessments.scoring.bank import Subset
from assessments.scoring.candidates import extents_of
from assessments.scoring.minimum_respondents import disclosed
from assessments.scoring.pulse import score_asked
from assessments.scoring.suppression import suppress
from tests.reports.assessments import seen
from tests.security.solver import MUCH_PATIENCE, attack
from tests.security.test_solver import BANK, invented

SUBSETS = {
    "two a pillar": ("a1", "a2", "b1", "b2", "c1", "c2"),
    "one a pillar": ("a1", "b2", "c3"),
    "a whole pillar": ("a1", "a2", "a3", "b1", "c1"),
}


def tables_of(bank, answers, counted, subset, differing):
    if subset:
        keys = bank.subset(subset).questions
        rows = [replace(one, answers={key: one.answers[key] for key in keys}) for one in answers.respondents]
        answers = Answers(tuple(rows), invited=answers.invited)
    result = score_asked(bank, answers, subset)
    counts = disclosed(bank, answers, confidential=True, eligible=counted).counts
    limited = suppress(bank, result, counts, extents_of(bank, answers, result, counted, differing))
    shown = seen(answers, "Q4 2026", bank=bank, eligible=counted, limited=limited)
    return json.loads(result_json(shown))["tables"]


def together(full, pulse):
    """The tables of the full result, with what only the pulse tells of a question."""
    told = {row["key"]: row for row in pulse["questions"]}
    for row in full["questions"]:
        more = told.get(row["key"], {})
        row.update({name: more.get(name) for name, value in row.items() if value is None and name != "blocks"})
    return full


def given_away(keys, seeds, *, first):
    """Seeds whose answers both results tell; `first` was shown as if there were no other, "" if the limit is forgotten."""
    bank, found = replace(BANK, subsets=(Subset("pulse", "Pulse", keys),)), []
    for seed in seeds:
        answers, recorded = invented(seed, bank)
        people = frozenset(person.id for person in answers.respondents)
        few = people if first else frozenset()
        full = tables_of(bank, answers, people - recorded, "", few if first == "pulse" else ())
        pulse = tables_of(bank, answers, people - recorded, "pulse", few if first == "full" else ())
        tables = together(full, pulse)
        if attack(tables, bank, answers, recorded) and attack(tables, bank, answers, recorded, patience=MUCH_PATIENCE):
            found.append(seed)
    return found


@pytest.mark.parametrize("first", ["pulse", "full"])
@pytest.mark.parametrize("keys", SUBSETS.values(), ids=SUBSETS)
def test_two_results_within_two_weeks_tell_no_more_than_one(keys, first):
    assert given_away(keys, (5, 8, 9, 15, 21, 26, 41, 65, 88, 105), first=first) == []


@pytest.mark.long
@pytest.mark.parametrize("start", range(1_000, 3_000, 500))
@pytest.mark.parametrize("first", ["pulse", "full"])
@pytest.mark.parametrize("keys", SUBSETS.values(), ids=SUBSETS)
def test_no_two_results_of_thousands_tell_more_than_one(keys, first, start):
    assert given_away(keys, range(start, start + 500), first=first) == []


def test_the_adversary_finds_what_two_results_without_the_limit_tell():
    assert given_away(SUBSETS["two a pillar"], (8, 15, 17, 26), first="") == [8, 15, 17, 26]
