"""Actions within 90 days, 6 and 12 months: those decided or, without any, the moves that the result suggests."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import fsum

from django.utils.formats import date_format

from assessments.pages.result.next_steps import Move, move, moves
from assessments.reports import page_fit
from assessments.reports.blocks import FIGURE, GROUP, SUB, Cell, Column, Section, Styled, Table, Text
from assessments.reports.page_fit import ROOM
from assessments.reports.report import Report
from assessments.reports.section_fit import moves_per_period
from assessments.reports.sections.calendar import Planned, Timeline, calendar, decided
from assessments.results import ActionSummary
from assessments.scoring.bank import HORIZONS
from assessments.scoring.figures import Priority
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers

MAX_MOVES, MIN_MOVES = 5, 2  # per period
LEAST = 150.0  # points of comments that a page begins with below the moves
ACROSS, MONTHS, QUARTERS = 170.0, 29.0, 54.0  # mm: all columns, the effort, the quarters together


def roadmap(report: Report, late: float = 0, end: float = 0) -> Section | None:
    """The actions in their order or, without any, the priorities that have a horizon; None without either.
    `late` and `end`: the height of the comments that follow and of the last section, in points."""
    return _decided(report) if report.actions else _suggested(report, late, end)


def _decided(report: Report) -> Section:
    groups = [(horizon, [a for a in report.actions if a.horizon == horizon]) for horizon in HORIZONS]
    sub = _("What was decided on this result, by period")
    columns = (
        Column("action", _("Action"), 64),
        Column("owner", _("Owner"), 34),
        Column("due", _("Due on"), 30),
        Column("state", _("State"), 18),
        Column("months", _("Person-months"), 24, FIGURE),
    )
    rows = [row for horizon, actions in groups if actions for row in _decided_period(horizon, actions)]
    planned = calendar(report, decided(report))
    return _section(_decided_title(report.actions), sub, _table(columns, rows), planned, "decided")


def _section(title: str, sub: str, table: Table, planned: Planned, look: str = "") -> Section:
    return Section("roadmap", _("Roadmap"), title, (Text(sub, SUB), table, *planned), look)


def _table(columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]]) -> Table:
    """All periods, each with a heading row."""
    return Table("roadmap", _("Roadmap"), columns, tuple(rows), look="acts first")


def _decided_title(actions: tuple[ActionSummary, ...]) -> str:
    done, everything = sum(action.status == "done" for action in actions), len(actions)
    facts = {"all": numbers.capitalised(numbers.in_words(everything)), "done": numbers.in_words(done)}
    text = ngettext("%(all)s action is decided", "%(all)s actions are decided", everything) % facts
    if not done:
        return text
    behind = ngettext("%(done)s is done", "%(done)s are done", done) % facts
    return _("%(decided)s, %(done)s") % {"decided": text, "done": behind}


def _decided_period(horizon: str, actions: list[ActionSummary]) -> Iterator[tuple[Cell, ...]]:
    """All actions of a period: the list is only useful if complete."""
    effort = _effort([action.effort for action in actions])
    note = "" if effort is None else _("All actions in this period: %(effort)s.") % {"effort": effort}
    yield _period(horizon, note, 5)
    for action in actions:
        due = None if action.due_on is None else date_format(action.due_on, "DATE_FORMAT")
        months = None if action.effort is None else numbers.months(action.effort)
        yield action.title, action.who or None, due, STATES[action.status](), months


def _period(horizon: str, note: str, columns: int) -> tuple[Cell, ...]:
    """The row above those of a period, across all columns."""
    return (Styled(numbers.horizon(horizon), GROUP, note, columns),)


STATES = {"planned": lambda: _("Planned"), "started": lambda: _("Started"), "done": lambda: _("Done")}


def _suggested(report: Report, late: float, end: float) -> Section | None:
    dated = [priority for priority in report.result.priorities if priority.horizon in HORIZONS]
    groups = [(horizon, [p for p in dated if p.horizon == horizon]) for horizon in HORIZONS]
    if not dated:
        return None
    told = {each.question: each for each in moves(report).rows}  # only these have effects, as on the page
    first = {
        horizon: [told.get(each.question) or replace(move(report, each), effect=None) for each in group[:MAX_MOVES]]
        for horizon, group in groups
        if group
    }
    texts = [[f"{each.action}\n{_remark(each)}" for each in rows] for rows in first.values()]
    count = _count(texts, ROOM[report.paper], late, end)
    sub = _("Suggested by the result, not decided yet: moves by priority, each with the proposed owner in its quarters")
    timeline = Timeline(report.scored_on, tuple(horizon for horizon, group in groups if group))
    rows = [
        row
        for horizon, group in groups
        if group
        for row in _suggested_period(horizon, group, first[horizon][:count], timeline)
    ]
    quarters = timeline.quarters
    columns = (
        Column("action", _("Move"), ACROSS - MONTHS - QUARTERS),
        Column("months", _("Person-months"), MONTHS, FIGURE),
        *(Column(day.isoformat(), numbers.quarter(day), QUARTERS / len(quarters), look="quarter") for day in quarters),
    )
    table = replace(_table(columns, rows), widths=tuple(column.width * page_fit.MM for column in columns))
    every = len(report.result.priorities)
    sub = ". ".join([sub, *undated(every - len(dated))])
    return _section(_title(len(groups[0][1]), every), sub, table, (), "planned")


def _count(texts: Sequence[Sequence[str]], room: float, late: float, end: float) -> int:
    """How many moves of each period the page has room for; fewer if comments and method then need one page more only."""
    beside = room if late + end <= room else min(2 * room - late - end, room - min(late, LEAST))
    shared = moves_per_period(texts, beside, range(MAX_MOVES, MIN_MOVES - 1, -1))
    return shared if shared >= MIN_MOVES else moves_per_period(texts, room, range(MAX_MOVES, 0, -1))


def undated(count: int) -> list[str]:
    """How many moves have no period and are therefore counted, but not listed; empty without any."""
    text = ngettext("%(count)s move has no period", "%(count)s moves have no period", count)
    return [numbers.capitalised(text % {"count": numbers.in_words(count)})] if count else []


def _title(soon: int, everything: int) -> str:
    facts = {"soon": numbers.capitalised(numbers.in_words(soon)), "all": numbers.in_words(everything)}
    if soon == 0:
        return _("No move fits into the first 90 days")
    if soon == everything:
        return _("Every move fits into the first 90 days")
    return (
        ngettext(
            "%(soon)s of %(all)s moves fits into the first 90 days",
            "%(soon)s of %(all)s moves fit into the first 90 days",
            soon,
        )
        % facts
    )


def _suggested_period(
    horizon: str, priorities: list[Priority], shown: list[Move], timeline: Timeline
) -> Iterator[tuple[Cell, ...]]:
    """A period with the moves that fit, each with a bar, and the effort of all its priorities."""
    hidden = len(priorities) - len(shown)
    more = ngettext("%(count)s more move", "%(count)s more moves", hidden) % {"count": numbers.in_words(hidden)}
    effort = _effort([priority.effort for priority in priorities])
    notes = (
        f"{numbers.capitalised(more)}." if hidden else "",
        "" if effort is None else _("All moves in this period: %(effort)s.") % {"effort": effort},
    )
    yield _period(horizon, " ".join(note for note in notes if note), 2 + len(timeline.quarters))
    yield from ((moved(each), each.months, *timeline.bar(each.owner or "", horizon)) for each in shown)


def moved(each: Move) -> Styled:
    """A move with its pillar and its effect below."""
    return Styled(each.action, remark=_remark(each))


def _remark(each: Move) -> str:
    return ". ".join(part for part in (each.pillar, each.effect) if part)


def _effort(efforts: Sequence[float | None]) -> str | None:
    """The sum of the efforts; if some have no estimate, with the number of those that have."""
    known = [effort for effort in efforts if effort is not None]
    if not known:
        return None
    total = numbers.effort(fsum(known))
    if len(known) == len(efforts):
        return total
    text = ngettext(
        "%(effort)s for the %(known)s that has an estimate",
        "%(effort)s for the %(known)s that have an estimate",
        len(known),
    )
    return text % {"effort": total, "known": numbers.in_words(len(known))}
