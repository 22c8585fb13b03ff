"""What to do next, in order: first agree on the facts, then unblock the next level, then gain per effort."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from .agreement import is_flagged
from .figures import Priority, Why
from .organisation import IndexShare
from .pillar import PillarSums
from .question import Tally
from .tolerance import as_written, below, rank

POINTS = 25  # of the 0-100 index per level of a score on 1-5
UNKNOWN_EFFORT = 1.0
WHY: Mapping[int, Why] = {1: "agree_on_the_facts", 2: "blocks_next_level", 3: "gain_per_effort"}


class Aim(NamedTuple):
    """What the gains of a pillar's questions are computed from."""

    sums: PillarSums
    target: float  # of the pillar
    share: IndexShare | None  # of the pillar in the index; None if nothing has one


class Entry(NamedTuple):
    """A priority with its sort keys. Missing questions come last in their tier."""

    missing: bool
    per_effort: float  # gain per person-month as a sort key
    priority: Priority


def default_target(sums: PillarSums, score: float) -> float:
    """The next whole level above a score that the pillar offers, on the scale of the score."""
    bank = sums.bank
    return bank.level_scores[min(sums.pillar.highest, bank.next_level(score)) - 1]


def target_of(tally: Tally, pillar_target: float) -> float:
    """A question's target: its pillar's, never above its highest answer."""
    return min(pillar_target, tally.marks.highest)


def gap(sums: PillarSums, target: float | None) -> float | None:
    """`max(0, T - S)` on the scale, with the default target if none is given; None without a score."""
    if sums.score is None:
        return None
    return max(0.0, (default_target(sums, sums.score) if target is None else target) - sums.score)


def gap_within_error(gap: float | None, margin: float | None) -> bool | None:
    """Whether a gap is smaller than the measurement error: `0 < gap < t*SE`; None without an SE."""
    if gap is None or margin is None:
        return None
    return below(0.0, gap) and below(gap, margin)


def priorities(
    all_sums: Sequence[PillarSums],
    targets: Mapping[str, float],
    blocking: Mapping[str, Sequence[str]],
    shares: Mapping[str, IndexShare],
) -> tuple[Priority, ...]:
    """Return the complete ordered list. `blocking` holds the blockers' question keys, `shares` the shares of the index,
    by pillar key.

    Within a tier: highest gain per effort, then lowest effort, then question key by code point. Missing questions come
    last in their tier.
    """
    entries: list[Entry] = []
    for sums in all_sums:
        key = sums.pillar.key
        entries += pillar_entries(sums, targets.get(key), frozenset(blocking[key]), shares.get(key))
    return tuple([entry.priority for entry in sorted(entries, key=urgency)])


def pillar_entries(
    sums: PillarSums, target: float | None, blocked: frozenset[str], share: IndexShare | None
) -> list[Entry]:
    """The entries of one pillar; a pillar without a score adds only its missing essentials."""
    score = sums.score
    if score is None:
        return [Entry(True, 0.0, priority(one, 1, None)) for one in sums.tallies if is_unknown_essential(one)]
    aim = Aim(sums, default_target(sums, score) if target is None else target, share)
    return [
        entry(aim, tally, tier(tally, blocked))
        for tally in sums.tallies
        if is_short(tally, aim.target) or tally.question.key in blocked or is_unknown_essential(tally)
    ]


def is_short(tally: Tally, pillar_target: float) -> bool:
    """Whether an answered weighted question is below its target."""
    if tally.state != "answered" or not tally.weight or tally.mean is None:
        return False
    return below(tally.mean, target_of(tally, pillar_target))


def is_unknown_essential(tally: Tally) -> bool:
    """Whether an essential question has no number but at least one *don't know*."""
    return tally.missing and tally.question.essential_at is not None and tally.dont_know > 0


def tier(tally: Tally, blocked: frozenset[str]) -> int:
    """1 for an essential that people disagree on or do not know, 2 for a blocker, 3 for the rest."""
    if tally.question.essential_at is not None and (tally.dont_know or is_flagged(tally)):
        return 1
    return 2 if tally.question.key in blocked else 3


def entry(aim: Aim, tally: Tally, tier: int) -> Entry:
    """An entry with its gain per effort; a step of unknown effort ranks as one person-month."""
    points = gain(aim, tally)
    found = priority(tally, tier, points)
    effort = assumed(found.effort)
    ratio = 0.0 if points is None else rank(points / effort, lambda: exact_gain(aim, tally) / as_written(effort))
    return Entry(tally.missing, ratio, found)


def gain(aim: Aim, tally: Tally) -> float | None:
    """Points of the 0-100 index: `max(0, share * w/sum_A(w) * (T - m))`, the distance on 0-100; None if missing."""
    if tally.mean is None or aim.share is None:
        return None
    scale = aim.sums.bank.scale
    share = aim.share.value * (tally.weight / aim.sums.applicable_weight)
    return max(0.0, scale.points * share * (target_of(tally, aim.target) - tally.mean))


def exact_gain(aim: Aim, tally: Tally) -> Fraction:
    """The same, exact in the bank's decimals, for a question with a number in a pillar of weight above 0."""
    scale = aim.sums.bank.scale
    share = as_written(tally.weight) / sum(as_written(one.weight) for one in aim.sums.applicable)
    distance = as_written(target_of(tally, aim.target)) - Fraction(tally.total, tally.n * tally.marks.denominator)
    points = 100 / (as_written(scale.high) - as_written(scale.low))
    return max(Fraction(0), points * (aim.share.exact if aim.share else 0) * share * distance)


def priority(tally: Tally, tier: int, gain: float | None) -> Priority:
    """One entry with the main next step from the question's low median, if the bank has one."""
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
    """The sort key of an entry."""
    found = entry.priority
    return found.tier, entry.missing, -entry.per_effort, assumed(found.effort), found.question


def assumed(effort: float | None) -> float:
    """The effort to rank a step by."""
    return UNKNOWN_EFFORT if effort is None else effort
