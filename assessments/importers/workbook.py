"""Read the visible sheets of a workbook or a CSV file as texts, and refuse what could do harm.

A workbook is a ZIP of XML: its parts are looked at before a library opens it. Limits: 60 MB unpacked, 2,000 parts,
20,000 rows and 400,000 cells a sheet; columns beyond 200 are not read. Hidden sheets are never read, hidden rows are.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assessments.formats.problems import ProblemsError, in_quotes, listed, one_problem
from assessments.zip_errors import DAMAGED, names_in

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

MAX_UNPACKED = 60_000_000  # bytes
MAX_PARTS = 2_000
MAX_ROWS = 20_000
MAX_CELLS = 400_000
MAX_COLUMNS = 200
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls, and every workbook with a password

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODINGS = ("utf-8-sig", "cp1252")


@dataclass(frozen=True)
class Row:
    """One row that has something in it. `number` counts from 1; the cells begin with the first column."""

    number: int
    cells: tuple[str, ...]

    def cell(self, place: int | None) -> str:
        """The text in a column, counted from 0; empty where there is none."""
        return self.cells[place] if place is not None and place < len(self.cells) else ""


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file."""

    name: str
    rows: tuple[Row, ...]

    def place(self, row: int, column: int | None = None) -> str:
        """Where something is, as spreadsheets say it: `questions!C7`, or the row alone."""
        return f"{self.name}!{letters(column) if column is not None else ''}{row}"


def letters(column: int) -> str:
    """The name of a column that is counted from 0: A, B, … Z, AA."""
    first, last = divmod(column, 26)
    return (letters(first - 1) if first else "") + chr(ord("A") + last)


def is_workbook(raw: bytes) -> bool:
    """Whether the bytes are a ZIP with a workbook in it."""
    return any(name.startswith("xl/") for name in names_in(raw))


def read_sheets(raw: bytes, file: str) -> tuple[Sheet, ...]:
    """The sheets of a workbook, or the only one of a CSV file. Raises ProblemsError with a sentence."""
    if raw.startswith(OLD_OFFICE):
        raise one_problem(file, 1, "this workbook has a password or is an old .xls; save it as .xlsx without one")
    if not raw.startswith(b"PK"):
        return (_csv(raw, file),)
    _look_inside(raw, file)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        return tuple(_sheets(book))
    except ProblemsError:
        raise
    except Exception:  # a damaged part makes the library raise almost anything
        raise one_problem(file, 1, "this workbook is damaged; open it in a spreadsheet program and save it") from None


def hidden_note(raw: bytes) -> tuple[str, ...]:
    """A sentence that names the hidden sheets of a workbook that `read_sheets` has read; none if all are visible."""
    if not raw.startswith(b"PK"):
        return ()
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    return (f"Hidden sheets are not read: {listed([in_quotes(name) for name in hidden], 'and')}.",) if hidden else ()


def _look_inside(raw: bytes, file: str) -> None:
    """Refuse a ZIP bomb, macros, links to other files, entities and sheets that are too long."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            refusal = next(_refusals(parts), None)
    except DAMAGED:
        refusal = "this workbook is damaged; open it in a spreadsheet program and save it"
    if refusal:
        raise one_problem(file, 1, refusal)


def _refusals(parts: zipfile.ZipFile) -> Iterator[str]:
    entries = parts.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        yield f"this workbook is larger than {MAX_UNPACKED // 1_000_000} MB when unpacked; keep only the questions"
    if any("vbaProject" in name for name in names):
        yield "workbooks with macros are not read; save it as .xlsx"
    if any(name.startswith("xl/externalLinks/") for name in names):
        yield "this workbook takes values from other files; paste them as values and save it"
    if not any(_SHEET.fullmatch(name) for name in names):
        yield "this is not an .xlsx workbook; save it as .xlsx or CSV"
    for name in names:
        if name.endswith((".xml", ".rels")):
            content = parts.read(name)
            if _DECLARATION.search(content) or b"\0" in content[:200]:
                yield "this workbook has declarations that no spreadsheet program writes; save it again"
            if _SHEET.fullmatch(name) and (content.count(b"<row") > MAX_ROWS or content.count(b"<c ") > MAX_CELLS):
                yield f"a sheet has more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells; keep only the questions"


def _sheets(book: Workbook) -> Iterator[Sheet]:
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            sheet.reset_dimensions()  # what a file says of its size may be wrong
            rows = sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
            yield Sheet(sheet.title, tuple(_filled(rows)))


def _filled(rows: Any) -> Iterator[Row]:
    for number, values in enumerate(rows, start=1):
        if not any(value is not None for value in values):
            continue
        cells = ["" if value is None else _said(value) for value in values]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield Row(number, tuple(cells))


def _said(value: object) -> str:
    """What a cell shows: whole numbers without .0, true and false, dates as 2026-12-01."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value)


def unsaved(raw: bytes, sheet: Sheet) -> frozenset[str]:
    """The cells of a sheet with a formula whose value nobody has saved: what they say is unknown."""
    if not raw.startswith(b"PK"):
        return frozenset()
    from openpyxl import load_workbook

    there = {(row.number, place) for row in sheet.rows for place, cell in enumerate(row.cells) if cell}
    formulas = load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)[sheet.name]
    formulas.reset_dimensions()
    rows = enumerate(formulas.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1)
    return frozenset(
        sheet.place(number, place)
        for number, values in rows
        for place, value in enumerate(values)
        if isinstance(value, str) and value.startswith("=") and (number, place) not in there
    )


def _csv(raw: bytes, file: str) -> Sheet:
    """The rows of a CSV file in any usual encoding, separated by commas, semicolons, tabs or bars."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = raw.decode("utf-16", "replace")
    else:
        content = next(filter(None, (_decoded(raw, encoding) for encoding in _ENCODINGS)), "")
    if not content.strip() or "\0" in content:
        raise one_problem(file, 1, "this is neither a workbook (.xlsx) nor CSV text")
    head = content[:20_000]
    separator = max(",;\t|", key=head.count)
    try:
        rows = [list(row[:MAX_COLUMNS]) for row in csv.reader(io.StringIO(content), delimiter=separator)]
    except csv.Error:
        raise one_problem(file, 1, "this CSV text is damaged: a cell never ends") from None
    if len(rows) > MAX_ROWS:
        raise one_problem(file, 1, f"more than {MAX_ROWS:,} rows; keep only the questions")
    return Sheet("CSV", tuple(_filled(rows)))


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None
