"""How far a score may be off: the leave-one-respondent-out jackknife, its floor, and the 90 % interval.

The jackknife answers "what if another person had been missing?" (Tukey 1958; Efron and Stein 1981). It is linear in
the number of respondents: the sum of a question's answers is a whole number, so each replicate mean is
`(sum - x) / (k - 1)`, exact before one division.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from math import fsum, sqrt
from typing import NamedTuple

from .answers import DONT_KNOW, NOT_APPLICABLE, Respondent, Value
from .bank import MAX_ANSWERS, Scale
from .figures import Interval
from .question import Tally
from .student_t import t95

MIN_RESPONDENTS = 3
ROUNDING = 1e-12  # replicates closer than this differ by floating point alone
ANSWERS = range(1, MAX_ANSWERS + 1)
IS_NUMBER = frozenset(ANSWERS).__contains__

type Column = Mapping[Value | None, float]


class Replicates(NamedTuple):
    """Leave-one-out scores, one per respondent; None if leaving that person out leaves no score."""

    takes_part: list[bool]  # has a number on one of the questions
    scores: list[float | None]

    @property
    def n(self) -> int:
        """The number of respondents who take part."""
        return sum(self.takes_part)


def leave_one_out(tallies: Sequence[Tally], people: Sequence[Respondent]) -> Replicates:
    """The weighted mean of these answered questions without each person in turn.

    Each question keeps the state it has with all respondents. One left without a number drops out of that replicate.
    """
    keys = [tally.question.key for tally in tallies]
    sums = [sum_without(tally) for tally in tallies]
    weights = [weight_without(tally) for tally in tallies]
    fragile = any(tally.n == 1 for tally in tallies)
    full = fsum([tally.weight for tally in tallies])
    takes_part: list[bool] = []
    scores: list[float | None] = []
    for person in people:
        values = [*map(person.answers.get, keys)]
        weight = fsum([column[x] for column, x in zip(weights, values, strict=True)]) if fragile else full
        takes_part.append(any(map(IS_NUMBER, values)))
        scores.append(fsum([column[x] for column, x in zip(sums, values, strict=True)]) / weight if weight else None)
    return Replicates(takes_part, scores)


def sum_without(tally: Tally) -> Column:
    """`w * m` of a question without one answer, by the value of that answer; 0 if no number would be left."""
    stays = tally.weight * (tally.mean or 0.0)
    column: dict[Value | None, float] = {None: stays, DONT_KNOW: stays, NOT_APPLICABLE: stays}
    left, total = (tally.n - 1) * tally.marks.denominator, tally.total
    for answer, unit in enumerate(tally.marks.units, start=1):
        column[answer] = tally.weight * ((total - unit) / left) if left else 0.0
    return column


def weight_without(tally: Tally) -> Column:
    """The weight of a question without one answer, by the value of that answer; 0 if no number would be left."""
    column: dict[Value | None, float] = dict.fromkeys((None, DONT_KNOW, NOT_APPLICABLE, *ANSWERS), tally.weight)
    if tally.n == 1:
        column.update(dict.fromkeys(ANSWERS, 0.0))
    return column


def leave_one_out_of_both(
    before: Sequence[Tally], after: Sequence[Tally], people: Sequence[tuple[Respondent, Respondent]]
) -> Replicates:
    """The difference after - before without each person in turn; `before` and `after` hold the same questions.

    A question left without a number in either assessment drops out of both.
    """
    keys = [tally.question.key for tally in before]
    columns = [(old, new, sum_without(old), sum_without(new)) for old, new in zip(before, after, strict=True)]
    takes_part: list[bool] = []
    differences: list[float | None] = []
    for earlier, later in people:
        values = [(earlier.answers.get(key), later.answers.get(key)) for key in keys]
        takes_part.append(any(map(IS_NUMBER, chain.from_iterable(values))))
        parts: list[float] = []
        weights: list[float] = []
        for (old, new, old_sums, new_sums), (was, became) in zip(columns, values, strict=True):
            if not (old.n == 1 and IS_NUMBER(was)) and not (new.n == 1 and IS_NUMBER(became)):
                parts += (new_sums[became], -old_sums[was])
                weights.append(new.weight)
        differences.append(fsum(parts) / fsum(weights) if weights else None)
    return Replicates(takes_part, differences)


def combine(parts: Sequence[tuple[float, Replicates]], groups: Sequence[str | None] = ()) -> Replicates:
    """The replicates of a weighted mean of pillars; a pillar without a score in a replicate drops out of it.

    With the `groups` of the pillars, of the mean of these groups, each of which keeps the weight of all its pillars.
    """
    if any(groups):
        pairs = [*zip(groups, parts, strict=True)]
        members = [[part for its, part in pairs if its == group] for group in dict.fromkeys(groups)]
        parts = [(fsum([weight for weight, _ in inside]), combine(inside)) for inside in members]
    takes_part = [any(flags) for flags in zip(*(part.takes_part for _, part in parts), strict=True)]
    weights = [weight for weight, _ in parts]
    rows = zip(*(part.scores for _, part in parts), strict=True)
    return Replicates(takes_part, [weighted_mean(weights, row) for row in rows])


def weighted_mean(weights: Sequence[float], values: Sequence[float | None]) -> float | None:
    """The weighted mean of the values that exist; None if there are none."""
    pairs = [(weight, value) for weight, value in zip(weights, values, strict=True) if value is not None]
    total = fsum([weight for weight, _ in pairs])
    return fsum([weight * value for weight, value in pairs]) / total if total else None


def variance(scores: Sequence[float]) -> float:
    """The jackknife variance `(n - 1)/n * sum((theta(-r) - mean theta)^2)`; exactly 0 if all replicates agree."""
    if max(scores) - min(scores) <= ROUNDING:
        return 0.0
    n = len(scores)
    centre = fsum(scores) / n
    return (n - 1) / n * fsum([(score - centre) ** 2 for score in scores])


def jackknife(replicates: Replicates) -> float | None:
    """The jackknife variance over those who take part; None for fewer than three, or if a replicate has no score."""
    taking_part = zip(replicates.takes_part, replicates.scores, strict=True)
    scores = [score for takes_part, score in taking_part if takes_part]
    existing = [score for score in scores if score is not None]
    return variance(existing) if len(existing) == len(scores) >= MIN_RESPONDENTS else None


def floor_squared(tallies: Sequence[Tally]) -> float:
    """The variance introduced by answering in steps: `sum_O(w^2 * step^2 / k) / 12 / (sum_O w)^2`.

    A value read off a scale of step 1 has a rounding variance of 1/12 (Sheppard 1898).
    """
    weight = fsum([tally.weight for tally in tallies])
    return fsum([tally.weight**2 * tally.marks.step**2 / tally.n for tally in tallies]) / 12 / weight**2


def combined_floor(parts: Sequence[tuple[float, float]]) -> float:
    """The floor of a weighted mean of pillars, from (weight, floor squared): `sum(W^2*floor^2) / (sum W)^2`."""
    total = fsum([weight for weight, _ in parts])
    return fsum([weight**2 * floor for weight, floor in parts]) / total**2


def standard_error(replicates: Replicates, floor: float, invited: int | None) -> float | None:
    """The jackknife SE with the finite-population factor `1 - n/N`, never below the floor; None for n < 3."""
    spread = jackknife(replicates)
    if spread is None:
        return None
    unseen = max(0.0, 1 - replicates.n / invited) if invited else 1.0
    return sqrt(max(spread * unseen, floor))


def margin(se: float, df: int) -> float:
    """The half-width of the 90 % interval: `t(.95, df) * SE`."""
    return t95(df) * se


def interval(scale: Scale, score: float, half_width: float) -> Interval:
    """`score` plus and minus the half-width, clipped to the scale."""
    return scale.clip(score - half_width), scale.clip(score + half_width)
