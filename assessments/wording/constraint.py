"""What keeps an organisation at its level: the facts that its sentence is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assessments.scoring.bank import Pillar
from assessments.scoring.level import CLIMB
from assessments.scoring.organisation import applicable, failed_share, lowest, share, share_level
from assessments.scoring.view import ResultView


@dataclass(frozen=True)
class Hold:
    """Why an organisation is not a level higher.

    `lowest`: some pillars lie so low that they alone keep it there. `share`: too many pillars lie below `failed`.
    """

    rule: Literal["lowest", "share"]
    level: int
    pillars: tuple[str, ...]  # keys of those that hold it, bank order
    failed: int  # the level that these pillars must reach
    others: int  # the level that the other pillars would carry; the same level under `share`
    suffices: bool  # whether the organisation moves up once they have reached it
    there: int  # pillars at `failed` or above
    counted: int  # all pillars that count
    share: float  # the weight of those that are there, 0-1
    equal_weights: bool


def hold(view: ResultView) -> Hold | None:
    """What keeps the organisation from the next level; None without a level, at level 5, and where a pillar's is not shown."""
    level, counted = view.result.overall.level, applicable(view.bank, view.result.pillars)
    rated = [(pillar, figures.level) for pillar, figures in counted if figures.level is not None]
    if level is None or level == CLIMB[-1] or not rated or len(rated) < len(counted):
        return None
    parts = [(pillar.weight, reached) for pillar, reached in rated]
    bottom = lowest(parts)
    above = [(weight, reached) for weight, reached in parts if reached > bottom]
    if level == bottom + 1 and above and share_level(above) > level:
        return _held(level, "lowest", level, share_level(above), rated)
    return _held(level, "share", failed_share(parts, level + 1) or level + 1, level, rated)


def _held(
    level: int, rule: Literal["lowest", "share"], failed: int, others: int, rated: Sequence[tuple[Pillar, int]]
) -> Hold:
    below = tuple(pillar.key for pillar, reached in rated if reached < failed)
    lifted = share_level([(pillar.weight, max(reached, failed)) for pillar, reached in rated])
    return Hold(
        rule=rule,
        level=level,
        pillars=below,
        failed=failed,
        others=others,
        suffices=lifted > level,
        there=len(rated) - len(below),
        counted=len(rated),
        share=share([(pillar.weight, reached) for pillar, reached in rated], failed),
        equal_weights=len({pillar.weight for pillar, _reached in rated}) == 1,
    )
