"""The moves that matter most: the head of the priority list, with gain, effort and time."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.scoring.figures import Priority
from assessments.scoring.view import ResultView
from assessments.wording import numbers
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


def moves(view: ResultView, *, shown: int = SHOWN) -> Moves:
    """The first `shown` priorities of the whole organisation."""
    first = view.result.priorities[:shown]
    index = view.result.overall.index_100
    note = _("Gain in points of the 0–100 index")
    if index is not None:
        note = _("Gain in points of the 0–100 index, now %(index)s") % {"index": numbers.rounded(index, 0)}
    return Moves(
        title=moves_title(view.bank, first),
        note=note,
        rows=tuple(move(view, priority) for priority in first),
    )


def move(view: ResultView, priority: Priority) -> Move:
    """One priority in words; its gain only where the question's mean may be shown."""
    key, pillar = priority.question, view.bank.pillar_of[priority.question]
    answered, told = view.questions[key].n > 0, key in view.means
    return Move(
        question=key,
        pillar=pillar.name,
        action=action(view.bank, priority, answered=answered, hidden=answered and not told),
        why=why(view, view.rows[pillar.key], priority),
        gain=numbers.gain(priority.gain) if told and priority.gain is not None else None,
        effort=None if priority.effort is None else numbers.effort(priority.effort),
        months=None if priority.effort is None else numbers.months(priority.effort),
        owner=priority.owner,
        horizon=None if priority.horizon is None else numbers.horizon(priority.horizon),
    )
