"""Units against a roll-up written apart: plain loops over the result of each unit, from the text of the method."""

import math
import random

import pytest

from assessments.formats.bank import read_bank
from assessments.scoring import units
from assessments.scoring.answers import Answers, Respondent, Unit
from assessments.scoring.result import score
from assessments.scoring.units import by_unit, by_unit_and_rolled_up, roll_up

from .oracle_student import student_t

BANK = read_bank("fixtures/demo/small.yaml")


def people(chance, unit, number):
    return [
        Respondent(
            f"{unit}-{n}", {key: chance.choice((1, 2, 3, 3, 4, 5, "dont_know")) for key in BANK.questions}, unit=unit
        )
        for n in range(number)
    ]


def tree(seed):
    """Up to nine units, up to four deep, some of them without people, and people in units that have units below."""
    chance = random.Random(seed)
    units, respondents = [], []
    for n in range(chance.randint(1, 9)):
        parent = chance.choice([None, *[unit.id for unit in units][:4]])
        units.append(Unit(f"u{n}", f"Unit {n}", parent, chance.choice((1, 1, 12.5, 300))))
        respondents += people(chance, f"u{n}", chance.choice((0, 0, 1, 3, 4, 6)))
    chance.shuffle(respondents)
    return Answers(respondents=tuple(respondents), units=tuple(units))


def below(answers, unit):
    found = [unit]
    for name in found:
        found += [each.id for each in answers.units if each.parent == name]
    return found


def expected_pillar(answers, place):
    """The roll-up of one pillar."""
    rows = []
    for unit in answers.units:
        own = [person for person in answers.respondents if person.unit == unit.id]
        if own or len(below(answers, unit.id)) == 1:
            rows.append((unit, score(BANK, Answers(respondents=tuple(own))).pillars[place]))
    scored = [(unit, pillar) for unit, pillar in rows if pillar.score is not None]
    levels = [pillar.level for _, pillar in rows if pillar.level is not None]
    shares = {level: levels.count(level) / len(levels) for level in range(1, 6)} if levels else None
    mean = around = None
    if scored:
        whole = sum(unit.weight for unit, _ in scored)
        mean = sum(unit.weight * pillar.score for unit, pillar in scored) / whole
        k, m = len(rows), len(scored)
        errors = [pillar.se for _, pillar in scored]
        if k == m == 1:
            around = scored[0][1].interval
        elif m > 1 and None not in errors:
            left_out = []
            for gone, _ in scored:
                rest = [(unit, pillar) for unit, pillar in scored if unit is not gone]
                left_out.append(sum(u.weight * p.score for u, p in rest) / sum(u.weight for u, _ in rest))
            centre = sum(left_out) / m
            between = (1 - m / k) * (m - 1) / m * sum((each - centre) ** 2 for each in left_out)
            within = sum((unit.weight / whole) ** 2 * pillar.se**2 for unit, pillar in scored)
            half = student_t(m - 1) * math.sqrt(between + within)
            around = (max(1, mean - half), min(5, mean + half))
    return shares, mean, around


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_a_rollup_equals_plain_loops(first):
    for seed in range(first, first + 20):
        compare(tree(seed))


@pytest.mark.long
@pytest.mark.parametrize("first", range(60, 1060, 100))
def test_a_thousand_rollups_equal_plain_loops(first):
    for seed in range(first, first + 100):
        compare(tree(seed))


def compare(answers):
    found = roll_up(BANK, answers)
    for place, pillar in enumerate(found.pillars):
        shares, mean, around = expected_pillar(answers, place)
        assert pillar.share_by_level == pytest.approx(shares) if shares else pillar.share_by_level is None
        assert pillar.mean == pytest.approx(mean)
        assert pillar.interval == (pytest.approx(around) if around else None)


def test_a_unit_holds_everybody_below_it():
    answers = tree(7)
    for unit, result in zip(answers.units, by_unit(BANK, answers), strict=True):
        inside = [person for person in answers.respondents if person.unit in below(answers, unit.id)]
        assert result == score(BANK, Answers(id=unit.id, respondents=tuple(inside)))


