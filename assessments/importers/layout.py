"""What a sheet with one question a row says, and what a person adds to it: facts, levels and answer sets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .columns import guessed
from .workbook import Sheet

FACTS = (
    *("format", "key", "version", "title", "language", "source", "licence", "attribution", "about"),
    *("scale from", "scale to", "gate by", "gate reach", "gate hold", "gate cap", "gate spread", "index_of", "retired"),
)
SMALL_SHEETS = ("levels", "choices", "groups", "subsets", "pillars")


@dataclass(frozen=True)
class Said:
    """A text, and the cell that it is in; "" where a person typed it."""

    text: str
    place: str = ""


@dataclass(frozen=True)
class Entry:
    """One row of a small sheet (one of SMALL_SHEETS): the texts by the name of their column."""

    place: str
    said: Mapping[str, Said]

    def get(self, name: str) -> str:
        said = self.said.get(name)
        return said.text.strip() if said else ""


@dataclass(frozen=True)
class Layout:
    """A sheet of questions: `header` is the index of the row with its headers, `columns` their places from 0.

    `unsaved` names the cells with a formula whose value is unknown.
    """

    sheet: Sheet
    header: int
    columns: Mapping[str, int]
    facts: Mapping[str, Said] = field(default_factory=dict)
    levels: tuple[Entry, ...] = ()
    choices: tuple[Entry, ...] = ()
    groups: tuple[Entry, ...] = ()
    subsets: tuple[Entry, ...] = ()
    pillars: tuple[Entry, ...] = ()
    unsaved: frozenset[str] = frozenset()

    def fact(self, name: str) -> str:
        said = self.facts.get(name)
        return said.text if said and said.text.strip() else ""


def own_layout(sheets: Mapping[str, Sheet], unsaved: frozenset[str] = frozenset()) -> Layout:
    """The layout of a workbook of ours: its sheets by name, `questions` among them."""
    questions = sheets["questions"]
    return Layout(
        sheet=questions,
        header=0,
        unsaved=unsaved,
        columns=guessed_exactly(questions),
        facts=dict(_facts(sheets["bank"])) if "bank" in sheets else {},
        **{name: tuple(_entries(sheets[name])) for name in SMALL_SHEETS if name in sheets},
    )


def guessed_exactly(sheet: Sheet) -> dict[str, int]:
    """The columns of a sheet whose headers are ours."""
    return guessed(sheet.rows[0].cells) if sheet.rows else {}


def _facts(sheet: Sheet) -> Iterator[tuple[str, Said]]:
    for row in sheet.rows:
        name = row.cell(0).strip()
        if name:
            yield name, Said(row.cell(1), sheet.place(row.number, 1))


def _entries(sheet: Sheet) -> Iterator[Entry]:
    if not sheet.rows:
        return
    headers = [cell.strip().casefold() for cell in sheet.rows[0].cells]
    for row in sheet.rows[1:]:
        said = {
            header: Said(row.cell(place), sheet.place(row.number, place))
            for place, header in enumerate(headers)
            if row.cell(place).strip()
        }
        if said:
            yield Entry(sheet.place(row.number), said)
