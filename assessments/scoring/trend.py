"""The trend of three or more assessments: a line for the index and one a pillar, on the questions that all share.

The same people: `score = b0 + b1*years + person + error` by REML, one score a person and assessment. Other people: the
weighted line through the scores of the assessments. A line rises or falls only if its interval excludes 0, for pillars
after Holm's correction (Holm 1979), because eight lines drawn from chance alone would often show one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import fsum, sqrt
from typing import Literal, NamedTuple

from .answers import Answers, Respondent
from .bank import Bank
from .common import Round, common_questions, round_of
from .figures import Interval
from .interval import (
    IS_NUMBER,
    MIN_RESPONDENTS,
    Replicates,
    combine,
    combined_floor,
    floor_squared,
    interval,
    jackknife,
    leave_one_out,
    margin,
    weighted_mean,
)
from .pillar import weight, weighted_sum
from .question import Tally
from .regression import Line, Observation, random_intercept, weighted_line
from .student_t import TWO_SIDED, within

MIN_ASSESSMENTS = 3
DAYS = 365.25  # in a year

type Verdict = Literal["rising", "falling", "none"]
type People = Literal["same", "different"]
type Weighed = Sequence[tuple[float, str]]  # weight and key of each pillar of a line


class Dated(NamedTuple):
    """One assessment, the day it is about, and the version of the bank that it asked."""

    day: date
    bank: Bank
    answers: Answers


@dataclass(frozen=True)
class TrendPoint:
    """The score of one assessment on the common questions, on the bank's scale; without an interval below three people."""

    date: date
    score: float | None
    interval: Interval | None


@dataclass(frozen=True)
class Trend:
    """The line of one pillar, or of the index if `key` is None.

    `slope_per_year` and `interval` (90 %, not clipped) are in units of the scale per year. There is no line with fewer
    than three assessments on different days, or fewer than three people in one of them.
    """

    key: str | None
    points: tuple[TrendPoint, ...]
    slope_per_year: float | None
    se: float | None
    interval: Interval | None
    verdict: Verdict
    people: People


@dataclass(frozen=True)
class Trends:
    """The trend of every pillar of the latest bank that has common questions, and of the index."""

    overall: Trend
    pillars: tuple[Trend, ...]


class Fit(NamedTuple):
    """A trend before its verdict, with the probability of a line as steep if nothing changed."""

    trend: Trend
    p: float


class Sample(NamedTuple):
    """One assessment of one line: its date in years, its score and replicates, and the scores of its people."""

    day: date
    years: float
    score: float | None
    replicates: Replicates
    floor: float
    scores: Mapping[str, float]  # by person

    @property
    def error(self) -> float | None:
        """The jackknife SE, at least the floor; None for fewer than three people."""
        spread = jackknife(self.replicates)
        return None if spread is None else sqrt(max(spread, self.floor))


def trends(assessments: Sequence[Dated]) -> Trends:
    """The trends of assessments of one bank, in any order. Raises KeyError for an answer to an unknown question."""
    dated = sorted(assessments, key=lambda each: each.day)
    latest = dated[-1].bank
    rounds = [round_of(each.bank, each.answers, latest) for each in dated]
    shared = [
        set(common_questions(each.bank, latest, round, rounds[-1])) for each, round in zip(dated, rounds, strict=True)
    ]
    common = [key for key in latest.questions if all(key in keys for keys in shared)]
    scored = {
        pillar.key: [each.key for each in pillar.questions if each.key in common and each.weight > 0]
        for pillar in latest.pillars
    }
    days = [each.day for each in dated]

    def fit(key: str | None, parts: Weighed) -> Fit:
        return fitted(latest, key, [sample(days, place, parts, scored, round) for place, round in enumerate(rounds)])

    keys = [key for key, questions in scored.items() if questions]
    weights = [(pillar.weight, pillar.key) for pillar in latest.pillars if pillar.weight > 0 and scored[pillar.key]]
    pillars = holm([fit(key, [(1.0, key)]) for key in keys])
    return Trends(decided(fit(None, weights), 1), tuple(pillars))


def sample(
    days: Sequence[date], place: int, parts: Weighed, scored: Mapping[str, Sequence[str]], round: Round
) -> Sample:
    """What one assessment contributes to a line; `scored` are the common weighted questions by pillar."""
    tallies = [(each, [round.tallies[question] for question in scored[key]]) for each, key in parts]
    years = (days[place] - days[0]).days / DAYS
    if not tallies:
        return Sample(days[place], years, None, Replicates([], []), 0.0, {})
    replicates = combine([(each, leave_one_out(own, round.people)) for each, own in tallies])
    floor = combined_floor([(each, floor_squared(own)) for each, own in tallies])
    score = weighted_mean([each for each, _ in tallies], [mean_of(own) for _, own in tallies])
    people = {person.id: own_score(person, tallies) for person in round.people}
    numbers = {name: value for name, value in people.items() if value is not None}
    return Sample(days[place], years, score, replicates, floor, numbers)