@pytest.mark.parametrize("seed", range(5))
def test_results_and_rollups_together_equal_each_alone(seed):
    answers = tree(seed)
    assert by_unit_and_rolled_up(BANK, answers) == ([*by_unit(BANK, answers)], roll_up(BANK, answers))


def test_together_each_set_of_people_is_scored_once(monkeypatch):
    scored, original = [], units.score_with_parts
    monkeypatch.setattr(units, "score_with_parts", lambda *given: scored.append(given[1].id) or original(*given))
    asked = (*people(random.Random(1), "whole", 2), *people(random.Random(2), "part", 3))
    by_unit_and_rolled_up(BANK, Answers(respondents=asked, units=(Unit("whole", "W"), Unit("part", "P", "whole"))))
    assert sorted(scored) == ["part", "whole", "whole"]  # with the people below, and those of its own


def test_the_weakest_unit_has_the_lowest_level_then_the_lowest_score():
    def unit(name, level):
        return Respondent(name, dict.fromkeys(BANK.questions, level), unit=name)

    names = ("Logistics", "Retail", "Shops")
    answers = Answers(respondents=tuple(map(unit, names, (3, 2, 4))), units=tuple(Unit(name, name) for name in names))
    found = roll_up(BANK, answers).overall
    assert found.weakest == "Retail"
    assert found.share_by_level == {
        1: 0,
        2: pytest.approx(1 / 3),
        3: pytest.approx(1 / 3),
        4: pytest.approx(1 / 3),
        5: 0,
    }
    assert (found.mean, found.interval) == (3, None)  # one person a unit: no error is known


def test_units_without_answers_widen_the_interval():
    chance = random.Random(3)
    units = [Unit(name, name) for name in "abcdef"]
    asked = tuple(person for unit in units[:3] for person in people(chance, unit.id, 5))
    all_asked = roll_up(BANK, Answers(respondents=asked, units=tuple(units[:3]))).overall
    half_asked = roll_up(BANK, Answers(respondents=asked, units=tuple(units))).overall
    assert all_asked.mean == half_asked.mean
    assert half_asked.interval[0] < all_asked.interval[0]
    assert half_asked.interval[1] > all_asked.interval[1]


def test_one_unit_of_several_leaves_the_spread_unknown():
    asked = tuple(people(random.Random(4), "a", 5))
    one = roll_up(BANK, Answers(respondents=asked, units=(Unit("a", "A"),))).overall
    assert one.interval == score(BANK, Answers(respondents=asked)).overall.interval
    assert roll_up(BANK, Answers(respondents=asked, units=(Unit("a", "A"), Unit("b", "B")))).overall.interval is None


def test_the_example_of_the_method_page():
    def unit(name, sums):
        rows = [dict(zip(BANK.questions, [int(level) for level in row], strict=True)) for row in sums]
        return [Respondent(f"{name}{n}", row, unit=name) for n, row in enumerate(rows)]

    answers = Answers(
        respondents=(
            *unit("Logistics", ("2223222", "3332323", "2322222")),
            *unit("Retail", ("3333332", "4433433", "3333332")),
        ),
        units=(Unit("Logistics", "Logistics", weight=3), Unit("Retail", "Retail"), Unit("Shops", "Shops")),
    )
    logistics, retail, _ = by_unit(BANK, answers)
    assert [round(each.pillars[0].score, 4) for each in (logistics, retail)] == [2.3333, 3.0476]
    assert [round(each.pillars[0].se, 4) for each in (logistics, retail)] == [0.1905, 0.1905]
    found = roll_up(BANK, answers).pillars[0]
    assert round(found.mean, 4) == 2.5119
    assert [round(end, 3) for end in found.interval] == [1.0, 4.124]
    assert found.share_by_level == {1: 0, 2: 0.5, 3: 0.5, 4: 0, 5: 0}
    assert found.weakest == "Logistics"


def test_nobody_answered():
    found = roll_up(BANK, Answers(respondents=(), units=(Unit("a", "A"),))).overall
    assert (found.share_by_level, found.mean, found.interval, found.weakest) == (None, None, None, None)
