"""The organisation's index, coverage, level and weight range, and the reason if one is missing.

`W` are pillar weights, `S` pillar scores. A pillar of weight 0 is scored and shown but counts in nothing here. An
*applicable* pillar has a weight above 0 and is neither `not_applicable` nor `unscored`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from math import fsum
from typing import NamedTuple

from .bank import Bank, Gate, Pillar, Scale
from .figures import GroupResult, Interval, Overall, PillarResult
from .interval import Replicates, combine, combined_floor, interval, margin, standard_error
from .pillar import RATED
from .reason import NOTHING_APPLIES, sentence, too_little, without_level
from .tolerance import above, as_written, at_least

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


def mean(parts: Sequence[tuple[float, float]]) -> float:
    """`sum(weight * value) / sum(weight)`."""
    return fsum([weight * value for weight, value in parts]) / fsum([weight for weight, _ in parts])


def enough(count: int) -> int:
    """Three quarters of a number, rounded up."""
    part, whole = SHARE_OF_PILLARS
    return -(-part * count // whole)


def groups(bank: Bank, pillars: Sequence[PillarResult]) -> tuple[GroupResult, ...]:
    """The figures of every group: a score needs three quarters of its pillars of weight above 0."""
    return tuple(_group(bank, group.key, pillars) for group in bank.groups)


def _group(bank: Bank, key: str, pillars: Sequence[PillarResult]) -> GroupResult:
    counted = [(p, found) for p, found in applicable(bank, pillars) if p.group == key]
    parts = [(p.weight, found.score) for p, found in counted if found.score is not None]
    of = sum(1 for pillar in bank.pillars if pillar.group == key and pillar.weight > 0)
    score = bank.scale.clip(mean(parts)) if parts and len(parts) >= enough(of) else None
    covered = [(p.weight, found.coverage) for p, found in counted if found.coverage is not None]
    return GroupResult(key, score, bank.scale.hundred(score), mean(covered) if covered else None)


class Basis(NamedTuple):
    """What the index is a mean of, pillars or groups of weight above 0: (weight, score) and (weight, coverage)."""

    scores: list[tuple[float, float]]
    coverage: list[tuple[float, float]]


def basis(bank: Bank, pillars: Sequence[PillarResult]) -> Basis:
    """The parts of the index that have a score, and those that have a coverage, in bank order."""
    if bank.index_of == "groups":
        pairs = zip(bank.groups, groups(bank, pillars), strict=True)
        parts = [(group.weight, found.score, found.coverage) for group, found in pairs if group.weight > 0]
    else:
        parts = [(p.weight, found.score, found.coverage) for p, found in applicable(bank, pillars)]
    return Basis(
        scores=[(weight, score) for weight, score, _ in parts if score is not None],
        coverage=[(weight, share) for weight, _, share in parts if share is not None],
    )


def coverage(bank: Bank, pillars: Sequence[PillarResult]) -> float | None:
    """The weighted mean coverage of the parts that apply, 0-1; None if none applies."""
    parts = basis(bank, pillars).coverage
    return mean(parts) if parts else None


def pillars_needed(bank: Bank) -> tuple[int, int]:
    """How many scores the index needs (three quarters, rounded up), and of how many parts of weight above 0."""
    parts = bank.groups if bank.index_of == "groups" else bank.pillars
    count = sum(1 for part in parts if part.weight > 0)
    return enough(count), count


def index(bank: Bank, pillars: Sequence[PillarResult]) -> float | None:
    """`I = sum(W*S) / sum(W)` over scored pillars or groups, on the scale.

    None unless three quarters of them have a score and the average coverage is at least .80. Arithmetic, not
    geometric: the scale's origin is arbitrary.
    """
    parts = basis(bank, pillars)
    if not parts.scores or len(parts.scores) < pillars_needed(bank)[0]:
        return None
    if not at_least(mean(parts.coverage) if parts.coverage else 0.0, RATED):
        return None
    return bank.scale.clip(mean(parts.scores))


@dataclass(frozen=True)
class IndexShare:
    """A scored pillar's weight among those of `weights`; with an index of groups, its group's among `groups`."""

    weight: float
    weights: Sequence[float]
    group: float = 1.0
    groups: Sequence[float] = (1.0,)

    @cached_property
    def value(self) -> float:
        """The share of the index, 0-1."""
        return self.weight / fsum(self.weights) * (self.group / fsum(self.groups))

    @property
    def exact(self) -> Fraction:
        """The same, exact in the bank's decimals."""
        inside = as_written(self.weight) / sum(map(as_written, self.weights))
        return inside * as_written(self.group) / sum(map(as_written, self.groups))


