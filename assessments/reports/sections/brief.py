"""The back of the executive brief: what to do first, who does it when, and what the figures are."""

from assessments.pages.result.next_steps import Move, moves
from assessments.reports import page_fit, section_fit
from assessments.reports.blocks import (
    FIGURE,
    NOTE,
    Block,
    Column,
    ConsultantNote,
    Heading,
    Section,
    Table,
    Text,
)
from assessments.reports.commentary import Note
from assessments.reports.page_fit import ROOM
from assessments.reports.report import Report
from assessments.reports.sections.calendar import Planned, calendar, decided, suggested
from assessments.reports.sections.method import limits
from assessments.reports.sections.roadmap import moved
from assessments.scoring.bank import HORIZONS
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.credit import credit

ENTRIES = (15, 9, 5, 0)  # of the calendar, as many as the page has room for


def back(report: Report, note: Note | None) -> Section:
    """Five moves with owner and effort, the calendar, the commentary that the front has no room for, and the limits.

    A commentary that leaves no room for the calendar replaces it; one that is longer than the page is named only.
    """
    first = moves(report)
    dated = [p.question for p in report.result.priorities if p.horizon in HORIZONS]
    entries = decided(report) if report.actions else suggested(report, dated[: ENTRIES[0]])
    title = first.title if first.rows else _("A self-assessment, not an audit")
    moved = (_table(first.rows),) if first.rows else ()
    notes = f"{_basis(report)} {limits(report.bank)}", credit(report.bank)
    room = ROOM[report.paper] - section_fit.brief(title, notes, moved)
    told: tuple[Block, ...] = (ConsultantNote(note),) if note else ()
    if note and page_fit.height(told) > room:
        told = (Text(_("%(title)s: see the full report.") % {"title": note.title}),)
    calendars = (calendar(report, entries[:count]) for count in ENTRIES)
    blocks: tuple[Block, ...] = (
        *moved,
        *next(each for each in calendars if _height(each) + page_fit.height(told) <= room or not each),
        *told,
        Heading(_("How to read the figures")),
        *(Text(text, NOTE) for text in notes),
    )
    return Section("brief", _("First moves"), title, blocks)


def _height(found: Planned) -> float:
    return section_fit.calendar(found[1]) if found else 0


def _table(rows: tuple[Move, ...]) -> Table:
    columns = (
        Column("action", _("Move"), 84),
        Column("owner", _("Proposed owner"), 36, look="left"),
        Column("months", _("Person-months"), 25, FIGURE),
        Column("horizon", _("Within"), 25, FIGURE),
    )
    cells = tuple((moved(row), row.owner, row.months, row.horizon) for row in rows)
    return Table("moves", _("First moves"), columns, cells, look="acts first")


def _basis(report: Report) -> str:
    return _("%(answered)s. The full report covers every pillar, with comments.") % {
        "answered": numbers.capitalised(numbers.answered_of(report.result.answered, report.result.invited))
    }
