"""What changed between two assessments on the questions that they share, and whether the change is real.

Both assessments are scored on the common questions with the weights of the later bank version, so that only the answers
can move the figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal, NamedTuple

from .answers import Answers
from .bank import Bank, Scale
from .common import Round, Shared, common_questions, round_of, share_of_index, shared_by, weights_in_index
from .figures import Interval
from .interval import (
    MIN_RESPONDENTS,
    Replicates,
    combine,
    combined_floor,
    floor_squared,
    jackknife,
    leave_one_out,
    leave_one_out_of_both,
    margin,
)
from .organisation import mean
from .tolerance import above, at_least, below, whole

COMPARABLE = 0.80
INDICATIVE = 0.50
MIN_CHANGE = 1 / 16  # of the scale

type Comparability = Literal["comparable", "indicative", "none"]
type Method = Literal["paired", "independent"]
type Rounds = tuple[Round, Round]
type Weighed = tuple[float, Shared]


@dataclass(frozen=True)
class Change:
    """The change of one pillar, or of the index if `key` is None. Scores and `delta` are on the later bank's scale.

    `common_weight` is the share of the applicable weight that the common questions carry, 0-1: the smaller of the two
    assessments' shares, None if nothing applies in one of them. If comparability is `none` there are no figures. For
    fewer than three people there is no SE, interval or verdict. `changed` always lists the common questions whose
    low median differs, in the later bank's order; for the index, those of pillars of weight above 0.
    """

    key: str | None
    comparability: Comparability
    common_weight: float | None
    before: float | None
    after: float | None
    delta: float | None
    se: float | None
    interval: Interval | None  # not clipped
    method: Method | None
    real: bool | None
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Two assessments compared: the index, and every pillar of the later bank in its order.

    `withheld` are the keys of pillars whose figures were removed because they would reveal what is hidden.
    """

    overall: Change
    pillars: tuple[Change, ...]
    withheld: frozenset[str] = frozenset()


def compare(before_bank: Bank, before: Answers, after_bank: Bank, after: Answers) -> Comparison:
    """Return the comparison of two assessments of one bank. Raises KeyError for an answer to an unknown question."""
    rounds = round_of(before_bank, before, after_bank), round_of(after_bank, after, after_bank)
    common = common_questions(before_bank, after_bank, *rounds)
    parts = [shared_by(pillar, common, *rounds) for pillar in after_bank.pillars]
    pillars = tuple(change(part.key, part.common_weight, [(1.0, part)], rounds, part.changed) for part in parts)
    shareable = [part for part in parts if part.weight > 0 and comparability(part.common_weight) != "none"]
    weights = weights_in_index(after_bank, {part.key: part.weight for part in shareable})
    changed = tuple(key for part in parts if part.weight > 0 for key in part.changed)
    weighed = [(weights[part.key], part) for part in shareable if weights[part.key] > 0]
    share = share_of_index(after_bank, parts, *rounds)
    return Comparison(change(None, share, weighed, rounds, changed), pillars)


def comparability(common_weight: float | None) -> Comparability:
    """`comparable` from .80 of the weight, `indicative` from .50, else `none`."""
    if common_weight is None or not at_least(common_weight, INDICATIVE):
        return "none"
    return "comparable" if at_least(common_weight, COMPARABLE) else "indicative"


def change(
    key: str | None,
    common_weight: float | None,
    parts: Sequence[Weighed],
    rounds: Rounds,
    changed: tuple[str, ...],
) -> Change:
    """The change of the weighted mean of these pillars; with a single pillar, the change of its score."""
    grade = comparability(common_weight) if parts else "none"
    if grade == "none":
        return Change(key, grade, common_weight, None, None, None, None, None, None, None, changed)
    scale = rounds[1].scale
    before = scale.clip(mean([(weight, part.before_score) for weight, part in parts]))
    after = scale.clip(mean([(weight, part.after_score) for weight, part in parts]))
    delta = after - before
    error = error_of(parts, rounds)
    if error is None:
        return Change(key, grade, common_weight, before, after, delta, None, None, None, None, changed)
    reach = margin(error.se, error.df)
    interval = (delta - reach, delta + reach)
    real = is_real(scale, delta, interval)
    return Change(key, grade, common_weight, before, after, delta, error.se, interval, error.method, real, changed)


def is_real(scale: Scale, delta: float, interval: Interval) -> bool:
    """Whether a change is at least a sixteenth of the scale (a quarter of 1-5), and its 90 % interval excludes 0."""
    return at_least(abs(delta), MIN_CHANGE * (scale.high - scale.low)) and (
        above(interval[0], 0.0) or below(interval[1], 0.0)
    )


class Error(NamedTuple):
    """The standard error of a difference, its degrees of freedom, and the method used."""

    se: float
    df: int
    method: Method


def error_of(parts: Sequence[Weighed], rounds: Rounds) -> Error | None:
    """Paired if the same people answered, else independent; None for fewer than three people in an assessment.

    There is no finite-population factor, because the two samples represent the organisation at two times; the floor
    `floor1^2 + floor2^2` is applied last.
    """
    earlier, later = rounds
    groups = [later.groups.get(part.key) for _, part in parts]
    first = combine([(weight, leave_one_out(part.before, earlier.people)) for weight, part in parts], groups)
    second = combine([(weight, leave_one_out(part.after, later.people)) for weight, part in parts], groups)
    if min(first.n, second.n) < MIN_RESPONDENTS:
        return None
    same_people = ids(first, earlier) == ids(second, later)
    found = paired(parts, rounds) if same_people else independent(first, second)
    if found is None:
        return None
    floor = combined_floor([(w, floor_squared(part.before) + floor_squared(part.after)) for w, part in parts])
    return Error(sqrt(max(found.variance, floor)), found.df, found.method)


class Spread(NamedTuple):
    """A variance before the floor."""

    variance: float
    df: int
    method: Method


def ids(replicates: Replicates, round: Round) -> set[str]:
    """The ids of the people with a number on the common questions."""
    flags = zip(replicates.takes_part, round.people, strict=True)
    return {person.id for takes_part, person in flags if takes_part}


def paired(parts: Sequence[Weighed], rounds: Rounds) -> Spread | None:
    """The jackknife of each person's differences, df n - 1; None if leaving one out leaves nothing to compare."""
    earlier, later = rounds
    people = earlier.matched(later)
    groups = [later.groups.get(part.key) for _, part in parts]
    both = [(weight, leave_one_out_of_both(part.before, part.after, people)) for weight, part in parts]
    combined = combine(both, groups)
    variance = jackknife(combined)
    return None if variance is None else Spread(variance, combined.n - 1, "paired")


def independent(first: Replicates, second: Replicates) -> Spread | None:
    """The sum of the two jackknife variances, with Welch's degrees of freedom."""
    one, two = jackknife(first), jackknife(second)
    if one is None or two is None:
        return None
    return Spread(one + two, welch(one, first.n, two, second.n), "independent")


def welch(one: float, n: int, two: float, m: int) -> int:
    """Welch's degrees of freedom for a difference of means with variances `one` and `two`, rounded down.

    `(v1 + v2)^2 / (v1^2/(n - 1) + v2^2/(m - 1))` (Welch 1947); if both are 0, the smaller of n - 1 and m - 1.
    """
    if not one and not two:
        return min(n, m) - 1
    return whole((one + two) ** 2 / (one**2 / (n - 1) + two**2 / (m - 1)))
