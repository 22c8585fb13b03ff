"""Levels by stages: every question belongs to one level, and a level is reached once its stage and all below hold."""

from collections.abc import Mapping
from math import fsum

from .pillar import PillarSums
from .question import Tally
from .tolerance import DECIMALS, above, at_least


def progress(sums: PillarSums, tally: Tally) -> float:
    """The mean value of a question, 0-1; 0 for a missing one."""
    return 0.0 if tally.mean is None else sums.bank.scale.share(tally.mean)


def stage_shares(sums: PillarSums) -> dict[int, float | None]:
    """`a(L) = sum w*mean(x) / sum w` over the applicable weighted questions of stage L; None where there are none."""
    return {
        level: _share(sums, [one for one in sums.applicable if one.question.stage == level])
        for level in sums.bank.climb
    }


def _share(sums: PillarSums, stage: list[Tally]) -> float | None:
    if not stage:
        return None
    return fsum([one.weight * progress(sums, one) for one in stage]) / fsum([one.weight for one in stage])


def failed_stage(shares: Mapping[int, float | None], level: int, hold: float) -> int | None:
    """The lowest stage from 2 to `level` that has questions and does not hold; None if all do."""
    for stage in range(2, level + 1):
        share = shares[stage]
        if share is not None and not at_least(share, hold):
            return stage
    return None


def unfinished(sums: PillarSums, stage: int) -> list[Tally]:
    """The applicable weighted questions of a stage below their highest answer: lowest first, then heavier weight."""
    short = [one for one in sums.applicable if one.question.stage == stage and not at_least(progress(sums, one), 1.0)]
    return sorted(short, key=lambda one: (round(progress(sums, one), DECIMALS), -one.weight))


def goes_beyond(sums: PillarSums, level: int | None) -> bool | None:
    """Whether an answered weighted question of a stage above the level has been started; None without a level, and
    where levels are no stages."""
    if level is None or sums.bank.gate.by != "stages":
        return None
    return any(above(progress(sums, one), 0.0) for one in sums.answered if (one.question.stage or 0) > level)
