"""What a table in a file is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

type Cell = str | int | float | bool | date | None

WHOLE, ONE, TWO, SHARE, DAY = "0", "0.0", "0.00", "0%", "yyyy-mm-dd"


@dataclass(frozen=True)
class Column:
    """Its name in JSON, its heading, its width in letters, and how a number in it is written."""

    key: str
    head: str
    width: int = 12
    style: str = "General"


@dataclass(frozen=True)
class Table:
    """Rows under columns; the first `identity` columns say what a row is about.

    `styles`: how the numbers of each row are written, where rows differ in kind and not columns.
    """

    key: str
    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    identity: int = 1
    styles: tuple[str, ...] = ()

    def style(self, row: int, column: int) -> str:
        """How a number or a day is written in a place; both counted from 0."""
        return self.styles[row] if self.styles else self.columns[column].style
