"""What each of the next steps changes: the levels that its pillar and the organisation reach with it.

Everything is computed from a `ReaderResult`, from the very counts and levels that its reader sees, so that an effect
reveals nothing that they could not compute themselves. A pillar of which anything is hidden has no effects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil

from .answers import DONT_KNOW, NOT_APPLICABLE, Value
from .bank import LEVELS, Bank, Pillar, Question
from .figures import PillarResult, QuestionResult
from .level import attained, capped, may_have_level
from .organisation import level as organisation_level
from .pillar import PillarSums, pillar_sums
from .priorities import POINTS
from .question import Tally, tally
from .suppression import ReaderResult
from .tolerance import DECIMALS
from .whatif import raised


@dataclass(frozen=True)
class Effect:
    """What changes once a question is raised to `goal`, a level of 1-5, after the steps before it.

    `pillar` and `organisation` are the levels, 1-5, that this step takes them to; None if it does not raise them, or if
    they may not be shown.
    """

    goal: int
    pillar: int | None
    organisation: int | None


def effects(bank: Bank, seen: ReaderResult, steps: Iterable[str]) -> dict[str, Effect]:
    """Return the effect of each step by question key; `steps` are question keys in order, each after those before it.

    Every number below the goal becomes it, and a missing question gets it once, as in a what-if. The goal is the target
    of the pillar as a whole level, but never lower than the pillar's next level.
    """
    rows = {row.key: row for row in seen.result.pillars}
    tallies: dict[str, dict[str, Tally]] = {}
    found: dict[str, Effect] = {}
    for key in steps:
        pillar = bank.pillar_of[key]
        row = rows[pillar.key]
        if not is_open(seen, row):
            continue
        own = tallies.setdefault(pillar.key, tallies_of(pillar, seen, row))
        goal = goal_of(bank.questions[key], row)
        own[key] = raised(own[key], goal)
        reached = organisation_level(bank, [*rows.values()])
        rows[pillar.key] = after = with_level(row, pillar_sums(pillar, tuple(own.values())))
        then = organisation_level(bank, [*rows.values()])
        whole = risen(reached, then) if seen.result.overall.level is not None else None
        found[key] = Effect(goal, risen(row.level, after.level), whole)
    return found


def is_open(seen: ReaderResult, row: PillarResult) -> bool:
    """Whether the reader sees the distribution of every question of a pillar that has a level."""
    told = all(question.key in seen.counts for question in row.questions if question.n)
    return row.level is not None and row.key not in seen.closed and told


def tallies_of(pillar: Pillar, seen: ReaderResult, row: PillarResult) -> dict[str, Tally]:
    """The pillar's questions as the reader sees them, in bank order."""
    shown = {question.key: question for question in row.questions}
    return {each.key: _tally(each, shown[each.key], seen.counts) for each in pillar.questions}


def _tally(question: Question, shown: QuestionResult, counts: Mapping[str, tuple[int, int, int, int, int]]) -> Tally:
    numbers: dict[Value, int] = dict(zip(LEVELS, counts.get(question.key, (0,) * len(LEVELS)), strict=True))
    return tally(question, numbers | {DONT_KNOW: shown.dont_know, NOT_APPLICABLE: shown.not_applicable}, shown.evidence)


def goal_of(question: Question, row: PillarResult) -> int:
    """The level to raise a question to: its pillar's target or next level, whichever is higher, if it offers that."""
    target = (row.score or 0.0) + (row.gap or 0.0) if row.target is None else row.target
    wanted = max(ceil(round(target, DECIMALS)), (row.level or 0) + 1)
    return question.asked(min(LEVELS[-1], wanted))


def with_level(row: PillarResult, sums: PillarSums) -> PillarResult:
    """The pillar with the level and the status of other answers."""
    return replace(row, level=capped(sums, attained(sums)) if may_have_level(sums) else None, status=sums.status)


def risen(before: int | None, after: int | None) -> int | None:
    """The level after a step, if it is higher."""
    return after if before is not None and after is not None and after > before else None


def pillar_gain(bank: Bank, rows: Iterable[PillarResult], key: str, gain: float) -> float:
    """How much of a gain, in points of the 0-100 index, its pillar's own score rises by, in levels on 1-5.

    The gain is `25 * W/sum(W)` of that, with the weights of the pillars that have a score.
    """
    weights = {pillar.key: pillar.weight for pillar in bank.pillars}
    total = sum(weights[row.key] for row in rows if row.score is not None)
    weight = bank.pillar_of[key].weight
    return gain / POINTS * total / weight if weight else 0.0
