"""Somebody else's sheet, and what a person said of it: which column is which, the facts and the answers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .columns import LEVEL_COLUMNS
from .layout import Entry, Layout, Said
from .nodes import plain_number
from .workbook import Row, Sheet

_VALUED = re.compile(r"(.*\S)\s*=\s*([0-9]+(?:[.,][0-9]+)?)\s*")
ANSWERS = "answers"


@dataclass(frozen=True)
class Described:
    """What a person said: the index of the row with headers, our names of columns by place, facts, answers as typed."""

    header: int
    columns: Mapping[str, int]
    facts: Mapping[str, str]
    answers: str = ""


def layout_of(sheet: Sheet, said: Described, unsaved: frozenset[str] = frozenset()) -> Layout:
    """The layout that a person described. Stages that are counted from 0 or 1 are counted from 1 or 2 here."""
    facts = {name: Said(text, name) for name, text in said.facts.items() if text.strip()}
    layout = Layout(sheet, said.header, said.columns, facts, choices=answers_of(said.answers), unsaved=unsaved)
    if "stage" not in said.columns:
        return layout
    facts.setdefault("gate by", Said("stages", "stage"))
    return replace(layout, sheet=_raised(sheet, said.header, said.columns["stage"]))


def answers_of(typed: str) -> tuple[Entry, ...]:
    """One answer set of the lines; `Partly = 0.5` gives a value, else the answers are equally far apart."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    last = max(len(lines) - 1, 1)
    return tuple(_answer(line, place / last) for place, line in enumerate(lines))


def _answer(line: str, value: float) -> Entry:
    valued = _VALUED.fullmatch(line)
    words, worth = (valued[1], plain_number(valued[2])) if valued else (line, f"{value:.4g}")
    texts = {"set": ANSWERS, "text": words, "value": worth}
    return Entry(ANSWERS, {name: Said(text, ANSWERS) for name, text in texts.items()})


def _raised(sheet: Sheet, header: int, place: int) -> Sheet:
    """The sheet with stages from 2 on: level 1 is where everybody starts."""
    body = sheet.rows[header + 1 :]
    numbers = [int(said) for row in body if (said := plain_number(row.cell(place))).isdigit()]
    add = 2 - min(numbers, default=2)
    if add <= 0:
        return sheet
    rows = tuple(_with(row, place, add) for row in body)
    return replace(sheet, rows=(*sheet.rows[: header + 1], *rows))


def _with(row: Row, place: int, add: int) -> Row:
    said = plain_number(row.cell(place))
    if not said.isdigit():
        return row
    cells = (*row.cells[:place], str(int(said) + add), *row.cells[place + 1 :])
    return Row(row.number, cells)


def has_levels(columns: Sequence[str]) -> bool:
    """Whether each level has a column of its own."""
    return any(name in LEVEL_COLUMNS for name in columns)
