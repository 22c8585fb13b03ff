"""What a section of a report or a table of a file is made of, before it is HTML, Word, a workbook, CSV or JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import zip_longest
from typing import ClassVar, Literal

from django.utils.safestring import SafeString

from assessments.charts.legend import LegendRow
from assessments.markdown import Direction
from assessments.reports.commentary import Note
from assessments.wording import numbers


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
LEAD, SUB, NOTE, BANNER = "lead", "sub", "small muted note", "banner"
DASH = "–"


@dataclass(frozen=True)
class Column:
    """Its name in JSON, its heading, its width (letters in a workbook, mm in Word), and how a number in it is written.

    `FIGURE` is a number that is written out already, `below` a drawing under the heading. `look` is its class on paper,
    and `axis` the words along the axis of its drawings, which paper sets in place of the heading.
    """

    key: str
    head: str
    width: float = 12
    style: str = "General"
    below: SafeString | None = None
    look: str = ""
    axis: tuple[str, ...] = ()

    @property
    def cell_look(self) -> str:
        """Texts start where the reader starts, unless the column has a class of its own."""
        return self.look or ("" if self.style == FIGURE else "left")


@dataclass(frozen=True)
class Table:
    """Rows under columns; the first `identity` columns say what a row is about.

    `styles`: how the numbers of each row are written, where rows differ in kind and not columns. `look`: its class on
    paper, `widths` those of its columns in points; `has_total`: the last row is one.
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
    widths: tuple[float, ...] = ()

    def style(self, row: int, column: int) -> str:
        """How a number or a day is written in a place; both counted from 0."""
        return self.styles[row] if self.styles else self.columns[column].style

    @property
    def has_head(self) -> bool:
        return any(column.head for column in self.columns)

    @property
    def heads(self) -> list[tuple[Column, float | None]]:
        """The columns, each with the width that it is given."""
        return list(zip_longest(self.columns, self.widths))

    @cached_property
    def lines(self) -> list[list[Styled]]:
        """The rows in words, a dash where there is nothing."""
        return [self._line(row) for row in self.rows]

    def _line(self, row: tuple[Cell, ...]) -> list[Styled]:
        """In a row that is too short the second cell reaches over what is missing."""
        missing = len(self.columns) - len(row)
        looks = ["", "" if missing else self.columns[1].cell_look, *(c.cell_look for c in self.columns[2 + missing :])]
        return [
            _styled(cell, look, across=1 + missing * (place == 1))
            for place, (cell, look) in enumerate(zip(row, looks, strict=True))
        ]

    @property
    def body(self) -> list[list[Styled]]:
        return self.lines[: len(self.rows) - self.has_total]

    @property
    def total(self) -> list[Styled]:
        return self.lines[-1]


def _styled(cell: Cell, look: str, across: int) -> Styled:
    styled = cell if isinstance(cell, Styled) else Styled(None if cell is None else str(cell))
    text = DASH if styled.text is None else styled.text
    return Styled(text, f"{look} {styled.look}".strip(), styled.remark, across)


@dataclass(frozen=True)
class Heading:
    """Opens a part of a section, which ends with the next one."""

    kind: ClassVar = "heading"
    text: str
    look: str = ""


@dataclass(frozen=True)
class Text:
    """A paragraph; or, with a `direction`, several that a person wrote."""

    kind: ClassVar = "text"
    text: str
    look: str = ""
    direction: Direction | None = None


@dataclass(frozen=True)
class Fact:
    """A big figure under its label, with a unit beside and notes below it; in its absence, what there is to say."""

    label: str
    value: str | None
    notes: tuple[str, ...] = ()
    unit: str = ""
    absent: str = ""

    @property
    def note(self) -> str:
        return "; ".join(self.notes)


@dataclass(frozen=True)
class Facts:
    """The figures that a section opens with, side by side."""

    kind: ClassVar = "facts"
    items: tuple[Fact, ...]
    look: str = ""


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
    """A drawing, which brings its alternative text, `width` mm wide in Word."""

    kind: ClassVar = "figure"
    svg: SafeString
    width: float
    look: str = ""


@dataclass(frozen=True)
class Legend:
    """The legend of a drawing: samples with labels in PDF, a sentence in Word."""

    kind: ClassVar = "legend"
    items: tuple[LegendRow, ...]

    @property
    def words(self) -> str:
        return numbers.capitalised("; ".join(item.words for item in self.items if item.words))


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
    """A consultant's words under a heading of their own: beside what they are about, `away` from it, or a whole `page`."""

    kind: ClassVar = "commentary"
    note: Note
    place: Literal["beside", "away", "page"] = "beside"


type Block = Heading | Text | Facts | Stages | Table | Figure | Legend | Quotes | ConsultantNote


@dataclass(frozen=True)
class SectionPart:
    """What stands under one heading; the first part of a section may have none."""

    heading: Heading | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Section:
    """One subject from the top of a page: what it is, its finding, and its blocks. `key` is its class on paper."""

    key: str
    kicker: str
    title: str
    blocks: tuple[Block, ...]
    look: str = ""

    @property
    def parts(self) -> list[SectionPart]:
        parts = [SectionPart(None, ())]
        for block in self.blocks:
            if isinstance(block, Heading):
                parts.append(SectionPart(block, ()))
            else:
                parts[-1] = SectionPart(parts[-1].heading, (*parts[-1].blocks, block))
        return parts
