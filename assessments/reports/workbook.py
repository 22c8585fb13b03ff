"""A result as an Excel workbook: a sheet a table, numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from assessments.csv_safety import safe_text
from assessments.reports.blocks import Cell, Styled, Table
from assessments.reports.packed import EPOCH, same_bytes
from assessments.reports.tables import tables
from assessments.results import AssessmentResult

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LONG = 40  # a column of texts wraps


def workbook(result: AssessmentResult) -> bytes:
    """The tables of an assessment as XLSX."""
    title = f"{result.assessment.organisation.name}, {result.assessment.name}"
    return book_of(tables(result), title=title, creator=result.bank.title, created=result.frozen.frozen_at)


def book_of(tables: Iterable[Table], *, title: str, creator: str = "", created: datetime | None = None) -> bytes:
    """A sheet a table. Every text is a text: none becomes a formula or a link."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        _fill(book.create_sheet(table.name[:31]), table)
    book.properties.title = safe_text(title)
    if creator:
        book.properties.creator = safe_text(creator)
    file = BytesIO()
    book.save(file)
    return same_bytes(file.getvalue(), moment=created or datetime(*EPOCH))


def _fill(sheet: Worksheet, table: Table) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    _write(sheet, 1, [column.head for column in table.columns], ["General"] * len(table.columns))
    for number, row in enumerate(table.rows):
        _write(sheet, number + 2, row, [table.style(number, place) for place in range(len(row))])
    for number, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        sheet.cell(1, number).font = Font(bold=True)
        for place in sheet[get_column_letter(number)]:
            place.alignment = Alignment(vertical="top", wrap_text=place.row == 1 or column.width >= LONG)
    sheet.freeze_panes = sheet.cell(2, min(table.identity, 2) + 1).coordinate
    if table.rows:
        sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _write(sheet: Worksheet, number: int, values: list[str] | tuple[Cell, ...], styles: list[str]) -> None:
    for place, (value, style) in enumerate(zip(values, styles, strict=True), start=1):
        if value is None or isinstance(value, Styled):  # which only paper has
            continue
        cell = sheet.cell(number, place)
        if isinstance(value, str):
            cell.value = safe_text(value)
            cell.data_type = "s"
        else:
            cell.value, cell.number_format = value, style
