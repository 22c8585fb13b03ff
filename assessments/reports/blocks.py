"""The parts of a report section or of a table in a file, independent of the format."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate, zip_longest
from typing import ClassVar, Literal

from django.utils.safestring import SafeString

from assessments.charts.legend import LegendRow
from assessments.markdown import Direction
from assessments.reports.commentary import Note
from assessments.wording import numbers


@dataclass(frozen=True)
class Styled:
    """A cell with a style (bold, muted or a CSS class); `remark` is in small type on a line below.

    `link`: in the PDF, the URL of a page about what the first cell of a row names.
    A safe string is a drawing: text written by people is never marked safe.
    """

    text: str | None
    look: str = ""
    remark: str = ""
    across: int = 1  # columns
    link: str = ""


type Cell = str | int | float | bool | date | Styled | None

WHOLE, ONE, TWO, SHARE, DAY, FIGURE = "0", "0.0", "0.00", "0%", "yyyy-mm-dd", "figure"
GROUP = "group"  # the first cell of a row that is a heading with figures
RIGHT = "right"  # a heading with which the second column begins
BAR = "bar"  # a cell that is a bar in a calendar
NAMES = (
    "names"  # a text: what the numbers of a chart mean, a name a line, where the table is on another page of the PDF
)
SUB, NOTE, BANNER = "sub", "small muted note", "banner"
DASH = "–"


@dataclass(frozen=True)
class Column:
    """The name in JSON, the heading, the width (characters in a workbook, mm in Word) and the number format.

    `FIGURE` is a number that is already formatted, `below` a drawing under the heading. `look` is the CSS class in the
    PDF, and `axis` the labels along the axis of the drawings, which replace the heading in the PDF.
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
        """The class of the cells: texts align with the start of the line unless `look` is set."""
        return self.look or ("" if self.style == FIGURE else "left")


@dataclass(frozen=True)
class Table:
    """Rows under columns; the first `identity` columns identify a row.

    `styles`: the number format of each row, if formats differ by row and not by column. `look`: the CSS class in the
    PDF; `widths`: of the columns, in points; `has_total`: the last row is a total.
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
        """The format of a number or date in a cell; row and column count from 0."""
        return self.styles[row] if self.styles else self.columns[column].style

    @property
    def has_head(self) -> bool:
        return any(column.head for column in self.columns)

    @property
    def heads(self) -> list[tuple[Column, float | None]]:
        """The columns, each with its width if set."""
        return list(zip_longest(self.columns, self.widths))

    @cached_property
    def lines(self) -> list[list[Styled]]:
        """The rows as text, with a dash for missing values."""
        return [self._line(row) for row in self.rows]

    def _line(self, row: tuple[Cell, ...]) -> list[Styled]:
        """In a row that covers too few columns, the second cell spans the missing ones."""
        spans = [cell.across if isinstance(cell, Styled) else 1 for cell in row]
        missing = len(self.columns) - sum(spans)
        spans[1:2] = [spans[1] + missing] if missing else spans[1:2]
        looks = [self.columns[start].cell_look for start in accumulate(spans[:-1], initial=0)]
        looks[: 1 + bool(missing)] = [""] * (1 + bool(missing))
        return [_styled(cell, look, across) for cell, look, across in zip(row, looks, spans, strict=True)]

    @property
    def body(self) -> list[list[Styled]]:
        return self.lines[: len(self.rows) - self.has_total]

    @property
    def total(self) -> list[Styled]:
        return self.lines[-1]


def _styled(cell: Cell, look: str, across: int) -> Styled:
    styled = cell if isinstance(cell, Styled) else Styled(None if cell is None else str(cell))
    text = DASH if styled.text is None else styled.text
    return Styled(text, f"{look} {styled.look}".strip(), styled.remark, across, styled.link)


@dataclass(frozen=True)
class Heading:
    """The start of a part of a section, which ends at the next heading."""

    kind: ClassVar = "heading"
    text: str
    look: str = ""


@dataclass(frozen=True)
class Text:
    """A paragraph; with a `direction`, several paragraphs written by a person."""

    kind: ClassVar = "text"
    text: str
    look: str = ""
    direction: Direction | None = None


@dataclass(frozen=True)
class Fact:
    """A big figure under its label, with unit and notes; without a value, `absent` replaces it."""

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
    """The figures at the top of a section, side by side."""

    kind: ClassVar = "facts"
    items: tuple[Fact, ...]
    look: str = ""


@dataclass(frozen=True)
class Stage:
    """A level under a heading: number, name and description, from one question if given."""

    heading: str
    number: int
    name: str
    question: str | None
    text: str
    look: str


@dataclass(frozen=True)
class Stages:
    """The current and the next level, side by side."""

    kind: ClassVar = "stages"
    items: tuple[Stage, ...]


@dataclass(frozen=True)
class Figure:
    """A drawing that includes its alternative text, `width` mm wide in Word."""

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
    """One comment or piece of evidence: its subject, and its lines in the direction of their script.

    `question` also contains the person, in a named assessment, and the grade of evidence.
    """

    question: str
    lines: tuple[str, ...]
    direction: Direction
    is_evidence: bool = False

    @property
    def all_lines(self) -> tuple[str, ...]:
        """The lines as printed, with the question before the first."""
        return (f"{self.question} {self.lines[0]}", *self.lines[1:])


@dataclass(frozen=True)
class Quotes:
    """Comments and evidence, in order; in the PDF in two columns, the first of which has `left` of them, if not 0."""

    kind: ClassVar = "quotes"
    items: tuple[Quote, ...]
    left: int = 0

    @property
    def columns(self) -> tuple[tuple[Quote, ...], ...]:
        return (self.items[: self.left], self.items[self.left :]) if self.left else (self.items,)


@dataclass(frozen=True)
class ConsultantNote:
    """A commentary under its own heading: next to its subject, `away` from it, or on its own `page`."""

    kind: ClassVar = "commentary"
    note: Note
    place: Literal["beside", "away", "page"] = "beside"


type Block = Heading | Text | Facts | Stages | Table | Figure | Legend | Quotes | ConsultantNote


@dataclass(frozen=True)
class SectionPart:
    """The blocks under one heading; the first part of a section may have none."""

    heading: Heading | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Section:
    """One subject, starting on a new page: kicker, finding and blocks. `key` is the CSS class in the PDF."""

    key: str
    kicker: str
    title: str
    blocks: tuple[Block, ...]
    look: str = ""

    @property
    def columns(self) -> tuple[list[SectionPart], list[SectionPart]] | None:
        """In the PDF, the parts with headings: those up to the first that is to stand on the `right`, and the others;
        None without any."""
        parts = self.parts
        first = next((place for place, part in enumerate(parts) if part.heading and part.heading.look == RIGHT), 0)
        return (parts[1:first], parts[first:]) if first else None

    @property
    def parts(self) -> list[SectionPart]:
        parts = [SectionPart(None, ())]
        for block in self.blocks:
            if isinstance(block, Heading):
                parts.append(SectionPart(block, ()))
            else:
                parts[-1] = SectionPart(parts[-1].heading, (*parts[-1].blocks, block))
        return parts
