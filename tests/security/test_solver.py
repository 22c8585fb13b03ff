"""Nobody works out a hidden answer of a confidential assessment from what is shown of it. `docs/security.md` has the promise."""

import json
import random
from collections import Counter

import pytest

from assessments.reports.files import result_json
from assessments.scoring.answers import DONT_KNOW, Answers, Respondent
from tests.reports.assessments import seen
from tests.scoring.small import bank, pillar
from tests.security.solver import MUCH_PATIENCE, attack, by_question

BANK = bank(pillar("a", 3, essential={1: 3}), pillar("b", 3, essential={2: 2, 3: 4}), pillar("c", 4, essential={4: 5}))


def invented(seed):
    """Between one and seven people who mostly see the same, some of them cautious; every question has a number."""
    chance = random.Random(seed)
    people, unsure = chance.choice((1, 2, 3, 3, 4, 4, 5, 5, 6, 7)), chance.choice((0.0, 0.1, 0.3, 0.5))
    spread = chance.choice((0, 1, 1, 2, 5))
    middles = {key: chance.randint(1, 5) for key in BANK.questions}
    rows = [
        {key: max(1, min(5, middles[key] + chance.randint(-spread, spread))) for key in BANK.questions}
        for _person in range(people)
    ]
    for key in BANK.questions:
        silent = [row for row in rows if chance.random() < unsure]
        for row in silent if len(silent) < people else silent[1:]:
            row[key] = DONT_KNOW
    given = tuple(Respondent(f"p{number}", row) for number, row in enumerate(rows))
    recorded = {person.id for person in given if chance.random() < 0.3} if chance.random() < 0.3 else set()
    return Answers(given, invited=people), frozenset(recorded) if len(recorded) < people else frozenset()


def tables_of(answers, recorded=frozenset()):
    counted = frozenset(person.id for person in answers.respondents) - recorded
    return json.loads(result_json(seen(answers, "Q4 2026", bank=BANK, eligible=counted)))["tables"]


def given_away(seeds):
    """By seed; empty where everything holds."""
    found = {}
    for seed in seeds:
        answers, recorded = invented(seed)
        tables = tables_of(answers, recorded)
        if attack(tables, BANK, answers, recorded) and (
            told := attack(tables, BANK, answers, recorded, patience=MUCH_PATIENCE)
        ):
            found[seed] = told
    return found


@pytest.mark.parametrize("start", range(0, 300, 50))
def test_no_hidden_answer_has_fewer_than_three_candidates(start):
    assert given_away(range(start, start + 50)) == {}


@pytest.mark.long
@pytest.mark.parametrize("start", range(1_000, 11_000, 500))
def test_no_hidden_answer_of_ten_thousand_has_fewer_than_three_candidates(start):
    assert given_away(range(start, start + 500)) == {}


def test_the_adversary_finds_what_a_result_without_these_rules_tells():
    """Means from three people on and nothing else hidden: every lone answer of these is found, and who answered alike."""
    from tests.scoring.limited import table_alone

    told = Counter()
    for seed in range(100):
        answers, _recorded = invented(seed)
        tables = json.loads(result_json(seen(answers, "Q4 2026", bank=BANK, limited=table_alone(BANK, answers))))[
            "tables"
        ]
        lone = [key for key, people in by_question(answers).items() if len(people) == 1]
        found = {key for _knows, key, _left in attack(tables, BANK, answers)}
        told["lone"] += len(lone)
        told["found"] += len(found & set(lone))
    assert told["lone"] > 50
    assert told["found"] > 0.9 * told["lone"]
