"""The moves that matter most: the head of the priority list, with gain, effort and time."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.scoring.bank import Bank
from assessments.scoring.figures import Priority, Result
from assessments.wording import numbers
from assessments.wording.disclosure import Disclosure
from assessments.wording.moves import action, moves_title, why

SHOWN = 5


@dataclass(frozen=True)
class Move:
    """One move as text; what the bank does not say, or may not be shown, is None."""

    question: str  # its key
    pillar: str
    action: str
    why: str
    gain: str | None
    effort: str | None
    months: str | None
    owner: str | None
    horizon: str | None


@dataclass(frozen=True)
class Moves:
    """The first five."""

    title: str
    note: str
    rows: tuple[Move, ...]


def moves(bank: Bank, result: Result, disclosure: Disclosure, *, shown: int = SHOWN) -> Moves:
    """The first `shown` priorities of the whole organisation."""
    first = result.priorities[:shown]
    index = result.overall.index_100
    note = _("Gain in points of the 0–100 index")
    if index is not None:
        note = _("Gain in points of the 0–100 index, now %(index)s") % {"index": numbers.rounded(index, 0)}
    return Moves(
        title=moves_title(bank, first),
        note=note,
        rows=tuple(move(bank, result, priority, disclosure) for priority in first),
    )


def move(bank: Bank, result: Result, priority: Priority, disclosure: Disclosure) -> Move:
    """One priority in words; its gain only where the question's mean may be shown."""
    question = bank.questions[priority.question]
    pillar = next(row for row in result.pillars if row.key == bank.pillar_of[question.key].key)
    answered = any(row.key == question.key and row.n > 0 for row in pillar.questions)
    shows_gain = priority.gain is not None and question.key in disclosure.means
    return Move(
        question=question.key,
        pillar=bank.pillar_of[question.key].name,
        action=action(bank, priority, answered=answered, hidden=answered and question.key not in disclosure.means),
        why=why(bank, pillar, priority, disclosure),
        gain=numbers.gain(priority.gain) if shows_gain and priority.gain is not None else None,
        effort=None if priority.effort is None else numbers.effort(priority.effort),
        months=None if priority.effort is None else numbers.months(priority.effort),
        owner=priority.owner,
        horizon=None if priority.horizon is None else numbers.horizon(priority.horizon),
    )
