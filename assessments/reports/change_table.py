"""The change since the previous round as a table."""

from __future__ import annotations

from django.utils.translation import gettext as _

from assessments.pages.compare import ComparedRow
from assessments.reports.blocks import TWO, Cell, Column, Table
from assessments.reports.change import figures, since
from assessments.reports.precision import ends, told
from assessments.results import AssessmentResult


def change_table(shown: AssessmentResult) -> Table | None:
    """A row a pillar, the index last; None where there is no previous round."""
    found = since(shown)
    if found is None:
        return None
    page = figures(found)
    rows = tuple(_row(row) for row in (*page.rows, page.total))
    return Table("change", _("Change"), _columns(*found.assessments), rows)


def _columns(before: str, after: str) -> tuple[Column, ...]:
    return (
        Column("pillar", _("Pillar"), 18),
        Column("shared_questions", _("Shared questions"), 10),
        Column("questions", _("Questions"), 10),
        Column("before", before, 12, TWO),
        Column("after", after, 12, TWO),
        Column("change", _("Change"), 10, TWO),
        Column("interval_low", _("90%% interval, from") % {}, 16, TWO),
        Column("interval_high", _("90%% interval, to") % {}, 16, TWO),
        Column("verdict", _("Verdict"), 24),
    )


def _row(row: ComparedRow) -> tuple[Cell, ...]:
    (cell,), coarse = row.cells, row.has_hidden
    change = cell.change
    scores = (told(value, coarse=coarse) for value in (change.before, change.after, change.delta))
    return (row.name, row.common, row.questions, *scores, *ends(change.interval, coarse=coarse), cell.verdict)
