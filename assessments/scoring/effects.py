"""What each of the next steps changes: the levels that its pillar and the organisation reach with it.

Everything is computed from a `ReaderResult`, from the very counts and levels that its reader sees, so that an effect
reveals nothing that they could not compute themselves. A pillar of which anything is hidden has no effects.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .answers import DONT_KNOW, NOT_APPLICABLE, Value
from .bank import Bank, Pillar, Question
from .figures import PillarResult, QuestionResult
from .level import attained, capped, may_have_level
from .marks import Marks
from .minimum_respondents import LevelCounts
from .organisation import level as organisation_level, shares_of_index
from .pillar import PillarSums, pillar_sums
from .question import NO_ANSWERS, Tally, tally
from .suppression import ReaderResult
from .tolerance import at_least
from .whatif import raised


@dataclass(frozen=True)
class Effect:
    """What changes once a question is raised to `goal`, a level, after the steps before it.

    `pillar` and `organisation` are the levels that this step takes them to; None if it does not raise them, or if
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
        own = tallies.setdefault(pillar.key, tallies_of(bank, pillar, seen, row))
        question = bank.questions[key]
        goal = goal_of(bank, question, row)
        own[key] = raised(own[key], question.reaching(goal))
        reached = organisation_level(bank, [*rows.values()])
        rows[pillar.key] = after = with_level(row, pillar_sums(bank, pillar, tuple(own.values())))
        then = organisation_level(bank, [*rows.values()])
        whole = risen(reached, then) if seen.result.overall.level is not None else None
        found[key] = Effect(goal, risen(row.level, after.level), whole)
    return found


def is_open(seen: ReaderResult, row: PillarResult) -> bool:
    """Whether the reader sees the distribution of every question of a pillar that has a level."""
    told = all(question.key in seen.counts for question in row.questions if question.n)
    return row.level is not None and row.key not in seen.closed and told


def tallies_of(bank: Bank, pillar: Pillar, seen: ReaderResult, row: PillarResult) -> dict[str, Tally]:
    """The pillar's questions as the reader sees them, in bank order."""
    shown = {question.key: question for question in row.questions}
    return {each.key: _tally(bank.marks[each.key], shown[each.key], seen.counts) for each in pillar.questions}


def _tally(marks: Marks, shown: QuestionResult, counts: Mapping[str, LevelCounts]) -> Tally:
    numbers: dict[Value, int] = {**NO_ANSWERS, **dict(enumerate(counts.get(shown.key, ()), start=1))}
    return tally(marks, numbers | {DONT_KNOW: shown.dont_know, NOT_APPLICABLE: shown.not_applicable}, shown.evidence)


def wanted_level(bank: Bank, row: PillarResult) -> int:
    """The level to raise a question to: its pillar's target as a whole level, or its next level if that is higher."""
    target = (row.score or 0.0) + (row.gap or 0.0) if row.target is None else row.target
    scores = enumerate(bank.level_scores, start=1)
    whole = next((level for level, score in scores if at_least(score, target)), len(bank.levels))
    return max(whole, min(len(bank.levels), (row.level or 0) + 1))


def goal_of(bank: Bank, question: Question, row: PillarResult) -> int:
    """The wanted level, or the nearest that the question offers."""
    return question.asked(wanted_level(bank, row))


def with_level(row: PillarResult, sums: PillarSums) -> PillarResult:
    """The pillar with the level and the status of other answers."""
    return replace(row, level=capped(sums, attained(sums)) if may_have_level(sums) else None, status=sums.status)


def risen(before: int | None, after: int | None) -> int | None:
    """The level after a step, if it is higher."""
    return after if before is not None and after is not None and after > before else None


def pillar_gain(bank: Bank, rows: Iterable[PillarResult], key: str, gain: float) -> float:
    """How much of a gain, in points of the 0-100 index, its pillar's own score rises by, on the bank's scale.

    The gain is that times the pillar's share of the index, among the pillars that have a score.
    """
    found = {row.key: row for row in rows}
    share = shares_of_index(bank, [found[pillar.key] for pillar in bank.pillars]).get(bank.pillar_of[key].key)
    return gain / bank.scale.points / share.value if share and share.value else 0.0
