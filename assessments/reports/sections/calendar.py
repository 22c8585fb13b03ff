"""The roadmap as a calendar: who does what in which quarter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assessments.reports.blocks import BAR, Cell, Column, Heading, Styled, Table
from assessments.reports.report import Report
from assessments.sentences import gettext as _
from assessments.wording import numbers

DAYS = {"90d": 90, "6m": 182, "12m": 365}  # from the result to the end of a period
MAX_QUARTERS, MAX_OWNERS = 5, 8
WIDTH, OWNER = 170.0, 30.0  # mm

EMPTY = Styled("")

type Planned = tuple[Heading, Table] | tuple[()]


@dataclass(frozen=True)
class Entry:
    """One action or move: who does it, by which day, and its short name."""

    owner: str
    day: date
    name: str


def calendar(report: Report, entries: Sequence[Entry]) -> Planned:
    """Owners by quarters, in the order of the entries; nothing with fewer than two quarters or two owners.

    Entries beyond `MAX_QUARTERS` quarters or `MAX_OWNERS` owners are in the table of the roadmap only.
    """
    quarters = sorted({_start(entry.day) for entry in entries})[:MAX_QUARTERS]
    owners = list(dict.fromkeys(entry.owner for entry in entries))[:MAX_OWNERS]
    if len(quarters) < 2 or len(owners) < 2:
        return ()
    width = (WIDTH - OWNER) / len(quarters)
    heads = [Column(start.isoformat(), numbers.quarter(start), width, look="left") for start in quarters]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (owner, *(_cell(entries, owner, start) for start in quarters)) for owner in owners
    )
    name = _("Who does what, by quarter")
    return Heading(name), Table("calendar", name, (Column("owner", _("Owner"), OWNER), *heads), rows, look="calendar")


def decided(report: Report) -> list[Entry]:
    """The actions that are decided and not done; without a date, at the end of their period."""
    return [
        Entry(action.owner or _("No owner yet"), action.due_on or _end(report, action.horizon), action.title)
        for action in report.actions
        if action.status != "done"
    ]


def suggested(report: Report, keys: Iterable[str]) -> list[Entry]:
    """The moves on these questions, at the end of their periods, under the short name of the question."""
    priorities = {priority.question: priority for priority in report.result.priorities}
    return [
        Entry(
            priorities[key].owner or _("No owner yet"),
            _end(report, priorities[key].horizon),
            report.bank.questions[key].short or report.bank.questions[key].text,
        )
        for key in keys
    ]


@dataclass(frozen=True)
class Timeline:
    """The quarters from a result to the end of its last period, by their first days."""

    start: date
    horizons: tuple[str, ...]

    @property
    def quarters(self) -> tuple[date, ...]:
        last, found = self.start + timedelta(max(DAYS[each] for each in self.horizons)), [_start(self.start)]
        while (following := _start(found[-1] + timedelta(93))) <= last:
            found.append(following)
        return tuple(found)

    def span(self, horizon: str) -> tuple[int, int]:
        """The places of the first and the last quarter of a period."""
        end = DAYS[horizon]
        begin = max((days for days in DAYS.values() if days < end), default=0)
        first, last = (self.quarters.index(_start(self.start + timedelta(days))) for days in (begin, end))
        return first, last

    def bar(self, owner: str, horizon: str) -> tuple[Cell, ...]:
        """The cells of a move: its owner across the quarters of its period, empty cells before and after."""
        first, last = self.span(horizon)
        after = len(self.quarters) - 1 - last
        return (*([EMPTY] * first), Styled(owner, BAR, across=last - first + 1), *([EMPTY] * after))


def _end(report: Report, horizon: str | None) -> date:
    return report.scored_on + timedelta(DAYS.get(horizon or "", 365))


def _start(day: date) -> date:
    """The first day of the quarter."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _cell(entries: Iterable[Entry], owner: str, start: date) -> Styled:
    names = [entry.name for entry in entries if entry.owner == owner and _start(entry.day) == start]
    return Styled("\n".join(names), "lines")
