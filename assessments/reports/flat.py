"""A result as one CSV and as JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from io import StringIO

from django.utils.translation import gettext as _

from assessments.csv_safety import BOM, safe_text
from assessments.reports.blocks import Cell, Table
from assessments.reports.tables import tables
from assessments.results import AssessmentResult


def result_csv(shown: AssessmentResult) -> bytes:
    """Every figure, comment and answer as a row of its own: table, what it is about, figure, value."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(safe_text(head) for head in (_("Table"), _("About"), _("Key"), _("Figure"), _("Value")))
    for table in tables(shown):
        writer.writerows(_lines(table))
    return (BOM + file.getvalue()).encode()


def result_json(shown: AssessmentResult) -> bytes:
    """The same tables under their English keys, unrounded; an absent value is null."""
    found = {table.key: [_named(table, row) for row in table.rows] for table in tables(shown)}
    facts = {
        "organisation": shown.assessment.organisation.name,
        "round": shown.assessment.name,
        "bank": {"key": shown.bank.key, "version": shown.bank.version, "checksum": shown.result.bank_checksum},
        "engine": shown.result.engine,
        "checksum": shown.frozen.checksum,
        "origin": shown.frozen.origin,
    }
    return json.dumps({**facts, "tables": found}, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _named(table: Table, row: tuple[Cell, ...]) -> dict[str, Cell]:
    values = (value.isoformat() if isinstance(value, date) else value for value in row)
    return {column.key: value for column, value in zip(table.columns, values, strict=True)}


def _lines(table: Table) -> Iterator[tuple[str, ...]]:
    keys = [column.key for column in table.columns]
    for row in table.rows:
        about = " · ".join(str(value) for value in row[: table.identity] if value is not None)
        key = str(row[keys.index("key")]) if "key" in keys else ""
        for column, value in list(zip(table.columns, row, strict=True))[table.identity :]:
            if value is not None:
                yield (table.name, safe_text(about), safe_text(key), safe_text(column.head), _written(value))


def _written(value: Cell) -> str:
    return safe_text(value) if isinstance(value, str) else str(value)
