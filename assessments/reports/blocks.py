"""What a section of a report or a table of a file is made of, before it is HTML, Word, a workbook, CSV or JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from django.utils.safestring import SafeString

from assessments.markdown import Direction
from assessments.reports.commentary import Note


@dataclass(frozen=True)
class Styled:
    """A cell that is set apart: bold, muted, or with a class of its own; `remark` stands small on a line below.

    A safe string is a drawing: no text that a person wrote is ever marked safe.
    """

    text: str | None
    look: str = ""
    remark: str = ""
    across: int = 1  # columns


type Cell = str | int | float | bool | date | Styled | None

WHOLE, ONE, TWO, SHARE, DAY, FIGURE = "0", "0.0", "0.00", "0%", "yyyy-mm-dd", "figure"
SUB, NOTE, BANNER = "sub", "small muted note", "banner"
DASH = "–"


@dataclass(frozen=True)
class Column:
    """Its name in JSON, its heading, its width (letters in a workbook, mm in Word), and how a number in it is written.

    `FIGURE` is a number that is written out already, `below` a drawing under the heading.
    """

    key: str
    head: str
    width: int = 12
    style: str = "General"
    below: SafeString | None = None


@dataclass(frozen=True)
class Table:
    """Rows under columns; the first `identity` columns say what a row is about.

    `styles`: how the numbers of each row are written, where rows differ in kind and not columns. `look`: its class on
    paper; `has_total`: the last row is one.
    """

    kind: ClassVar = "table"
    key: str
    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    identity: int = 1
    styles: tuple[str, ...] = ()
    look: str = ""
    has_total: bool = False

    def style(self, row: int, column: int) -> str:
        """How a number or a day is written in a place; both counted from 0."""
        return self.styles[row] if self.styles else self.columns[column].style

    @property
    def figures(self) -> list[int]:
        return [place for place, column in enumerate(self.columns) if column.style == FIGURE]

    @property
    def lines(self) -> list[list[Styled]]:
        """The rows in words, a dash where there is nothing; in a row that is too short the last cell reaches over the rest."""
        return [[self._written(cell, place, len(row)) for place, cell in enumerate(row)] for row in self.rows]

    def _written(self, cell: Cell, place: int, count: int) -> Styled:
        """Texts beside the first column stand at the start."""
        found = cell if isinstance(cell, Styled) else Styled(None if cell is None else str(cell))
        across = len(self.columns) - count + 1 if place == count - 1 else 1
        at_start = place and across == 1 and self.columns[place].style != FIGURE
        look = f"left {found.look}".strip() if at_start else found.look
        return replace(found, text=DASH if found.text is None else found.text, look=look, across=across)

    @property
    def body(self) -> list[list[Styled]]:
        return self.lines[: len(self.rows) - self.has_total]

    @property
    def total(self) -> list[Styled]:
        return self.lines[len(self.rows) - self.has_total :][0]


@dataclass(frozen=True)
class Heading:
    """Opens a part of a section, which ends with the next one."""

    kind: ClassVar = "heading"
    text: str
    look: str = ""


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    kind: ClassVar = "text"
    text: str
    look: str = ""


@dataclass(frozen=True)
class Fact:
    """A big figure under its label, with a unit beside and a note below it; in its absence, what there is to say."""

    label: str
    value: str | None
    note: str = ""
    unit: str = ""
    absent: str = ""


@dataclass(frozen=True)
class Facts:
    """The figures that a section opens with, side by side."""

    kind: ClassVar = "facts"
    items: tuple[Fact, ...]


@dataclass(frozen=True)
class Stage:
    """A level under a heading: its number and name, and what it looks like, in the words of one question if any."""

    heading: str
    number: int
    name: str
    question: str | None
    text: str
    look: str


@dataclass(frozen=True)
class Stages:
    """Where an organisation is, and what comes next, side by side."""

    kind: ClassVar = "stages"
    items: tuple[Stage, ...]


@dataclass(frozen=True)
class Figure:
    """A drawing, which brings its alternative text, `width` mm wide in Word. `key`: the template of its legend, on paper."""

    kind: ClassVar = "figure"
    svg: SafeString
    width: float
    look: str = ""
    key: str = ""


@dataclass(frozen=True)
class Quote:
    """One comment or piece of evidence: what it is about, and its lines in the direction of their script.

    `question` also names the person, in a named assessment, and the grade of evidence.
    """

    question: str
    lines: tuple[str, ...]
    direction: Direction
    is_evidence: bool = False

    @property
    def all_lines(self) -> tuple[str, ...]:
        """As printed: the question stands before the first line."""
        return (f"{self.question} {self.lines[0]}", *self.lines[1:])


@dataclass(frozen=True)
class Quotes:
    """What people wrote, in order."""

    kind: ClassVar = "quotes"
    items: tuple[Quote, ...]


@dataclass(frozen=True)
class ConsultantNote:
    """A consultant's words; `is_away` from the page that they are about."""

    kind: ClassVar = "commentary"
    note: Note
    is_away: bool = False


type Block = Heading | Text | Facts | Stages | Table | Figure | Quotes | ConsultantNote


@dataclass(frozen=True)
class Part:
    """What stands under one heading; the first part of a section may have none."""

    heading: Heading | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Section:
    """One subject from the top of a page: what it is, its finding, and its blocks."""

    kicker: str
    title: str
    blocks: tuple[Block, ...]
    look: str = ""

    @property
    def parts(self) -> list[Part]:
        parts = [Part(None, ())]
        for block in self.blocks:
            if isinstance(block, Heading):
                parts.append(Part(block, ()))
            else:
                parts[-1] = Part(parts[-1].heading, (*parts[-1].blocks, block))
        return parts
