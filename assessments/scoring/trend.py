"""The trend of three or more assessments: a line for the index and one a pillar, on the questions that all share.

The same people: `score = b0 + b1*years + person + error` by REML, one score a person and assessment. Other people: the
weighted line through the scores of the assessments. A line rises or falls only if its interval excludes 0, for pillars
after Holm's correction (Holm 1979), because eight lines drawn from chance alone would often show one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import fsum, sqrt
from typing import Literal, NamedTuple

from .answers import Answers
from .bank import Bank
from .common import Round, common_questions, round_of, weights_in_index
from .figures import Interval
from .interval import (
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
from .regression import Line, Observation, leverages, random_intercept, weighted_line
from .student_t import TWO_SIDED, within

MIN_ASSESSMENTS = 3
DAYS = 365.25  # in a year

type Verdict = Literal["rising", "falling", "none"]
type People = Literal["same", "different"]


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


class Part(NamedTuple):
    """What one assessment contributes to the line of one pillar."""

    score: float | None
    replicates: Replicates
    floor: float
    scores: Mapping[str, float]  # by person


class Sample(NamedTuple):
    """One assessment of one line, and its date in years after the first."""

    day: date
    years: float
    part: Part

    @property
    def error(self) -> float | None:
        """The jackknife SE, at least the floor; None for fewer than three people."""
        spread = jackknife(self.part.replicates)
        return None if spread is None else sqrt(max(spread, self.part.floor))


class Prepared(NamedTuple):
    """Assessments of one bank, oldest first, under the latest bank; `shared` are the questions all of them answered."""

    dated: tuple[Dated, ...]
    rounds: tuple[Round, ...]
    shared: frozenset[str]

    @property
    def latest(self) -> Bank:
        return self.dated[-1].bank


def trends(assessments: Sequence[Dated]) -> Trends:
    """The trends of assessments of one bank, in any order. Raises KeyError for an answer to an unknown question."""
    return trends_of(prepared(assessments))


def prepared(assessments: Sequence[Dated]) -> Prepared:
    """The assessments tallied and in order. Raises KeyError for an answer to an unknown question."""
    dated = sorted(assessments, key=lambda each: each.day)
    latest = dated[-1].bank
    rounds = [round_of(each.bank, each.answers, latest) for each in dated]
    asked = zip(dated, rounds, strict=True)
    shared = frozenset[str].intersection(
        *[frozenset(common_questions(each.bank, latest, round, rounds[-1])) for each, round in asked]
    )
    return Prepared(tuple(dated), tuple(rounds), shared)


def trends_of(found: Prepared) -> Trends:
    """A line a pillar of the latest bank that has shared questions, and one for the index."""
    dated, rounds, latest = found.dated, found.rounds, found.latest
    scored = {
        pillar: keys
        for pillar in latest.pillars
        if (keys := [each.key for each in pillar.questions if each.key in found.shared and each.weight > 0])
    }
    parts = {pillar.key: [part_of(round, keys) for round in rounds] for pillar, keys in scored.items()}

    def fit(key: str | None, parts: Sequence[Part]) -> Fit:
        since = [(each.day - dated[0].day).days / DAYS for each in dated]
        days = [each.day for each in dated]
        return fitted(latest, key, [Sample(*one) for one in zip(days, since, parts, strict=True)])

    weights = weights_in_index(latest, {pillar.key: pillar.weight for pillar in scored if pillar.weight > 0})
    weighted = {key: weight for key, weight in weights.items() if weight > 0}
    groups = [latest.index_groups.get(key) for key in weighted]
    whole = [
        together([(weight, parts[key][place]) for key, weight in weighted.items()], groups)
        for place in range(len(rounds))
    ]
    return Trends(decided(fit(None, whole), 1), tuple(holm([fit(key, own) for key, own in parts.items()])))


def part_of(round: Round, keys: Sequence[str]) -> Part:
    """The part of a pillar, from its common weighted questions."""
    tallies = [round.tallies[key] for key in keys]
    full = weight(tallies)
    worth = [{n: each.weight * each.marks.value(n) for n in each.question.offered} for each in tallies]
    scores: dict[str, float] = {}
    for person in round.people:
        given = [column.get(person.answers.get(key)) for key, column in zip(keys, worth, strict=True)]  # type: ignore[arg-type]
        values = [value for value in given if value is not None]
        if len(values) == len(keys):
            scores[person.id] = fsum(values) / full
        elif values:
            pairs = zip(given, tallies, strict=True)
            scores[person.id] = fsum(values) / fsum([each.weight for value, each in pairs if value is not None])
    return Part(
        weighted_sum(tuple(tallies)) / full, leave_one_out(tallies, round.people), floor_squared(tallies), scores
    )


def together(parts: Sequence[tuple[float, Part]], groups: Sequence[str | None]) -> Part:
    """The weighted mean of pillars, in their groups; a person's is over the pillars in which the person has a score."""
    if not parts:
        return Part(None, Replicates([], []), 0.0, {})
    weights = [each for each, _ in parts]
    people = dict.fromkeys(name for _, part in parts for name in part.scores)
    means = {name: weighted_mean(weights, [part.scores.get(name) for _, part in parts]) for name in people}
    return Part(
        weighted_mean(weights, [part.score for _, part in parts]),
        combine([(each, part.replicates) for each, part in parts], groups),
        combined_floor([(each, part.floor) for each, part in parts]),
        {name: mean for name, mean in means.items() if mean is not None},
    )


def fitted(bank: Bank, key: str | None, samples: Sequence[Sample]) -> Fit:
    """The line through the samples."""
    people: People = (
        "same" if all(one.part.scores.keys() == samples[0].part.scores.keys() for one in samples) else "different"
    )
    points = tuple(TrendPoint(one.day, one.part.score, reach(bank, one)) for one in samples)
    smallest = min(len(one.part.scores) for one in samples)
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
    if one.error is None or one.part.score is None:
        return None
    return interval(bank.scale, one.part.score, margin(one.error, one.part.replicates.n - 1))


def same_people(samples: Sequence[Sample]) -> Line | None:
    """A line with each person as a random effect."""
    return random_intercept(
        [[Observation(one.years, one.part.scores[name]) for one in samples] for name in samples[0].part.scores]
    )


def other_people(samples: Sequence[Sample]) -> Line | None:
    """The weighted line through the scores.

    Whoever answers more than once moves several scores at a time, which neither the standard errors nor the spread
    about the line know: the error of the slope is at least what the people, each taken whole, imply.
    """
    known = [one.error for one in samples if one.error is not None]
    if len(known) < len(samples):
        return None
    points = [Observation(one.years, one.part.score or 0.0) for one in samples]
    line = weighted_line(points, known)
    return line and replace(line, se=max(line.se, error_of_people(samples, known)))


def error_of_people(samples: Sequence[Sample], errors: Sequence[float]) -> float:
    """The SE of the weighted slope from what each person adds to it over all assessments."""
    shares, _spread = leverages([one.years for one in samples], errors)
    added: dict[str, float] = {}
    for share, one in zip(shares, samples, strict=True):
        mean = fsum(one.part.scores.values()) / len(one.part.scores)
        for name, value in one.part.scores.items():
            added[name] = added.get(name, 0.0) + share * (value - mean) / (len(one.part.scores) - 1)
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
