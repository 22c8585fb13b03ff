"""The back of the executive brief: what to do first, who does it when, and what the figures are."""

from __future__ import annotations

from assessments.pages.result.next_steps import Move, moves
from assessments.reports.blocks import (
    FIGURE,
    NOTE,
    Block,
    Column,
    ConsultantNote,
    Heading,
    Section,
    Styled,
    Table,
    Text,
)
from assessments.reports.commentary import Note
from assessments.reports.report import Report
from assessments.reports.sections.calendar import calendar, decided, suggested
from assessments.reports.sections.method import limits
from assessments.scoring.bank import HORIZONS
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.credit import credit

MAX_ENTRIES = 15  # of the calendar


def back(report: Report, note: Note | None) -> Section:
    """Five moves with owner and effort, the calendar, the commentary that the front has no room for, and the limits."""
    first = moves(report)
    dated = [p.question for p in report.result.priorities if p.horizon in HORIZONS][:MAX_ENTRIES]
    entries = decided(report) if report.actions else suggested(report, dated)
    blocks: tuple[Block, ...] = (
        *((_table(first.rows),) if first.rows else ()),
        *calendar(report, entries[:MAX_ENTRIES]),
        *((ConsultantNote(note),) if note else ()),
        Heading(_("How to read the figures")),
        Text(f"{_basis(report)} {limits()}", NOTE),
        Text(credit(report.bank), NOTE),
    )
    title = first.title if first.rows else _("A self-assessment, not an audit")
    return Section("brief", _("First moves"), title, blocks)


def _table(rows: tuple[Move, ...]) -> Table:
    columns = (
        Column("action", _("Move"), 84),
        Column("owner", _("Proposed owner"), 36, look="left"),
        Column("months", _("Person-months"), 25, FIGURE),
        Column("horizon", _("Within"), 25, FIGURE),
    )
    cells = tuple(
        (
            Styled(row.action, remark=". ".join(part for part in (row.pillar, row.effect) if part)),
            row.owner,
            row.months,
            row.horizon,
        )
        for row in rows
    )
    return Table("moves", _("First moves"), columns, cells, look="acts first")


def _basis(report: Report) -> str:
    return _("%(answered)s. The full report covers every pillar, with comments.") % {
        "answered": numbers.capitalised(numbers.answered_of(report.result.answered, report.result.invited))
    }