def mean_of(tallies: Sequence[Tally]) -> float:
    """The score of answered, weighted questions."""
    return weighted_sum(tuple(tallies)) / weight(tallies)


def own_score(person: Respondent, parts: Sequence[tuple[float, Sequence[Tally]]]) -> float | None:
    """One person's score: the weighted mean over pillars of the weighted means of the numbers given; None without one."""
    pillars = []
    for _, tallies in parts:
        values = [person.answers.get(one.question.key) for one in tallies]
        given = [
            one.marks.value(value) if IS_NUMBER(value) and isinstance(value, int) else None
            for one, value in zip(tallies, values, strict=True)
        ]
        pillars.append(weighted_mean([one.weight for one in tallies], given))
    return weighted_mean([each for each, _ in parts], pillars)


def fitted(bank: Bank, key: str | None, samples: Sequence[Sample]) -> Fit:
    """The line through the samples."""
    people: People = "same" if all(one.scores.keys() == samples[0].scores.keys() for one in samples) else "different"
    points = tuple(TrendPoint(one.day, one.score, reach(bank, one)) for one in samples)
    smallest = min(len(one.scores) for one in samples)
    line = None
    if len(samples) >= MIN_ASSESSMENTS and smallest >= MIN_RESPONDENTS:
        line = (same_people if people == "same" else other_people)(samples)
    if line is None:
        return Fit(Trend(key, points, None, None, None, "none", people), 1.0)
    half = margin(line.se, smallest - 1)
    around = (line.slope - half, line.slope + half)
    return Fit(Trend(key, points, line.slope, line.se, around, "none", people), chance(line, smallest - 1))


def reach(bank: Bank, one: Sample) -> Interval | None:
    """The 90 % interval of a score, clipped to the scale."""
    if one.error is None or one.score is None:
        return None
    return interval(bank.scale, one.score, margin(one.error, one.replicates.n - 1))


def same_people(samples: Sequence[Sample]) -> Line | None:
    """A line with each person as a random effect."""
    return random_intercept(
        [[Observation(one.years, one.scores[name]) for one in samples] for name in samples[0].scores]
    )


def other_people(samples: Sequence[Sample]) -> Line | None:
    """The weighted line through the scores.

    Whoever answers more than once moves several scores at a time, which neither the standard errors nor the spread
    about the line know: the error of the slope is at least what the people, each taken whole, imply.
    """
    known = [one.error for one in samples if one.error is not None]
    if len(known) < len(samples):
        return None
    points = [Observation(one.years, one.score or 0.0) for one in samples]
    line = weighted_line(points, known)
    return line and replace(line, se=max(line.se, error_of_people(samples, known)))


def error_of_people(samples: Sequence[Sample], errors: Sequence[float]) -> float:
    """The SE of the weighted slope from what each person adds to it over all assessments."""
    weights = [error**-2 for error in errors]
    centre = fsum(w * one.years for w, one in zip(weights, samples, strict=True)) / fsum(weights)
    spread = fsum(w * (one.years - centre) ** 2 for w, one in zip(weights, samples, strict=True))
    added: dict[str, float] = {}
    for w, one in zip(weights, samples, strict=True):
        mean = fsum(one.scores.values()) / len(one.scores)
        for name, value in one.scores.items():
            part = w * (one.years - centre) / spread * (value - mean) / (len(one.scores) - 1)
            added[name] = added.get(name, 0.0) + part
    return sqrt(fsum(each**2 for each in added.values()))


def chance(line: Line, df: int) -> float:
    """The two-sided probability of a line at least as steep if nothing changed."""
    if line.se == 0:
        return 0.0 if line.slope else 1.0
    return 1 - within(abs(line.slope) / line.se, df) if line.slope else 1.0


def holm(fits: Sequence[Fit]) -> list[Trend]:
    """The verdicts of all pillars together: the k-th smallest probability is held against .10 / (number - k + 1)."""
    lines = [fit for fit in fits if fit.trend.se is not None]
    passed: set[int] = set()
    for place, fit in enumerate(sorted(lines, key=lambda fit: fit.p)):
        if decided(fit, len(lines) - place).verdict == "none":
            break
        passed.add(id(fit))
    return [decided(fit, 1) if id(fit) in passed else fit.trend for fit in fits]


def decided(fit: Fit, share: int) -> Trend:
    """The trend with its verdict at the level .10 / `share`."""
    slope = fit.trend.slope_per_year
    if slope is None or fit.p > (1 - TWO_SIDED) / share:
        return fit.trend
    return replace(fit.trend, verdict="rising" if slope > 0 else "falling")
