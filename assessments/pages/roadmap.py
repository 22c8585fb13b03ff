"""The actions of an assessment by horizon and their progress, as the assessment's manager sees them."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from django.utils.safestring import SafeString

from assessments.charts.gantt import Bar, gantt_svg
from assessments.charts.legend import LegendRow, legend
from assessments.models import RoadmapAction
from assessments.results import AssessmentResult
from assessments.scoring.bank import Bank
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers
from assessments.wording.numbers import optional


@dataclass(frozen=True)
class ActionRow:
    """One action with the result's figures for its question; `waits_for` are its open prerequisites."""

    action: RoadmapAction
    pillar: str | None
    gain: str | None
    effort: str | None
    is_late: bool
    waits_for: str


@dataclass(frozen=True)
class HorizonGroup:
    """The actions of one horizon, and the remaining effort of those still open."""

    name: str
    rows: tuple[ActionRow, ...]
    left: str | None


@dataclass(frozen=True)
class Board:
    """The horizons that have actions. `is_stale`: an action was based on a result other than the current one.

    `without_owner` are the open actions whose owner has left the organisation.
    """

    horizons: tuple[HorizonGroup, ...]
    is_stale: bool
    without_owner: tuple[RoadmapAction, ...]


def board(result: AssessmentResult, actions: Sequence[RoadmapAction], today: datetime.date) -> Board:
    """Every action in order, by horizon."""
    gains = {p.question: p.gain for p in result.result.priorities if p.question in result.means}
    by_horizon = [(horizon, [a for a in actions if a.horizon == horizon]) for horizon in RoadmapAction.Horizon]
    return Board(
        horizons=tuple(
            _horizon_group(str(horizon.label), own, result.bank, gains, today) for horizon, own in by_horizon if own
        ),
        is_stale=any(action.checksum != result.frozen.checksum for action in actions),
        without_owner=tuple(action for action in actions if action.is_open and action.owner_left),
    )


def _horizon_group(
    name: str, actions: Sequence[RoadmapAction], bank: Bank, gains: Mapping[str, float | None], today: datetime.date
) -> HorizonGroup:
    rows = tuple(_row(action, bank, gains.get(action.question), today) for action in actions)
    efforts = [action.effort for action in actions if action.is_open and action.effort is not None]
    return HorizonGroup(name, rows, numbers.effort(fsum(efforts)) if efforts else None)


def _row(action: RoadmapAction, bank: Bank, gain: float | None, today: datetime.date) -> ActionRow:
    return ActionRow(
        action=action,
        pillar=pillar_name(bank, action.question),
        gain=None if gain is None else numbers.gain(gain, bank.scale),
        effort=optional(numbers.effort, action.effort),
        is_late=action.is_late(today),
        waits_for=_waits_for(action.requires.all()) if action.is_open else "",
    )


def pillar_name(bank: Bank, question: str) -> str | None:
    """The pillar of a question; None for a user's own action."""
    return bank.pillar_of[question].name if question in bank.pillar_of else None


def _waits_for(first: Iterable[RoadmapAction]) -> str:
    return numbers.listed([action.title for action in first if action.is_open])


@dataclass(frozen=True)
class Gantt:
    """The actions that were not dropped, as bars by quarter."""

    svg: SafeString
    legend: tuple[LegendRow, ...]


def gantt(actions: Sequence[RoadmapAction], today: datetime.date) -> Gantt | None:
    """None without an action that has a date."""
    kept = [(action, action.done_on or action.due_on) for action in actions if action.status != "dropped"]
    bars = [
        Bar(action.title, min(action.created_at.date(), end), end, action.done_on is not None, action.is_late(today))
        for action, end in kept
        if end is not None
    ]
    svg = gantt_svg(bars, today)
    return Gantt(svg, legend("gantt", svg)) if bars else None


NEXT = 3


@dataclass(frozen=True)
class DueDate:
    """An open action with a due date; `days` from today, negative if it is late."""

    action: RoadmapAction
    days: int

    @property
    def is_late(self) -> bool:
        return self.days < 0

    @property
    def distance(self) -> str:
        """`12 days late`, `today`, `in 12 days`."""
        if self.days == 0:
            return _("today")
        count = {"days": abs(self.days)}
        if self.is_late:
            return ngettext("%(days)s day late", "%(days)s days late", abs(self.days)) % count
        return ngettext("in %(days)s day", "in %(days)s days", self.days) % count


@dataclass(frozen=True)
class RoadmapStatus:
    """Counts that add up to `total`, without dropped actions; late ones are not in `started` or `waiting`."""

    title: str
    done: int
    late: int
    started: int
    waiting: int
    dropped: int
    total: int
    dates: tuple[DueDate, ...]
    more_late: int


def status(actions: Sequence[RoadmapAction], today: datetime.date) -> RoadmapStatus:
    """The counts, and the next three dates, late ones first."""
    kept = [action for action in actions if action.status != RoadmapAction.Status.DROPPED]
    late = sum(action.is_late(today) for action in kept)
    in_time = [action.status for action in kept if not action.is_late(today)]
    done, dates = in_time.count(RoadmapAction.Status.DONE), _dates(kept, today)
    return RoadmapStatus(
        title=_title(len(kept), done, late),
        done=done,
        late=late,
        started=in_time.count(RoadmapAction.Status.STARTED),
        waiting=in_time.count(RoadmapAction.Status.PLANNED),
        dropped=len(actions) - len(kept),
        total=len(kept),
        dates=tuple(dates[:NEXT]),
        more_late=max(0, late - NEXT),
    )


def _dates(actions: Sequence[RoadmapAction], today: datetime.date) -> list[DueDate]:
    """Open actions with a date, the longest overdue first."""
    dated = [(action.due_on, action) for action in actions if action.is_open and action.due_on is not None]
    return [DueDate(action, (due - today).days) for due, action in sorted(dated, key=lambda pair: pair[0])]


def _title(total: int, done: int, late: int) -> str:
    """`Three of nine actions are done, one is late`."""
    if not total:
        return _("No actions yet")
    params = {"done": numbers.capitalised(numbers.in_words(done)), "all": numbers.in_words(total)}
    first = _("Every action is done")
    if done < total:
        text = ngettext("%(done)s of %(all)s actions is done", "%(done)s of %(all)s actions are done", done)
        text = text if done else _("None of %(all)s actions is done")
        first = (text if total > 1 else _("The one action is not done yet")) % params
    if not late:
        return first
    behind = ngettext("%(late)s is late", "%(late)s are late", late) % {"late": numbers.in_words(late)}
    return _("%(first)s, %(late)s") % {"first": first, "late": behind}
