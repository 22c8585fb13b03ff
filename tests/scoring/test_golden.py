"""The cases that must hold, row by row, as the method states them."""

from dataclasses import replace
from math import sqrt

import pytest

from assessments.scoring.bank import Pillar
from assessments.scoring.benchmark import peer_figures, percentile_rank
from assessments.scoring.change import compare, paired
from assessments.scoring.common import common_questions, round_of, shared_by
from assessments.scoring.interval import floor_squared
from assessments.scoring.organisation import share_level, weight_range
from assessments.scoring.result import score

from .small import FIVE, answers, bank, blocked_by, only, pillar, question, scored

NEAR = {"abs": 1e-4}

# One respondent, seven equal questions unless the row has six.
# answers     S       level  coverage  status          bounds
ONE_PERSON = [
    ("3333333", 3.0, 3, 1.0, "rated", (3, 3)),
    ("4444441", 3.5714, 3, 1.0, "rated", (3.5714, 3.5714)),
    ("444441", 3.5, 2, 1.0, "rated", (3.5, 3.5)),
    ("5555511", 3.8571, 2, 1.0, "rated", (3.8571, 3.8571)),
    ("444444?", 4.0, 4, 0.857, "rated", (3.5714, 4.1429)),
    ("44444??", 4.0, None, 0.714, "provisional", (3.1429, 4.2857)),
    ("444..??", None, None, 0.429, "insufficient", (2.2857, 4.5714)),
    ("444444-", 4.0, 4, 1.0, "rated", (4, 4)),
    (".......", None, None, 0.0, "insufficient", (1, 5)),
]


@pytest.mark.parametrize(("row", "score", "level", "coverage", "status", "bounds"), ONE_PERSON)
def test_one_person(row, score, level, coverage, status, bounds):
    found = only(scored(row, of=bank(pillar(count=len(row)))))
    assert found.score == (None if score is None else pytest.approx(score, **NEAR))
    assert found.level == level
    assert found.coverage == pytest.approx(coverage, abs=1e-3)
    assert found.status == status
    assert found.bounds == pytest.approx(bounds, **NEAR)


# answers     a(2)   a(3)   a(4)   a(5)
ATTAINED = [
    ("4444441", (0.857, 0.857, 0.857, 0)),
    ("444441", (0.833, 0.833, 0.833, 0)),
    ("5555511", (0.714, 0.714, 0.714, 0.714)),
    (".......", (0, 0, 0, 0)),
]


@pytest.mark.parametrize(("row", "shares"), ATTAINED)
def test_attained_shares(row, shares):
    found = only(scored(row, of=bank(pillar(count=len(row)))))
    assert found.attained == pytest.approx(dict(zip((2, 3, 4, 5), shares, strict=True)), abs=1e-3)


def test_a_cap_lowers_six_fours_and_a_one_to_level_3():
    assert blocked_by(only(scored("4444441"))) == [("q7", "cap")]


def test_an_essential_question_holds_strong_answers_at_level_2():
    found = only(scored("2444444", of=bank(pillar(essential={1: 3}))))
    assert (found.score, found.level) == (pytest.approx(3.7143, **NEAR), 2)
    assert blocked_by(found)[0] == ("q1", "essential")


def test_not_applicable_leaves_the_rest_as_it_is():
    assert only(scored("444444-")).na_share == pytest.approx(0.143, abs=1e-3)


def test_weights_count_and_weight_0_does_not():
    found = only(scored("5333331", of=bank(pillar(weights=[2, 1, 1, 1, 1, 1, 0]))))
    assert (found.score, found.level) == (pytest.approx(3.5714, **NEAR), 3)


THREE = ("3423432", "4433532", "232?431")


def test_three_respondents():
    found = only(scored(*THREE))
    assert found.score == pytest.approx(3.0)
    assert found.level == 3
    assert found.attained == pytest.approx({2: 0.9524, 3: 0.7143, 4: 0.2857, 5: 0.0476}, **NEAR)
    assert found.agreement.r_wg_star == pytest.approx(0.8333, **NEAR)
    assert found.se == pytest.approx(0.2474, **NEAR)
    assert found.interval == pytest.approx((2.2775, 3.7225), **NEAR)


def test_three_of_four_invited_know_more_than_three_of_many():
    found = only(scored(*THREE, invited=4))
    assert found.se == pytest.approx(0.1237, **NEAR)
    assert found.interval == pytest.approx((2.6387, 3.3613), **NEAR)


def test_three_respondents_of_one_mind_keep_the_floor():
    found = only(scored("3333333", "3333333", "3333333"))
    assert found.se == pytest.approx(0.0630, **NEAR)
    assert found.interval == pytest.approx((2.816, 3.184), abs=1e-3)
    assert found.agreement.r_wg_star == 1


def test_two_respondents_at_the_ends():
    found = only(scored("1111111", "5555555"))
    assert (found.score, found.level, found.interval) == (3.0, 1, None)
    assert found.attained == {2: 0.5, 3: 0.5, 4: 0.5, 5: 0.5}
    assert found.agreement.flagged == tuple(f"q{n}" for n in range(1, 8))


# pillar levels of eight equal pillars, organisation level
ORGANISATION = [("44444441", 2), ("44444333", 4), ("44443333", 3), ("44444442", 3), ("44444422", 3)]


@pytest.mark.parametrize(("levels", "expected"), ORGANISATION)
def test_organisation_level(levels, expected):
    pillars = [pillar(f"p{n}", count=1) for n in range(8)]
    answered_alike = bank(*pillars)
    result = scored(levels, of=answered_alike)
    assert [found.level for found in result.pillars] == [int(level) for level in levels]
    assert result.overall.level == expected
    assert min(share_level([(1.0, int(x)) for x in levels]), int(min(levels)) + 1) == expected


