"""A chart as a table: what *Show as table* shows and what the CSV holds are the same cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessments.csv_safety import BOM, safe_text

NUMBER = re.compile(r"[−+–]?\d|–$")  # `−0.13`, `3.1–3.4`, and the dash of what cannot apply


@dataclass(frozen=True)
class Table:
    """Column names and rows of text; the first cell of a row names it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @cached_property
    def _words(self) -> tuple[bool, ...]:
        """Whether a column, not the first, holds words alone: they begin where its lines begin."""
        columns = [[row[place] for row in self.rows] for place in range(1, len(self.head))]
        return (False, *(not any(NUMBER.match(cell) for cell in column) for column in columns))

    @property
    def titled(self) -> list[tuple[str, bool]]:
        """Each column's name, and whether it holds words."""
        return list(zip(self.head, self._words, strict=True))

    @property
    def told(self) -> list[list[tuple[str, bool]]]:
        """Each row's cells, and whether their column holds words."""
        return [list(zip(row, self._words, strict=True)) for row in self.rows]


def table(head: Sequence[str], rows: Iterable[Sequence[str | None]]) -> Table:
    """A cell that is None cannot apply, and shows a dash."""
    return Table(tuple(head), tuple(tuple("–" if cell is None else cell for cell in row) for row in rows))


def csv_of(found: Table) -> str:
    """The table as CSV with a byte order mark, so that spreadsheets read its signs."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([safe_text(cell) for cell in row] for row in (found.head, *found.rows))
    return BOM + text.getvalue()
