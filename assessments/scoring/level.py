"""The gated level of a pillar, and what blocks the next one.

Adapted from the N/P/L/F rating of process assessment (ISO/IEC 33020:2019): partially above .15, largely above .50,
fully above .85. No conformity is claimed.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum

from .figures import Blocker
from .pillar import EVIDENCED, HIGHEST_NA_SHARE, SUPPORTED, PillarSums, evidence_coverage
from .question import Tally
from .tolerance import DECIMALS, above, at_least

LARGELY = 0.50
FULLY = 0.85
CLIMB = (2, 3, 4, 5)
CAP_ABOVE_LOWEST = 2

type Attained = Mapping[int, float | None]


def attained(sums: PillarSums) -> dict[int, float | None]:
    """`a(L) = sum_A w*q(L) / sum_A w` for L in 2-5, 0-1; None if nothing weighted applies."""
    if not sums.applicable:
        return dict.fromkeys(CLIMB)
    return {
        level: fsum([tally.weight * tally.share(level) for tally in sums.answered]) / sums.applicable_weight
        for level in CLIMB
    }


def failed_share(attained: Attained, level: int) -> int | None:
    """The lowest level whose share prevents `level`: an `a(l) <= .85` below it, or its own `a <= .50`; else None."""
    for lower in range(2, level):
        if not above(attained[lower] or 0.0, FULLY):
            return lower
    return None if above(attained[level] or 0.0, LARGELY) else level


def failed_essentials(sums: PillarSums, level: int) -> list[Tally]:
    """The applicable essential questions tagged at or below `level` whose low median does not reach it."""
    return [tally for tally in essentials(sums, level) if not tally.attains(level)]


def essentials(sums: PillarSums, level: int) -> list[Tally]:
    """The applicable essential questions required for `level`, those of weight 0 included, in bank order."""
    return [
        tally
        for tally in sums.tallies
        if tally.question.essential_at is not None
        and tally.question.essential_at <= level
        and tally.state != "not_applicable"
    ]


def gate(sums: PillarSums, attained: Attained) -> int:
    """Rule 2: climb from level 1 to the pillar's highest, until a share or an essential question fails the next level."""
    reached = 1
    for level in CLIMB:
        if level > sums.pillar.highest or failed_share(attained, level) is not None or failed_essentials(sums, level):
            return reached
        reached = level
    return reached


def weakest(sums: PillarSums) -> tuple[list[Tally], int]:
    """The answered weighted questions with the smallest low median, and the cap they set: 2 above it (rule 3)."""
    medians = [tally.low_median for tally in sums.answered if tally.low_median is not None]
    if not medians:
        return [], CLIMB[-1]
    lowest = min(medians)
    return [tally for tally in sums.answered if tally.low_median == lowest], lowest + CAP_ABOVE_LOWEST


def capped(sums: PillarSums, attained: Attained) -> int:
    """Rules 1-3: the gate, lowered to the cap."""
    return min(gate(sums, attained), weakest(sums)[1])


def may_have_level(sums: PillarSums) -> bool:
    """Rule 4: whether the pillar is rated and at most half of its weight is not applicable."""
    return sums.status == "rated" and not above(sums.na_share or 0.0, HIGHEST_NA_SHARE)


def blockers(sums: PillarSums, attained: Attained, level: int | None) -> tuple[Blocker, ...]:
    """Rule 5: what keeps the pillar from `level + 1`, each question once, in the order to address them.

    Nothing does without a level or at the pillar's highest.
    """
    if level is None or level == sums.pillar.highest:
        return ()
    lowest, cap = weakest(sums)
    by_cap = [Blocker(tally.question.key, "cap") for tally in lowest if cap == level]
    if by_cap and gate(sums, attained) > cap:
        return tuple(by_cap)
    by_gate = [Blocker(tally.question.key, "essential") for tally in failed_essentials(sums, level + 1)]
    failed = failed_share(attained, level + 1)
    by_share = [] if failed is None else [Blocker(tally.question.key, "below") for tally in short_of(sums, failed)]
    return each_once([*by_gate, *by_cap, *by_share])


def short_of(sums: PillarSums, level: int) -> list[Tally]:
    """The applicable weighted questions not fully at `level`: lowest share, then higher weight, then bank order."""
    lacking = [tally for tally in sums.applicable if tally.share(level) < 1]
    return sorted(lacking, key=lambda tally: (round(tally.share(level), DECIMALS), -tally.weight))


def each_once(blocking: list[Blocker]) -> tuple[Blocker, ...]:
    """The first blocker of each question."""
    first: dict[str, Blocker] = {}
    for blocker in blocking:
        first.setdefault(blocker.question, blocker)
    return tuple(first.values())


def self_declared(sums: PillarSums, level: int | None) -> bool | None:
    """Rule 6: whether a level 4 or 5 lacks supporting evidence; None below level 4 or without a level.

    It does unless every applicable essential question up to the level has evidence of grade 2 or more or, if there is
    no such question, unless half of the answered weight has.
    """
    if level is None or level < 4:
        return None
    gating = essentials(sums, level)
    if gating:
        return not all((tally.evidence or 0) >= SUPPORTED for tally in gating)
    return not at_least(evidence_coverage(sums) or 0.0, EVIDENCED)