def test_index_and_weight_range():
    scores = [3.8, 3.2, 2.9, 1.6, 3.4, 2.7, 3.0, 2.4]
    # Ten questions a pillar whose whole-number answers have these means.
    questions = {s: [int(s)] * 10 for s in scores}
    rows = "".join(str(x + (place < round(10 * (s - int(s))))) for s in scores for place, x in enumerate(questions[s]))
    result = scored(rows, of=bank(*[pillar(f"p{n}", count=10) for n in range(8)]))
    assert [found.score for found in result.pillars] == pytest.approx(scores)
    assert result.overall.index == pytest.approx(2.875)
    assert result.overall.weight_range == pytest.approx((2.7467, 2.9938), **NEAR)
    assert weight_range(FIVE, [(1.0, s) for s in scores]) == pytest.approx((2.7467, 2.9938), **NEAR)


BEFORE = ("2323223", "3323323", "2223222", "2333233")
AFTER = ("3334333", "3433433", "3323323", "3334334")


def test_a_round_later_the_same_people_have_moved():
    of = bank()
    (change,) = compare(of, answers(of, *BEFORE), of, answers(of, *AFTER)).pillars
    assert change.delta == pytest.approx(0.6071, **NEAR)
    assert change.se == pytest.approx(0.0772, **NEAR)
    assert change.interval == pytest.approx((0.4256, 0.7887), **NEAR)
    assert (change.method, change.real, change.comparability) == ("paired", True, "comparable")


def test_the_paired_jackknife_before_its_floor():
    of = bank()
    rounds = round_of(of, answers(of, *BEFORE), of), round_of(of, answers(of, *AFTER), of)
    part = shared_by(of.pillars[0], common_questions(of, of, *rounds), *rounds)
    assert sqrt(paired([(1.0, part)], rounds).variance) == pytest.approx(0.0357, **NEAR)
    assert sqrt(floor_squared(part.before) + floor_squared(part.after)) == pytest.approx(0.0772, **NEAR)


COHORT = [1.8, 2.0, 2.1, 2.3, 2.4, 2.4, 2.5, 2.6, 2.7, 2.8, 2.9, 3.0, 3.0, 3.1, 3.2, 3.3, 3.4, 3.6, 3.8, 4.1]


def test_percentile_in_a_cohort_of_twenty():
    found = percentile_rank(COHORT, 3.0)
    assert found.rank == pytest.approx(60)
    assert found.interval == pytest.approx((41.9, 75.8), abs=0.05)


def test_quartiles_of_a_cohort_of_twenty():
    found = peer_figures({f"o{n}": value for n, value in enumerate(COHORT)}, own=3.0)
    assert (found.lower_quartile, found.median, found.upper_quartile) == pytest.approx((2.4, 2.85, 3.2583), **NEAR)
    assert found.percentile.rank == pytest.approx(60)


NAMES = ("direction", "value", "problems", "unity", "steering", "funding", "visible")


def published_bank():
    """The bank of the published example: funding is essential at 4, and each step takes 1.5 person-months."""
    steps = [(level, 1.5) for level in (1, 2, 3, 4)]
    essential = {"funding": 4}
    questions = [question(f"vision-{name}", essential_at=essential.get(name), steps=steps) for name in NAMES]
    return bank(Pillar(key="vision", name="Vision", questions=tuple(questions)))


def test_the_published_example():
    of = replace(published_bank(), checksum="sha256:0")
    people = answers(of, *THREE, invited=8, targets={"vision": 4}, evidence={1: 2, 5: 3})
    result = score(of, replace(people, id="acme-2026-q4"))
    found = only(result)
    assert result.answered == 3
    assert (result.engine, result.id, result.invited) == ("2.0.0", "acme-2026-q4", 8)
    assert (result.bank_key, result.bank_version, result.bank_checksum) == ("small", "1.0.0", "sha256:0")
    assert result.overall.index == found.score == pytest.approx(3.0)
    assert result.overall.index_100 == found.score_100 == pytest.approx(50.0)
    assert result.overall.interval == pytest.approx((2.4288064393037336, 3.5711935606962664), abs=1e-12)
    assert result.overall.weight_range == pytest.approx((3.0, 3.0))
    assert (result.overall.level, result.overall.coverage, result.overall.reason) == (3, 1.0, None)
    assert found.se == pytest.approx(0.1956151991089879, abs=1e-14)
    assert found.interval == pytest.approx((2.4288064393037336, 3.5711935606962664), abs=1e-12)
    assert found.bounds == pytest.approx((3.0, 3.0))
    assert found.dont_know_rate == pytest.approx(0.047619047619047616)
    assert found.evidence_coverage == pytest.approx(0.2857142857142857)
    assert (found.self_declared, found.target, found.gap, found.gap_within_error) == (None, 4, 1.0, False)
    assert (found.agreement.band, found.agreement.flagged) == ("strong", ())
    assert blocked_by(found) == [
        ("vision-funding", "essential"),
        ("vision-visible", "below"),
        ("vision-problems", "below"),
        ("vision-direction", "below"),
    ]


def test_the_published_example_of_a_priority():
    of = published_bank()
    first = score(of, answers(of, *THREE, targets={"vision": 4})).priorities[0]
    assert (first.question, first.tier, first.why) == ("vision-visible", 2, "blocks_next_level")
    assert first.gain == pytest.approx(8.333333333333334)
    assert (first.effort, first.owner, first.horizon) == (1.5, "Chief executive", "90d")
