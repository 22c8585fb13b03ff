"""Nobody works out a hidden answer of a confidential assessment from what is shown of it. `docs/security.md` has the promise."""

import json
import random
from collections import Counter

import pytest

from assessments.formats.bank import load_bank
from assessments.reports.files import result_json
from assessments.scoring.answers import DONT_KNOW, Answers, Respondent
from assessments.scoring.result import score
from tests.reports.assessments import seen
from tests.scoring.small import bank, pillar
from tests.scoring.test_models import HEAD, answer_set, ladder, pillar as shaped_pillar, questions
from tests.security.solver import MUCH_PATIENCE, attack, by_question

BANK = bank(pillar("a", 3, essential={1: 3}), pillar("b", 3, essential={2: 2, 3: 4}), pillar("c", 4, essential={4: 5}))


THIRDS, NO_YES = (0, 0.33, 0.66, 1), (0, 1)


def in_groups(ladder_of, index_of, *pillars):
    """A bank of two groups: three pillars of three questions, the third pillar alone in its group."""
    groups = "groups:\n  - {key: first, name: First}\n  - {key: second, name: Second}\n"
    homes = zip(pillars, ("first", "first", "second"), "abc", strict=True)
    text = "pillars:\n" + "".join(shaped_pillar(key, rows(key), home) for rows, home, key in homes)
    return load_bank(HEAD + ladder_of + groups + f"index_of: {index_of}\n" + text)


def chosen(choices, stages=None):
    return lambda key: questions([f"{key}{n}" for n in range(3)], choices, stages)


def anchored(*offers):
    """Questions with these anchors; the first is essential at the second level."""

    def rows(key):
        for place, anchors in enumerate(offers):
            essential = ", essential_at: 2" if not place else ""
            yield f"      - {{key: {key}{place}, text: '{key}{place}?', anchors: {anchors}{essential}}}\n"

    return rows


SCALE = "scale: {from: 0, to: 3}\n"
STAGED = in_groups(
    ladder("0", "1", "2", "3") + SCALE + answer_set("thirds", *THIRDS) + "gate: {by: stages}\n",
    "groups", *[chosen("thirds", [2, 3, 4])] * 3,
)  # fmt: skip
YES = in_groups(ladder("No", "Yes") + answer_set("done", *NO_YES), "groups", *[chosen("done")] * 3)
SEVEN = in_groups(
    ladder(*"1234567"),
    "pillars",
    anchored("[a, b, c, d, e, f, g]", "[a, null, b, null, c, null, d]", "[a, b, c, null, null, null, null]"),
    anchored("[a, b, null, null, null, null, c]", "[a, b, c, d, e, f, g]", "[a, null, null, null, null, null, b]"),
    anchored("[a, b, c, d, e, f, g]", "[a, b, c, d, e, f, g]", "[a, b, null, null, null, null, null]"),
)
SHAPES = {"stages": STAGED, "yes": YES, "seven": SEVEN}


def invented(seed, bank=BANK):
    """Between one and seven people who mostly see the same, some of them cautious; every question has a number."""
    chance = random.Random(seed)
    people, unsure = chance.choice((1, 2, 3, 3, 4, 4, 5, 5, 6, 7)), chance.choice((0.0, 0.1, 0.3, 0.5))
    spread = chance.choice((0, 1, 1, 2, 5))
    middles = {key: chance.randrange(len(asked.offered)) for key, asked in bank.questions.items()}
    rows = [
        {
            key: asked.offered[max(0, min(len(asked.offered) - 1, middles[key] + chance.randint(-spread, spread)))]
            for key, asked in bank.questions.items()
        }
        for _person in range(people)
    ]
    for key in bank.questions:
        silent = [row for row in rows if chance.random() < unsure]
        for row in silent if len(silent) < people else silent[1:]:
            row[key] = DONT_KNOW
    given = tuple(Respondent(f"p{number}", row) for number, row in enumerate(rows))
    recorded = {person.id for person in given if chance.random() < 0.3} if chance.random() < 0.3 else set()
    return Answers(given, invited=people), frozenset(recorded) if len(recorded) < people else frozenset()


def tables_of(answers, recorded=frozenset(), bank=BANK):
    counted = frozenset(person.id for person in answers.respondents) - recorded
    return json.loads(result_json(seen(answers, "Q4 2026", bank=bank, eligible=counted)))["tables"]


def given_away(seeds, bank=BANK):
    """By seed; empty where everything holds."""
    found = {}
    for seed in seeds:
        answers, recorded = invented(seed, bank)
        tables = tables_of(answers, recorded, bank)
        if attack(tables, bank, answers, recorded) and (
            told := attack(tables, bank, answers, recorded, patience=MUCH_PATIENCE)
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


@pytest.mark.parametrize("shape", SHAPES)
def test_no_hidden_answer_of_a_bank_with_groups_is_recovered(shape):
    assert given_away(range(40), SHAPES[shape]) == {}


@pytest.mark.long
@pytest.mark.parametrize("start", range(1_000, 4_000, 500))
@pytest.mark.parametrize("shape", SHAPES)
def test_no_hidden_answer_of_thousands_in_groups_is_recovered(shape, start):
    assert given_away(range(start, start + 500), SHAPES[shape]) == {}


def test_a_group_less_its_visible_pillars_gives_no_answer_away():
    """Exact scores would, and three of these did until candidates had to show the same groups too."""
    told = 0
    for seed in range(60):
        answers, recorded = invented(seed, YES)
        tables = tables_of(answers, recorded, YES)
        exact = {group.name: found.score for group, found in zip(YES.groups, score(YES, answers).groups, strict=True)}
        for row in tables["groups"]:
            row["score"] = row["score"] and exact[row["group"]]
        told += bool(attack(tables, YES, answers, recorded))
    assert told
    assert given_away((253, 464, 508), YES) == {}


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
