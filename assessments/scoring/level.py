"""The gated level of a pillar, and what blocks the next one.

Adapted from the N/P/L/F rating of process assessment (ISO/IEC 33020:2019): partially above .15, largely above .50,
fully above .85. No conformity is claimed.
"""

from collections.abc import Mapping
from math import fsum
from operator import itemgetter

from .bank import Gate
from .figures import Blocker
from .pillar import EVIDENCED, HIGHEST_NA_SHARE, SUPPORTED, PillarSums, evidence_coverage
from .question import Tally
from .stages import failed_stage, stage_shares, unfinished
from .tolerance import DECIMALS, above, at_least

LARGELY = Gate.reach
FULLY = Gate.hold
CLIMB = (2, 3, 4, 5)  # in a bank of format 1

type Attained = Mapping[int, float | None]


def attained(sums: PillarSums) -> dict[int, float | None]:
    """`a(L) = sum_A w*q(L) / sum_A w` for L from 2, 0-1; None if nothing weighted applies. By stages, `stages.py`."""
    if sums.bank.gate.by == "stages":
        return stage_shares(sums)
    if not sums.applicable:
        return dict.fromkeys(sums.bank.climb)
    return {
        level: fsum([tally.weight * tally.share(level) for tally in sums.answered]) / sums.applicable_weight
        for level in sums.bank.climb
    }


def failed_share(attained: Attained, level: int, gate: Gate = Gate()) -> int | None:  # noqa: B008 - frozen
    """The lowest level whose share prevents `level`: an `a(l) <= hold` below it, or its own `a <= reach`; else None.

    By stages, the lowest stage from 2 to `level` that has questions and does not hold.
    """
    if gate.by == "stages":
        return failed_stage(attained, level, gate.hold)
    for lower in range(2, level):
        if not above(attained[lower] or 0.0, gate.hold):
            return lower
    return None if above(attained[level] or 0.0, gate.reach) else level


def failed_essentials(sums: PillarSums, level: int) -> list[Tally]:
    """The applicable essential questions tagged at or below `level` whose low median does not reach it."""
    return [tally for tally in essentials(sums, level) if not tally.attains(level)]


def essentials(sums: PillarSums, level: int) -> list[Tally]:
    """The applicable essential questions required for `level`, those of weight 0 included, in bank order."""
    return [one for one in sums.essentials if (one.question.essential_at or 0) <= level]


def gate(sums: PillarSums, attained: Attained) -> int:
    """Rule 2: climb from level 1 to the pillar's highest, until a share or an essential question fails the next level."""
    reached = 1
    for level in sums.bank.climb:
        if level > sums.pillar.highest or fails(sums, attained, level):
            return reached
        if sums.bank.gate.by == "answers" or attained[level] is not None:
            reached = level
    return reached


def fails(sums: PillarSums, attained: Attained, level: int) -> bool:
    """Whether a share or an essential question keeps the pillar from `level`."""
    return failed_share(attained, level, sums.bank.gate) is not None or bool(failed_essentials(sums, level))


def weakest(sums: PillarSums) -> tuple[list[Tally], int]:
    """The answered weighted questions with the smallest low median, and the cap they set: as far above it as the bank
    allows, 2 unless it says otherwise (rule 3)."""
    beyond = sums.bank.gate.cap if sums.bank.gate.by == "answers" else None
    medians = [tally.low_median for tally in sums.answered if tally.low_median is not None]
    if not medians or beyond is None:
        return [], len(sums.bank.levels)
    lowest = min(medians)
    return [tally for tally in sums.answered if tally.low_median == lowest], lowest + beyond


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
    if sums.bank.gate.by == "stages":
        return blocked_stage(sums, attained, level)
    lowest, cap = weakest(sums)
    by_cap = [Blocker(tally.question.key, "cap") for tally in lowest if cap == level]
    if by_cap and gate(sums, attained) > cap:
        return tuple(by_cap)
    by_gate = [Blocker(tally.question.key, "essential") for tally in failed_essentials(sums, level + 1)]
    failed = failed_share(attained, level + 1, sums.bank.gate)
    by_share = [] if failed is None else [Blocker(tally.question.key, "below") for tally in short_of(sums, failed)]
    return each_once([*by_gate, *by_cap, *by_share])


def blocked_stage(sums: PillarSums, attained: Attained, level: int) -> tuple[Blocker, ...]:
    """By stages, for the next stage that has questions: the essentials that fail, then the unfinished questions of the
    stage if it does not hold."""
    upwards = range(level + 1, len(sums.bank.levels) + 1)
    stage = next((each for each in upwards if attained[each] is not None), None)
    if stage is None:
        return ()
    by_gate = [Blocker(tally.question.key, "essential") for tally in failed_essentials(sums, stage)]
    failed = failed_share(attained, stage, sums.bank.gate)
    by_stage = [] if failed is None else [Blocker(tally.question.key, "below") for tally in unfinished(sums, failed)]
    return each_once([*by_gate, *by_stage])


def short_of(sums: PillarSums, level: int) -> list[Tally]:
    """The applicable weighted questions not fully at `level`: lowest share, then higher weight, then bank order."""
    shares = [(round(share, DECIMALS), -one.weight, one) for one in sums.applicable if (share := one.share(level)) < 1]
    return [one for *_key, one in sorted(shares, key=itemgetter(0, 1))]


def each_once(blocking: list[Blocker]) -> tuple[Blocker, ...]:
    """The first blocker of each question."""
    first: dict[str, Blocker] = {}
    for blocker in blocking:
        first.setdefault(blocker.question, blocker)
    return tuple(first.values())


def self_declared(sums: PillarSums, level: int | None) -> bool | None:
    """Rule 6: whether a level from three quarters up the ladder lacks supporting evidence; None below or without one.

    It does unless every applicable essential question up to the level has evidence of grade 2 or more or, if there is
    no such question, unless half of the answered weight has.
    """
    if level is None or level < sums.bank.claimed_from:
        return None
    gating = essentials(sums, level)
    if gating:
        return not all((tally.evidence or 0) >= SUPPORTED for tally in gating)
    return not at_least(evidence_coverage(sums) or 0.0, EVIDENCED)
