"""What a table in a file is made of."""

from __future__ import annotations

from dataclasses import dataclass

type Cell = str | int | float | bool | None

ONE, TWO, SHARE = "0.0", "0.00", "0%"


@dataclass(frozen=True)
class Column:
    """Its name in JSON, its heading, its width in letters, and how a number in it is written."""

    key: str
    head: str
    width: int = 12
    style: str = "General"


@dataclass(frozen=True)
class Table:
    """Rows under columns; the first `identity` columns say what a row is about."""

    key: str
    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    identity: int = 1
