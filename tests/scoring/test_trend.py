"""Trends of three or more assessments."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessments.scoring.answers import Answers, Respondent
from assessments.scoring.regression import Observation, random_intercept
from assessments.scoring.student_t import t95
from assessments.scoring.trend import DAYS, Dated, trends

from .small import answers, bank, pillar

SEVEN = bank()
RISING = (  # three people, four half-years
    ("2223222", "3332323", "2322222"),
    ("2233222", "3333333", "2323232"),
    ("3233232", "4333333", "3323232"),
    ("3333332", "4433433", "3333332"),
)


def day(half_years):
    return date(2024, 1, 31) + timedelta(days=183 * half_years)


def rounds(rows, of=SEVEN, days=None):
    return [Dated((days or day)(place), of, answers(of, *people)) for place, people in enumerate(rows)]


def renamed(one, names):
    people = tuple(replace(person, id=name) for person, name in zip(one.answers.respondents, names, strict=True))
    return one._replace(answers=replace(one.answers, respondents=people))


def mean(row):
    return sum(map(int, row)) / len(row)


def test_same_people_have_a_line_by_reml():
    found = trends(rounds(RISING)).overall
    groups = [
        [Observation((day(place) - day(0)).days / DAYS, mean(RISING[place][person])) for place in range(4)]
        for person in range(3)
    ]
    line = random_intercept(groups)
    assert found.people == "same"
    assert (found.slope_per_year, found.se) == (pytest.approx(line.slope), pytest.approx(line.se))
    half = t95(2) * line.se
    assert found.interval == pytest.approx((line.slope - half, line.slope + half))
    assert found.verdict == "rising"
    assert [one.date for one in found.points] == [day(place) for place in range(4)]
    assert found.points[0].score == pytest.approx((15 + 19 + 15) / 21)


def test_order_of_the_files_does_not_count():
    assert trends(rounds(RISING)[::-1]) == trends(rounds(RISING))


def test_backwards_falls():
    assert trends(rounds(RISING[::-1])).overall.verdict == "falling"


def test_other_people_have_a_weighted_line():
    """By hand: scores 2, 3 and 4 with equal errors on days a year apart rise by one a year."""
    one = [
        renamed(each, [f"{place}{letter}" for letter in "abcd"])
        for place, each in enumerate(
            rounds(
                [
                    ["1111111", "2222222", "2222222", "3333333"],
                    ["2222222", "3333333", "3333333", "4444444"],
                    ["3333333", "4444444", "4444444", "5555555"],
                ],
                days=lambda place: date(2024 + place, 3, 1),
            )
        )
    ]
    found = trends(one).overall
    error = ((1 + 1) / 3**2) ** 0.5  # of each mean: deviations 1, 0, 0 and 1 over n - 1, which is 3
    spread = sum(((date(2024 + n, 3, 1) - date(2024, 3, 1)).days / DAYS - 1) ** 2 for n in range(3))
    assert found.people == "different"
    assert found.slope_per_year == pytest.approx(1.0, abs=1e-3)
    assert found.se == pytest.approx(error / spread**0.5, rel=1e-2)
    assert found.verdict == "rising"  # 1.0 is more than t(.95, 3) x .33


def test_more_than_chance_is_asked_of_eight_pillars():
    """Holm: one pillar that just rises alone does not rise among eight."""
    alone = bank(pillar("a", 7))
    rows = (("2323223", "3323322", "2223222"), ("2333223", "3333322", "2222232"), ("3333223", "3323333", "2323322"))
    eight = bank(*[pillar(key, 7) for key in "abcdefgh"])
    still = "2323223", "3323322", "2223222"
    among = [tuple(row + still[place] * 7 for place, row in enumerate(people)) for people in rows]
    (one,) = trends(rounds(rows, alone)).pillars
    first, *others = trends(rounds(among, eight)).pillars
    assert one.verdict == "rising"
    assert first.interval == one.interval  # which excludes 0
    assert [first.verdict, *[each.verdict for each in others]] == ["none"] * 8


@pytest.mark.parametrize(
    "few",
    [RISING[:2], tuple(people[:2] for people in RISING), (RISING[0], ("???????", "3333333", "2222222"), RISING[2])],
    ids=["two assessments", "two people", "two people in one of three"],
)
def test_too_little_for_a_line(few):
    found = trends(rounds(few)).overall
    assert (found.slope_per_year, found.se, found.interval, found.verdict) == (None, None, None, "none")
    assert all(point.score is not None for point in found.points)


def test_one_day_gives_no_line():
    assert trends(rounds(RISING, days=lambda _: day(0))).overall.slope_per_year is None


def test_only_questions_that_all_answered_count():
    """The last question is new in the second assessment, so it is not in any score."""
    rows = [(*(row[:6] + "." for row in RISING[0]),), *RISING[1:]]
    found = trends(rounds(rows)).overall
    assert found.points[1].score == pytest.approx((15 + 18 + 14) / 18)


def test_nothing_in_common_is_no_trend():
    rows = [("555....",) * 3, ("...555.",) * 3, ("......5",) * 3]
    found = trends(rounds(rows))
    assert found.pillars == ()
    assert (found.overall.verdict, [one.score for one in found.overall.points]) == ("none", [None] * 3)


def organisation(rng, people, times, leaving):
    """An organisation in which nothing changes but who answers: a list of assessments."""
    names = iter(range(10**6))
    staff = [(next(names), rng.gauss(3, 0.6)) for _ in range(people)]
    found = []
    for place in range(times):
        staff = [one if rng.random() > leaving else (next(names), rng.gauss(3, 0.6)) for one in staff]
        there = [
            Respondent(str(name), {key: answer(rng, level + shift) for key in SEVEN.questions})
            for name, level in staff
            for shift in [rng.gauss(0, 0.25)]
        ]
        found.append(Dated(day(place), SEVEN, Answers(tuple(there))))
    return found


def answer(rng, level):
    return min(5, max(1, round(level + rng.gauss(0, 0.7))))


@pytest.mark.long
@pytest.mark.parametrize("people", [3, 5, 8])
@pytest.mark.parametrize("times", [3, 5, 8])
@pytest.mark.parametrize("leaving", [0.0, 0.1, 0.3, 0.6])
def test_chance_seldom_makes_a_trend(people, times, leaving):
    """At a nominal 90 %, at most 10 % of organisations in which nothing changes have a trend (1,000 each, +2 SE)."""
    rng = random.Random(f"{people} {times} {leaving}")
    runs = [trends(organisation(rng, people, times, leaving)).overall.verdict for _ in range(1000)]
    assert sum(verdict != "none" for verdict in runs) / len(runs) <= 0.10 + 2 * (0.1 * 0.9 / 1000) ** 0.5
