"""A chart as a table: what *Show as table* shows and what the CSV holds are the same cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessments.cells import BOM, safe_text


@dataclass(frozen=True)
class Table:
    """Column names and rows of text; the first cell of a row names it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table(head: Sequence[str], rows: Iterable[Sequence[str | None]]) -> Table:
    """A cell that is None cannot apply, and shows a dash."""
    return Table(tuple(head), tuple(tuple("–" if cell is None else cell for cell in row) for row in rows))


def csv_of(found: Table) -> str:
    """The table as CSV with a byte order mark, so that spreadsheets read its signs."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([safe_text(cell) for cell in row] for row in (found.head, *found.rows))
    return BOM + text.getvalue()