def shares_of_index(bank: Bank, pillars: Sequence[PillarResult]) -> dict[str, IndexShare]:
    """The share of the index of each scored pillar, by key; 0 in a group without a score. Empty if no scored pillar
    weighs anything."""
    scores = zip(bank.pillars, pillars, strict=True)
    rated = [pillar for pillar, found in scores if found.score is not None]
    if not any(pillar.weight for pillar in rated):
        return {}
    if bank.index_of == "pillars":
        weights = [pillar.weight for pillar in rated]
        return {pillar.key: IndexShare(pillar.weight, weights) for pillar in rated}
    shown = zip(bank.groups, groups(bank, pillars), strict=True)
    of_groups = {group.key: group.weight for group, found in shown if found.score is not None}
    every = nonzero([*of_groups.values()])
    shares: dict[str, IndexShare] = {}
    for pillar in rated:
        weights = nonzero([one.weight for one in rated if one.group == pillar.group])
        shares[pillar.key] = IndexShare(pillar.weight, weights, of_groups.get(pillar.group or "", 0.0), every)
    return shares


def nonzero(weights: list[float]) -> list[float]:
    """The weights, or a single 1 if none is above 0: a share of them is then 0."""
    return weights if any(weights) else [1.0]


def weight_range(scale: Scale, parts: Sequence[tuple[float, float]]) -> Interval:
    """The exact range of the index if each pillar weight may vary independently by 25 %.

    The extreme of a ratio of linear forms over a box is at a corner where the heavier weights are on the highest
    (lowest) scores, so it is enough to try every k: "the k highest at 1.25, the rest at .75".
    """
    highest_first, middle = sorted(parts, key=lambda part: part[1], reverse=True), mean(parts)
    low, high = min(middle, *tilted(highest_first[::-1])), max(middle, *tilted(highest_first))
    return scale.clip(low), scale.clip(high)


def tilted(parts: Sequence[tuple[float, float]]) -> list[float]:
    """The index with the first k weights raised and the others lowered, for k = 0, 1, …, all."""
    weights, products = [weight for weight, _ in parts], [weight * score for weight, score in parts]
    lowered, extra = 1 - WEIGHT_SWING, 2 * WEIGHT_SWING
    weight, product = lowered * fsum(weights), lowered * fsum(products)
    raised = zip(accumulate(weights, initial=0.0), accumulate(products, initial=0.0), strict=True)
    return [(product + extra * more) / (weight + extra * of) for of, more in raised]


def share_level(parts: Sequence[tuple[float, int]], gate: Gate = Gate()) -> int:  # noqa: B008 - frozen
    """The N/P/L/F rule on (weight, pillar level): largest L from 2 with share > .50, lower ones > .85; else 1."""
    upwards = range(2, max(reached for _, reached in parts) + 2)  # nobody is at the last of these
    return next(level - 1 for level in upwards if failed_share(parts, level, gate) is not None)


def failed_share(parts: Sequence[tuple[float, int]], level: int, gate: Gate = Gate()) -> int | None:  # noqa: B008
    """The lowest level whose share of pillar weight keeps the organisation from `level`; None if none does."""
    for lower in range(2, level):
        if not above(share(parts, lower), gate.hold):
            return lower
    return None if above(share(parts, level), gate.reach) else level


