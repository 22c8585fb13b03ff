"""The organisation's index, coverage, level and weight range, and the reason if one is missing.

`W` are pillar weights, `S` pillar scores. A pillar of weight 0 is scored and shown but counts in nothing here. An
*applicable* pillar has a weight above 0 and is neither `not_applicable` nor `unscored`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import fsum
from typing import NamedTuple

from .bank import Bank, Pillar
from .figures import Interval, Overall, PillarResult
from .interval import Replicates, combine, combined_floor, interval, margin, standard_error
from .level import CLIMB, FULLY, LARGELY
from .pillar import RATED, hundred
from .reason import NOTHING_APPLIES, sentence, too_little, without_level
from .tolerance import above, at_least, on_scale

SHARE_OF_PILLARS = (3, 4)  # three quarters
WEIGHT_SWING = 0.25

type Weighed = tuple[Pillar, PillarResult]


def applicable(bank: Bank, pillars: Iterable[PillarResult]) -> list[Weighed]:
    """The applicable pillars, in bank order."""
    pairs = zip(bank.pillars, pillars, strict=True)
    return [(p, found) for p, found in pairs if p.weight > 0 and found.status not in {"not_applicable", "unscored"}]


def scored(bank: Bank, pillars: Iterable[PillarResult]) -> list[tuple[float, float]]:
    """(weight, score) of each applicable pillar that has a score, in bank order."""
    return [(p.weight, found.score) for p, found in applicable(bank, pillars) if found.score is not None]


def coverage(bank: Bank, pillars: Sequence[PillarResult]) -> float | None:
    """The weighted mean coverage over applicable pillars, 0-1; None if none applies."""
    parts = [(p.weight, found.coverage) for p, found in applicable(bank, pillars) if found.coverage is not None]
    return mean(parts) if parts else None


def mean(parts: Sequence[tuple[float, float]]) -> float:
    """`sum(weight * value) / sum(weight)`."""
    return fsum([weight * value for weight, value in parts]) / fsum([weight for weight, _ in parts])


def pillars_needed(bank: Bank) -> tuple[int, int]:
    """How many scores the index needs (three quarters, rounded up), and of how many pillars of weight above 0."""
    part, whole = SHARE_OF_PILLARS
    count = sum(1 for pillar in bank.pillars if pillar.weight > 0)
    return -(-part * count // whole), count


def index(bank: Bank, pillars: Sequence[PillarResult]) -> float | None:
    """`I = sum(W*S) / sum(W)` over scored pillars, on 1-5.

    None unless three quarters of the pillars have a score and the average coverage is at least .80. Arithmetic, not
    geometric: the scale's origin is arbitrary.
    """
    parts = scored(bank, pillars)
    if not parts or len(parts) < pillars_needed(bank)[0] or not at_least(coverage(bank, pillars) or 0.0, RATED):
        return None
    return on_scale(mean(parts))


def weight_range(parts: Sequence[tuple[float, float]]) -> Interval:
    """The exact range of the index if each pillar weight may vary independently by 25 %.

    The extreme of a ratio of linear forms over a box is at a corner where the heavier weights are on the highest
    (lowest) scores, so it is enough to try every k: "the k highest at 1.25, the rest at .75".
    """
    highest_first, middle = sorted(parts, key=lambda part: part[1], reverse=True), mean(parts)
    low, high = min(middle, *tilted(highest_first[::-1])), max(middle, *tilted(highest_first))
    return on_scale(low), on_scale(high)


def tilted(parts: Sequence[tuple[float, float]]) -> list[float]:
    """The index with the first k weights raised and the others lowered, for k = 0, 1, …, all."""
    weights, products = [weight for weight, _ in parts], [weight * score for weight, score in parts]
    lowered, extra = 1 - WEIGHT_SWING, 2 * WEIGHT_SWING
    weight, product = lowered * fsum(weights), lowered * fsum(products)
    raised = zip(accumulate(weights, initial=0.0), accumulate(products, initial=0.0), strict=True)
    return [(product + extra * more) / (weight + extra * of) for of, more in raised]


def share_level(parts: Sequence[tuple[float, int]]) -> int:
    """The N/P/L/F rule on (weight, pillar level): largest L in 2-5 with share > .50, lower ones > .85; else 1."""
    return next((level - 1 for level in CLIMB if failed_share(parts, level) is not None), CLIMB[-1])


def failed_share(parts: Sequence[tuple[float, int]], level: int) -> int | None:
    """The lowest level whose share of pillar weight keeps the organisation from `level`; None if none does."""
    for lower in range(2, level):
        if not above(share(parts, lower), FULLY):
            return lower
    return None if above(share(parts, level), LARGELY) else level


def share(parts: Sequence[tuple[float, int]], level: int) -> float:
    """The share of pillar weight at `level` or above, 0-1."""
    return fsum([w for w, reached in parts if reached >= level]) / fsum([w for w, _ in parts])


def levels(bank: Bank, pillars: Iterable[PillarResult]) -> list[tuple[float, int]] | None:
    """(weight, level) of each applicable pillar; None if one of them has no level, or if none applies."""
    pairs = applicable(bank, pillars)
    parts = [(pillar.weight, found.level) for pillar, found in pairs if found.level is not None]
    return parts if parts and len(parts) == len(pairs) else None


def level(bank: Bank, pillars: Sequence[PillarResult]) -> int | None:
    """The smaller of the share rule and the lowest pillar level + 1; None if an applicable pillar has no level."""
    parts = levels(bank, pillars)
    return None if parts is None else min(share_level(parts), lowest(parts) + 1)


def lowest(parts: Sequence[tuple[float, int]]) -> int:
    """The lowest pillar level."""
    return min(reached for _, reached in parts)


class Scored(NamedTuple):
    """What a scored pillar of weight above 0 contributes to the interval of the index."""

    weight: float
    floor: float  # squared
    replicates: Replicates


def index_interval(index: float, parts: Sequence[Scored], invited: int | None) -> Interval | None:
    """The 90 % interval of the index; None for fewer than three respondents with a number in a scored pillar."""
    replicates = combine([(part.weight, part.replicates) for part in parts])
    floor = combined_floor([(part.weight, part.floor) for part in parts])
    se = standard_error(replicates, floor, invited)
    return None if se is None else interval(index, margin(se, replicates.n - 1))


def overall(bank: Bank, pillars: Sequence[PillarResult], parts: Sequence[Scored], invited: int | None) -> Overall:
    """The organisation's figures. Without an index there is no weight range and no interval.

    `parts` is empty if no interval is wanted.
    """
    found, reached = index(bank, pillars), level(bank, pillars)
    return Overall(
        index=found,
        index_100=hundred(found),
        level=reached,
        coverage=coverage(bank, pillars),
        weight_range=None if found is None else weight_range(scored(bank, pillars)),
        interval=None if found is None or not parts else index_interval(found, parts, invited),
        reason=reason(bank, pillars, found, reached),
    )


def reason(bank: Bank, pillars: Sequence[PillarResult], index: float | None, level: int | None) -> str | None:
    """Why there is no index or no level, in plain English; None if both exist."""
    counted = applicable(bank, pillars)
    if not counted:
        return NOTHING_APPLIES
    needed, count = pillars_needed(bank)
    little = too_little(len(scored(bank, pillars)), needed, count, coverage(bank, pillars) or 0.0)
    unlevelled = [pillar.name for pillar, found in counted if found.level is None]
    return sentence(little if index is None else None, without_level(unlevelled) if level is None else None)
