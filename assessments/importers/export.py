"""Write a bank as a workbook that reads back as the same bank: one question a row, the rest on small sheets."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from assessments.scoring.bank import Bank, Gate, Pillar, Question

from .columns import COLUMNS, LEVEL_COLUMNS, STEP_FIELDS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NARROW = frozenset(
    {"group", "pillar", "key", "weight", "stage", "choices", "short", "allows_na", "central", "essential_at"}
)

type Cell = str | float | None
type Table = Sequence[Sequence[Cell]]


def workbook_of(bank: Bank) -> bytes:
    """The bank as .xlsx. Reading it gives the same bank; the order of sheets is that in which they are filled in."""
    from openpyxl import Workbook

    book = Workbook()
    del book["Sheet"]
    for name, head, rows in _tables(bank):
        if rows:
            _fill(book.create_sheet(name), head, rows)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _tables(bank: Bank) -> Iterable[tuple[str, Sequence[str], Table]]:
    rows = [_row(pillar, question, bank) for pillar in bank.pillars for question in pillar.questions]
    head = [name for name in COLUMNS if name in _always(bank) or any(name in row for row in rows)]
    yield "questions", head, [[row.get(name) for name in head] for row in rows]
    yield "bank", (), _facts(bank)
    yield (
        "choices",
        ("set", "text", "value"),
        [(each.key, choice.text, choice.value) for each in bank.choices for choice in each.choices],
    )
    yield "levels", ("name", "summary", "value"), [(level.name, level.summary, level.value) for level in bank.levels]
    yield "groups", ("key", "name", "weight"), [(each.key, each.name, _weight(each.weight)) for each in bank.groups]
    yield (
        "subsets",
        ("key", "title", "questions"),
        [(each.key, each.title, "\n".join(each.questions)) for each in bank.subsets],
    )
    yield (
        "pillars",
        ("key", "name", "short", "group", "weight", "summary"),
        [
            (
                *(pillar.key, pillar.name, pillar.short, pillar.group if bank.format == 1 else None),
                *(_weight(pillar.weight), pillar.summary),
            )
            for pillar in bank.pillars
        ],
    )


def _always(bank: Bank) -> tuple[str, ...]:
    levels = LEVEL_COLUMNS[: len(bank.levels)] if any(each.anchors for each in bank.questions.values()) else ()
    return ("pillar", "key", "question", "help", *levels)


def _facts(bank: Bank) -> Table:
    gate = _gate(bank.gate) if bank.gate != Gate() else ()
    scale = () if bank.range is None else (("scale from", bank.range.low), ("scale to", bank.range.high))
    texts = ("key", "version", "title", "language", "source", "licence", "attribution", "about")
    facts: list[tuple[str, Cell]] = [
        ("format", f"maturity-bank/{bank.format}"),
        *((name, getattr(bank, name)) for name in texts),
        *scale,
        *gate,
        ("index_of", None if bank.index_of == "pillars" else bank.index_of),
        ("retired", "\n".join(bank.retired) or None),
    ]
    return [(name, value) for name, value in facts if value is not None or name in texts]


def _gate(gate: Gate) -> Iterable[tuple[str, Cell]]:
    if gate.by == "stages":
        return (("gate by", "stages"), ("gate hold", gate.hold))
    whole = [
        (f"gate {name}", "none" if (value := getattr(gate, name)) is None else value) for name in ("cap", "spread")
    ]
    return (("gate by", "answers"), ("gate reach", gate.reach), ("gate hold", gate.hold), *whole)


def _weight(weight: float) -> float | None:
    return None if weight == 1 else weight


def _row(pillar: Pillar, question: Question, bank: Bank) -> dict[str, Cell]:
    """The cells of a question that say something, by column."""
    texts = ("key", "help", "essential_at", "essential_reason", "short", "error", "stage")
    cells: dict[str, Cell] = {
        "group": pillar.group if bank.format == 2 else None,
        "pillar": pillar.key,
        "question": question.text,
        **{name: getattr(question, name) for name in texts},
        "weight": _weight(question.weight),
        "choices": None if question.choices is None else question.choices.key,
        "covers": list_cell(question.covers),
        "allows_na": "yes" if question.allows_na else None,
        "central": "yes" if question.central else None,
        **dict(zip(LEVEL_COLUMNS, question.anchors, strict=False)),
        **_steps(question),
    }
    return {name: value for name, value in cells.items() if value is not None}


def _steps(question: Question) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for number, step in enumerate(question.next_steps, start=1):
        values = (step.action, step.from_level, step.owner, step.effort, step.horizon, list_cell(step.requires))
        cells |= {f"next step {number}{part}": value for part, value in zip(STEP_FIELDS, values, strict=True)}
    return cells


def list_cell(entries: Sequence[str]) -> str | None:
    """A list in one cell: an entry a line, or JSON where that would not read back."""
    if any(entry != entry.strip() or "\n" in entry or not entry for entry in entries) or (
        entries and entries[0].startswith('["')
    ):
        return json.dumps(list(entries), ensure_ascii=False)
    return "\n".join(entries) or None


def _fill(sheet: Worksheet, head: Sequence[str], rows: Table) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    wrap, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)
    lines = ([tuple(head)] if head else []) + list(rows)
    for number, row in enumerate(lines, start=1):
        for place, value in enumerate(row, start=1):
            if value is None:
                continue
            cell = sheet.cell(number, place)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula
            cell.alignment = wrap
            if head and number == 1:
                cell.font = bold
    for place in range(1, max(map(len, lines)) + 1):
        name = head[place - 1] if head else ("key", "text")[place > 1]
        sheet.column_dimensions[get_column_letter(place)].width = 16 if name in NARROW else 48
    sheet.freeze_panes = "A2" if head else None
