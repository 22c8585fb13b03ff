"""What is said of documents is said only where the answers to every question are shown, so it adds nothing to what the
solver attacks; and the levels that are said beside each other differ by the answers of nobody or of five people.

As in `solver.py`, the adversary shares no code with the product: it counts the levels of every pillar again.
"""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest

from assessments.scoring.answers import Answers, Document, Evidence, Respondent
from tests.reports.assessments import seen
from tests.security.test_solver import BANK, invented, tables_of

DAY = date(2026, 11, 20)


def with_documents(answers, chance):
    """One to four documents, old or new, each cited by at least half of the people, in most of their answers."""
    names = [one.id for one in answers.respondents]
    ages = {f"e-{n}": timedelta(days=chance.choice((30, 500))) for n in range(chance.randint(1, 4))}
    citing = {key: set(chance.sample(names, chance.randint((len(names) + 1) // 2, len(names)))) for key in ages}
    often = chance.choice((0.5, 0.8, 1.0))

    def cited(name):
        there = tuple(key for key in ages if name in citing[key] and chance.random() < often)
        return Evidence(2 if there or chance.random() < 0.1 else 0, documents=there)

    people = [
        replace(one, evidence={key: cited(one.id) for key, value in one.answers.items() if isinstance(value, int)})
        for one in answers.respondents
    ]
    documents = {key: Document(as_of=DAY - age) for key, age in ages.items()}
    return replace(answers, respondents=tuple(people), day=DAY, documents=documents)


def crowd(chance):
    """Six to twelve people who mostly see the same."""
    middle = {key: chance.randint(2, 5) for key in BANK.questions}
    people = tuple(
        Respondent(f"p{n}", {key: max(1, min(5, at + chance.choice((-1, 0, 0, 1)))) for key, at in middle.items()})
        for n in range(chance.randint(6, 12))
    )
    return Answers(people, invited=len(people)), frozenset(one.id for one in people if chance.random() < 0.1)


def shown(answers, recorded):
    counted = frozenset(one.id for one in answers.respondents) - recorded
    return seen(answers, "Q4 2026", bank=BANK, eligible=counted), counted


@pytest.mark.parametrize("start", range(0, 90, 30))
def test_of_a_pillar_that_hides_an_answer_nothing_is_said_of_documents(start):
    said = hidden = 0
    for seed in range(start, start + 30):
        answers, recorded = invented(seed)
        answers = with_documents(answers, random.Random(seed))
        told = {each.key for each in shown(answers, recorded)[0].backing}
        rows = {row["key"]: row for row in tables_of(answers, recorded)["questions"]}
        for pillar in BANK.pillars:
            is_hidden = any(rows[question.key]["level_1"] is None for question in pillar.questions)
            assert not (is_hidden and pillar.key in told), (seed, pillar.key)
            said, hidden = said + (pillar.key in told), hidden + is_hidden
    assert said and hidden


class Backed:
    """The answers of a pillar, and what stands behind each: documents, or whether there is evidence without one."""

    def __init__(self, pillar, answers):
        self.keys = [question.key for question in pillar.questions]
        self.essential = {question.key: question.essential_at for question in pillar.questions}
        self.old = frozenset(key for key, each in answers.documents.items() if (DAY - each.as_of).days > 365)
        self.given = [
            (key, one.id, one.answers[key], frozenset(one.evidence[key].documents) or one.evidence[key].grade >= 2)
            for one in answers.respondents
            for key in self.keys
        ]

    def people(self, lost=frozenset(), added=""):
        """Those whose answers count without the `lost` documents, or with one for each to the question `added`."""
        return {
            (key, person): value
            for key, person, value, behind in self.given
            if key == added or (behind if isinstance(behind, bool) else behind - lost)
        }

    def level(self, **change):
        """By the usual rules: more than half at a level, 85 % below it, essentials, two above the lowest median."""
        boxes = defaultdict(list)
        for (key, _person), value in self.people(**change).items():
            boxes[key] = sorted([*boxes[key], value])
        medians = {key: box[(len(box) - 1) // 2] for key, box in boxes.items()}
        level = 1
        while level < 5 and self._reaches(boxes, medians, level + 1):
            level += 1
        return min([level, *(2 + median for median in medians.values())])

    def _reaches(self, boxes, medians, level):
        shares = {
            at: sum(sum(value >= at for value in box) / len(box) for box in boxes.values()) / len(self.keys)
            for at in range(2, level + 1)
        }
        enough = all(share > (0.5 if at == level else 0.85) + 1e-9 for at, share in shares.items())
        return enough and all(medians.get(key, 0) >= level for key, at in self.essential.items() if (at or 9) <= level)


def sides(told, pillar):
    """The levels that are said, each with what is changed for it."""
    yield told.level, {}
    if told.old is not None:
        without = told.without_old
        yield (None if without is None else without.level), {"lost": pillar.old}
    if told.dearest is not None:
        yield told.dearest.level, {"lost": told.dearest.documents}
    if told.lift is not None:
        yield told.lift.level, {"added": told.lift.question}


@pytest.mark.parametrize("start", range(0, 150, 50))
def test_levels_that_are_said_differ_by_five_people_and_add_up(start):
    told_beside = 0
    for seed in range(start, start + 50):
        chance = random.Random(seed)
        answers, recorded = crowd(chance)
        answers = with_documents(answers, chance)
        result, counted = shown(answers, recorded)
        for told in result.backing:
            pillar = Backed(next(one for one in BANK.pillars if one.key == told.key), answers)
            said = list(sides(told, pillar))
            for level, change in said:
                again = pillar.level(**change)
                assert again == level or (level is None and again >= told.level), (seed, told.key, change)
            sets = [pillar.people(**change) for _level, change in said]
            for one, other in combinations(sets, 2):
                differ = {person for _key, person in one.keys() ^ other.keys()}
                assert not differ or len(differ & counted) >= 5, (seed, told.key)
            told_beside += len(said) - 1
    assert told_beside > 20