def gate_of_pillars(bank: Bank) -> Gate:
    """The rule over pillar levels: that of the bank; by stages, the usual one."""
    return bank.gate if bank.gate.by == "answers" else Gate()


def share(parts: Sequence[tuple[float, int]], level: int) -> float:
    """The share of pillar weight at `level` or above, 0-1."""
    return fsum([w for w, reached in parts if reached >= level]) / fsum([w for w, _ in parts])


def levels(bank: Bank, pillars: Iterable[PillarResult]) -> list[tuple[float, int]] | None:
    """(weight, level) of each applicable pillar; None if one of them has no level, or if none applies."""
    pairs = applicable(bank, pillars)
    parts = [(pillar.weight, found.level) for pillar, found in pairs if found.level is not None]
    return parts if parts and len(parts) == len(pairs) else None


def level(bank: Bank, pillars: Sequence[PillarResult]) -> int | None:
    """The smaller of the share rule and the lowest pillar level + 1, or as far above it as the bank allows; None if an
    applicable pillar has no level."""
    parts, gate = levels(bank, pillars), gate_of_pillars(bank)
    if parts is None:
        return None
    reached = share_level(parts, gate)
    return reached if gate.spread is None else min(reached, lowest(parts) + gate.spread)


def lowest(parts: Sequence[tuple[float, int]]) -> int:
    """The lowest pillar level."""
    return min(reached for _, reached in parts)


class Scored(NamedTuple):
    """What a scored pillar of weight above 0 contributes to the interval of the index."""

    pillar: Pillar
    floor: float  # squared
    replicates: Replicates


def index_interval(
    bank: Bank, pillars: Sequence[PillarResult], index: float, parts: Sequence[Scored], invited: int | None
) -> Interval | None:
    """The 90 % interval of the index; None for fewer than three respondents with a number in a scored pillar."""
    se, n = index_error(bank, pillars, parts, invited)
    return None if se is None else interval(bank.scale, index, margin(se, n - 1))


def index_error(
    bank: Bank, pillars: Sequence[PillarResult], parts: Sequence[Scored], invited: int | None
) -> tuple[float | None, int]:
    """The SE of the index, and the number of respondents with a number in a scored pillar."""
    weights = [part.pillar.weight for part in parts]
    if bank.index_of == "groups":
        shares = shares_of_index(bank, pillars)
        parts = [part for part in parts if shares[part.pillar.key].value]
        weights = [shares[part.pillar.key].value for part in parts]
    of = [bank.index_groups.get(part.pillar.key) for part in parts]
    replicates = combine([(weight, part.replicates) for weight, part in zip(weights, parts, strict=True)], of)
    floor = combined_floor([(weight, part.floor) for weight, part in zip(weights, parts, strict=True)])
    return standard_error(replicates, floor, invited), replicates.n


def overall(bank: Bank, pillars: Sequence[PillarResult], parts: Sequence[Scored], invited: int | None) -> Overall:
    """The organisation's figures. Without an index there is no weight range and no interval.

    `parts` is empty if no interval is wanted.
    """
    found, reached = index(bank, pillars), level(bank, pillars)
    return Overall(
        index=found,
        index_100=bank.scale.hundred(found),
        level=reached,
        coverage=coverage(bank, pillars),
        weight_range=None if found is None else weight_range(bank.scale, basis(bank, pillars).scores),
        interval=None if found is None or not parts else index_interval(bank, pillars, found, parts, invited),
        reason=reason(bank, pillars, found, reached),
    )


def reason(bank: Bank, pillars: Sequence[PillarResult], index: float | None, level: int | None) -> str | None:
    """Why there is no index or no level, in plain English; None if both exist."""
    counted = applicable(bank, pillars)
    if not counted:
        return NOTHING_APPLIES
    needed, count = pillars_needed(bank)
    little = too_little(bank.index_of, len(basis(bank, pillars).scores), needed, count, coverage(bank, pillars) or 0.0)
    unlevelled = [pillar.name for pillar, found in counted if found.level is None]
    return sentence(little if index is None else None, without_level(unlevelled) if level is None else None)
