"""A comparison as an Excel workbook: figures unrounded where they may be, and every text a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessments.csv_safety import safe_text
from assessments.pages.compare import ComparedCell, ComparedRow, ComparePage
from assessments.reports.precision import ends, told
from assessments.reports.workbook import set_for_print

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

type Value = str | float | int | None


def comparison_workbook(page: ComparePage, *, client: str | None) -> bytes:
    """Three sheets: the figures, what was compared, and the questions whose median answer moved."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    _fill(book.create_sheet(_("Comparison")), _heads(page), _figures(page))
    _fill(book.create_sheet(_("Compared")), _about_heads(), _about(page, client))
    if page.moved:
        _fill(book.create_sheet(_("Questions")), _moved_heads(page), _moved(page))
    book.properties.title = safe_text(page.title)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _heads(page: ComparePage) -> list[str]:
    what = _("Change") if page.kind == "change" else _("Difference")
    names = [_("Pillar"), _("Shared questions"), _("Questions"), _("Against"), _("Compared"), _("Score against")]
    return [*names, _("Score"), what, _("From"), _("To"), _("Comparability"), _("Verdict")]


def _figures(page: ComparePage) -> Iterator[Sequence[Value]]:
    """One row a pillar and side; what is absent stays empty."""
    for row in (*page.rows, page.total):
        for head, cell in zip(page.heads[1:], row.cells, strict=True):
            yield (*_who(row, page.heads[0].name, head.name), *_numbers(cell, coarse=row.has_hidden))


def _who(row: ComparedRow, first: str, other: str) -> tuple[Value, ...]:
    return row.name, row.common, row.questions, first, other


def _numbers(cell: ComparedCell, *, coarse: bool) -> tuple[Value, ...]:
    """Unrounded, unless an exact figure would tell a hidden answer."""
    change = cell.change
    scores = [told(value, coarse=coarse) for value in (change.before, change.after, change.delta)]
    return (*scores, *ends(change.interval, coarse=coarse), change.comparability, cell.verdict)


def _about_heads() -> list[str]:
    return [_("Name"), _("What"), _("Answered"), _("Question bank"), _("Index"), _("Level")]


def _about(page: ComparePage, client: str | None) -> Iterator[Sequence[Value]]:
    for head in page.heads:
        yield head.name, head.detail, head.answered, head.bank, head.figure, head.level
    notes = [page.title, *page.banners, *page.people]
    yield from ((note,) for note in ([client, *notes] if client else notes))


def _moved_heads(page: ComparePage) -> list[str]:
    return [_("Question"), _("Pillar"), page.heads[0].name, _("Later round"), _("There")]


def _moved(page: ComparePage) -> Iterator[Sequence[Value]]:
    for entry in page.moved:
        yield entry.question, entry.pillar, entry.before, entry.other, entry.after


def _fill(sheet: Worksheet, heads: Sequence[str], rows: Iterator[Sequence[Value]]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for number, row in enumerate((heads, *rows), start=1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            cell.value = safe_text(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
            elif isinstance(value, float):
                cell.number_format = "0.00"
    for place in range(1, len(heads) + 1):
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = 28 if place == 1 else 16
    sheet.freeze_panes = "B2"
    set_for_print(sheet)
