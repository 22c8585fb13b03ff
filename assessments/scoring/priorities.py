"""What to do next, in order: first agree on the facts, then unblock the next level, then gain per effort."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

from .agreement import is_flagged
from .figures import Priority, Why
from .pillar import Standing
from .question import Tally
from .tolerance import below, rank, whole

HIGHEST = 5
POINTS = 25  # of the 0-100 index a level of the score
UNKNOWN_EFFORT = 1.0
WHY: Mapping[int, Why] = {1: "agree_on_the_facts", 2: "blocks_next_level", 3: "gain_per_effort"}

type Entry = tuple[bool, Priority]  # whether the question is missing


def default_target(score: float) -> int:
    """The next whole level above a score: `min(5, floor(S) + 1)`."""
    return min(HIGHEST, whole(score) + 1)


def target_of(tally: Tally, pillar_target: float) -> float:
    """A question's target: its pillar's, never above its highest offered level."""
    return min(pillar_target, tally.question.highest)


def gap(score: float | None, target: float | None) -> float | None:
    """`max(0, T - S)` in levels, with the default target where none is given; None without a score."""
    if score is None:
        return None
    return max(0.0, (default_target(score) if target is None else target) - score)


def gap_within_error(gap: float | None, margin: float | None) -> bool | None:
    """Whether a gap is smaller than the measurement error: `0 < gap < t*SE`; None without an SE."""
    if gap is None or margin is None:
        return None
    return below(0.0, gap) and below(gap, margin)


def priorities(
    standings: Sequence[Standing], targets: Mapping[str, float], blocking: Mapping[str, Sequence[str]]
) -> tuple[Priority, ...]:
    """The whole ordered list. `blocking` holds the blockers' question keys by pillar key.

    Within a tier: gain per effort, highest first; lower effort; question key by code point. A missing question stands
    last in its tier.
    """
    total = sum_of_weights(standings)
    entries: list[Entry] = []
    for standing in standings:
        blocked = frozenset(blocking.get(standing.pillar.key, ()))
        entries += pillar_entries(standing, targets.get(standing.pillar.key), blocked, total)
    return tuple([priority for _, priority in sorted(entries, key=urgency)])


def sum_of_weights(standings: Sequence[Standing]) -> float:
    """The weight of the pillars that have a score."""
    return fsum([standing.pillar.weight for standing in standings if standing.score is not None])


def pillar_entries(standing: Standing, target: float | None, blocked: frozenset[str], total: float) -> list[Entry]:
    """The entries of one pillar; one without a score adds only its missing essentials."""
    score = standing.score
    if score is None:
        return [(True, priority(tally, 1, None)) for tally in standing.tallies if is_unknown_essential(tally)]
    goal = default_target(score) if target is None else target
    return [
        (tally.missing, priority(tally, tier(tally, blocked), gain(standing, tally, goal, total)))
        for tally in standing.tallies
        if is_short(tally, goal) or tally.question.key in blocked or is_unknown_essential(tally)
    ]


def is_short(tally: Tally, pillar_target: float) -> bool:
    """Whether an answered weighted question lies under its target."""
    if tally.state != "answered" or not tally.weight or tally.mean is None:
        return False
    return below(tally.mean, target_of(tally, pillar_target))


def is_unknown_essential(tally: Tally) -> bool:
    """An essential question without a number that somebody answered *don't know*."""
    return tally.missing and tally.question.essential_at is not None and tally.dont_know > 0


def tier(tally: Tally, blocked: frozenset[str]) -> int:
    """1 an essential that people disagree on or do not know, 2 a blocker, 3 the rest."""
    if tally.question.essential_at is not None and (tally.dont_know or is_flagged(tally)):
        return 1
    return 2 if tally.question.key in blocked else 3


def gain(standing: Standing, tally: Tally, pillar_target: float, total: float) -> float | None:
    """Points of the 0-100 index: `max(0, 25 * W/sum(W) * w/sum_A(w) * (T - m))`; None for a missing question."""
    if tally.mean is None or not total:
        return None
    share = standing.pillar.weight / total * (tally.weight / standing.applicable_weight)
    return max(0.0, POINTS * share * (target_of(tally, pillar_target) - tally.mean))


def priority(tally: Tally, tier: int, gain: float | None) -> Priority:
    """One entry with the main next step from the question's low median, where the bank names one."""
    step = tally.question.main_step(tally.low_median)
    return Priority(
        question=tally.question.key,
        tier=tier,
        why=WHY[tier],
        gain=gain,
        effort=step.effort if step else None,
        action=step.action if step else None,
        owner=step.owner if step else None,
        horizon=step.horizon if step else None,
    )


def urgency(entry: Entry) -> tuple[int, bool, float, float, str]:
    """The sort key. A step without an effort ranks as one person-month."""
    missing, found = entry
    effort = UNKNOWN_EFFORT if found.effort is None else found.effort
    return found.tier, missing, -rank((found.gain or 0.0) / effort), effort, found.question
