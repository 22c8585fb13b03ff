"""The actions of an assessment by the time they have, as whoever runs it sees them."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from assessments.models import RoadmapAction
from assessments.results import AssessmentResult
from assessments.scoring.bank import Bank
from assessments.wording import numbers


@dataclass(frozen=True)
class Row:
    """One action with what the result says about its question; `waits_for` are open actions that come first."""

    action: RoadmapAction
    pillar: str | None
    gain: str | None
    effort: str | None
    is_late: bool
    waits_for: str


@dataclass(frozen=True)
class Stretch:
    """The actions of one horizon, and what those that are not done yet still cost."""

    name: str
    rows: tuple[Row, ...]
    left: str | None


@dataclass(frozen=True)
class Board:
    """Three stretches, those without an action left out. `is_stale`: decided on another result than today's."""

    stretches: tuple[Stretch, ...]
    is_stale: bool


def board(shown: AssessmentResult, actions: Sequence[RoadmapAction], today: datetime.date) -> Board:
    """Every action in order."""
    gains = {p.question: p.gain for p in shown.result.priorities if p.question in shown.means}
    found = [(horizon, [a for a in actions if a.horizon == horizon]) for horizon in RoadmapAction.Horizon]
    return Board(
        stretches=tuple(_stretch(str(horizon.label), own, shown.bank, gains, today) for horizon, own in found if own),
        is_stale=any(action.checksum != shown.frozen.checksum for action in actions),
    )


def _stretch(
    name: str, actions: Sequence[RoadmapAction], bank: Bank, gains: Mapping[str, float | None], today: datetime.date
) -> Stretch:
    rows = tuple(_row(action, bank, gains.get(action.question), today) for action in actions)
    efforts = [action.effort for action in actions if action.is_open and action.effort is not None]
    return Stretch(name, rows, numbers.effort(fsum(efforts)) if efforts else None)


def _row(action: RoadmapAction, bank: Bank, gain: float | None, today: datetime.date) -> Row:
    return Row(
        action=action,
        pillar=pillar_name(bank, action.question),
        gain=None if gain is None else numbers.gain(gain),
        effort=None if action.effort is None else numbers.effort(action.effort),
        is_late=action.is_late(today),
        waits_for=_waits_for(action.requires.all()) if action.is_open else "",
    )


def pillar_name(bank: Bank, question: str) -> str | None:
    """The pillar of a question; None for an action of people's own."""
    return bank.pillar_of[question].name if question in bank.pillar_of else None


def _waits_for(first: Iterable[RoadmapAction]) -> str:
    return numbers.listed([action.title for action in first if action.is_open])
