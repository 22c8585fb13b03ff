"""How far a roadmap is, for somebody who has a minute."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import RoadmapAction
from assessments.wording import numbers

NEXT = 3


@dataclass(frozen=True)
class Date:
    """An action that is due next, or was; `days` from today, below 0 when it is late."""

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
class Status:
    """Counts that add up to `total`: a late action is neither started nor not started. Dropped ones count nowhere."""

    title: str
    done: int
    late: int
    started: int
    waiting: int
    dropped: int
    total: int
    dates: tuple[Date, ...]
    more_late: int


def status(actions: Sequence[RoadmapAction], today: datetime.date) -> Status:
    """The counts, and the next three dates with the late ones first."""
    kept = [action for action in actions if action.status != RoadmapAction.Status.DROPPED]
    late = sum(action.is_late(today) for action in kept)
    in_time = [action.status for action in kept if not action.is_late(today)]
    done, dates = in_time.count(RoadmapAction.Status.DONE), _dates(kept, today)
    return Status(
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


def _dates(actions: Sequence[RoadmapAction], today: datetime.date) -> list[Date]:
    """Open actions with a date, the longest overdue first."""
    dated = [(action.due_on, action) for action in actions if action.is_open and action.due_on is not None]
    return [Date(action, (due - today).days) for due, action in sorted(dated, key=lambda pair: pair[0])]


def _title(total: int, done: int, late: int) -> str:
    """`Three of nine actions are done, one is late`."""
    if not total:
        return _("No actions yet")
    facts = {"done": numbers.capitalised(numbers.in_words(done)), "all": numbers.in_words(total)}
    first = _("Every action is done")
    if done < total:
        text = ngettext("%(done)s of %(all)s actions is done", "%(done)s of %(all)s actions are done", done)
        text = text if done else _("None of %(all)s actions is done")
        first = (text if total > 1 else _("The one action is not done yet")) % facts
    if not late:
        return first
    behind = ngettext("%(late)s is late", "%(late)s are late", late) % {"late": numbers.in_words(late)}
    return _("%(first)s, %(late)s") % {"first": first, "late": behind}
