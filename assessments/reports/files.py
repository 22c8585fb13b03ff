"""A result as a PDF, Word document, slides, workbook, CSV or JSON file, and its roadmap as CSV.

Modules that load large libraries are imported when a file of their format is first requested.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from io import StringIO
from itertools import chain
from typing import TYPE_CHECKING

from assessments.branding.office import TemplateError
from assessments.csv_safety import BOM, safe_text
from assessments.reports.blocks import Cell, Table
from assessments.reports.tables import tables
from assessments.results import AssessmentResult, template_of
from assessments.results.decisions import actions_of

if TYPE_CHECKING:
    from assessments.branding.office import TemplateKind
    from assessments.pages.threads import PrintedThread
    from assessments.reports.report import Paper, Report
    from assessments.reports.slides.base import Shape
from assessments.sentences import gettext as _
from assessments.wording.formats import FORMATS, Format


def formats() -> list[Format]:
    """The formats that a result can be taken in, the usual ones first."""
    return [each for each in FORMATS if each.ending in CONTENT_TYPES]


def file_of(result: AssessmentResult, form: str, *, wait: float) -> bytes:
    """The file in a format of `CONTENT_TYPES`; a PDF waits at most `wait` seconds. Raises PdfError, KeyError."""
    return _pdf(result, wait) if form == "pdf" else FORMS[form](result)


def _pdf(result: AssessmentResult, wait: float) -> bytes:
    from assessments.reports.pdf.report import render_pdf
    from assessments.reports.report import report_of

    return render_pdf(report_of(result), wait=wait)


def word_of(
    result: AssessmentResult,
    paper: Paper | None = None,
    *,
    template: bytes | None = None,
    threads: tuple[PrintedThread, ...] = (),
) -> bytes:
    """The report as a Word document in this template, else on this paper, else in the template of the consultancy, else
    on A4. Raises TemplateError for a `template`."""
    from assessments.reports.report import report_of
    from assessments.reports.word import report_docx

    report = report_of(result, paper=paper or "A4", threads=threads)
    own = None if paper and template is None else _in_template(result, report, "docx", template)
    return own or report_docx(report)


def slides_of(result: AssessmentResult, shape: Shape | None = None, *, template: bytes | None = None) -> bytes:
    """The report as slides on this template, else of this shape, else on the template of the consultancy, else in 16:9.
    Raises TemplateError for a `template`."""
    from assessments.reports.report import report_of
    from assessments.reports.slides.deck import report_pptx

    report = report_of(result)
    own = None if shape and template is None else _in_template(result, report, "pptx", template)
    return own or report_pptx(report, shape=shape or "16:9")


def _in_template(result: AssessmentResult, report: Report, kind: TemplateKind, template: bytes | None) -> bytes | None:
    """On this template, else on that of the consultancy; None without one, or if it can no longer be used."""
    from assessments.reports.templates import report_in

    if template is not None:
        return report_in(report, template, kind)
    content = template_of(result.assessment, kind)
    try:
        return None if content is None else report_in(report, content, kind)
    except TemplateError:  # its sample was written when it was uploaded; a report in our layout is better than none
        return None


def _xlsx(result: AssessmentResult) -> bytes:
    from assessments.reports.workbook import workbook

    return workbook(result)


def result_csv(result: AssessmentResult) -> bytes:
    """Every figure, comment and answer as a row of its own: table, what it is about, figure, value."""
    heads = (_("Table"), _("About"), _("Key"), _("Figure"), _("Value"))
    return csv_bytes([heads, *chain.from_iterable(_lines(table) for table in tables(result))])


def roadmap_csv(result: AssessmentResult) -> bytes:
    """An action a row, dropped ones included; a gain only where the question's mean may be shown."""
    return csv_bytes(_actions(result))


def csv_bytes(rows: Iterable[Iterable[Cell]]) -> bytes:
    """The rows as a CSV file that spreadsheets open safely."""
    file = StringIO()
    csv.writer(file, lineterminator="\r\n").writerows(map(_safe, row) for row in rows)
    return (BOM + file.getvalue()).encode()


def result_json(result: AssessmentResult) -> bytes:
    """The same tables under their English keys, unrounded; a missing value is null."""
    rows = {table.key: [_named(table, row) for row in table.rows] for table in tables(result)}
    facts = {
        "organisation": result.assessment.organisation.name,
        "round": result.assessment.name,
        **({"subset": result.assessment.subset} if result.assessment.is_pulse else {}),
        "bank": {"key": result.bank.key, "version": result.bank.version, "checksum": result.result.bank_checksum},
        "engine": result.result.engine,
        "checksum": result.frozen.checksum,
        "origin": result.frozen.origin,
    }
    return json.dumps({**facts, "tables": rows}, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _safe(cell: Cell) -> Cell:
    return safe_text(cell) if isinstance(cell, str) else cell


def _named(table: Table, row: tuple[Cell, ...]) -> dict[str, Cell]:
    values = (value.isoformat() if isinstance(value, date) else value for value in row)
    return {column.key: value for column, value in zip(table.columns, values, strict=True)}


def _lines(table: Table) -> Iterator[tuple[Cell, ...]]:
    keys = [column.key for column in table.columns]
    for row in table.rows:
        about = " · ".join(str(value) for value in row[: table.identity] if value is not None)
        key = str(row[keys.index("key")]) if "key" in keys else ""
        for column, value in list(zip(table.columns, row, strict=True))[table.identity :]:
            if value is not None:
                yield table.name, about, key, column.head, value


def _actions(result: AssessmentResult) -> Iterator[list[str]]:
    actions = list(actions_of(result.assessment))
    has_units = any(action.unit_id for action in actions)
    yield [
        *(_("Action"), _("Pillar"), _("Key"), _("Owner"), _("Due on"), _("Within"), _("State"), _("Done on")),
        *(_("Person-months"), _("Gain, points of 100"), _("Comes after"), _("Checksum of the result")),
        *([_("Unit")] if has_units else []),
    ]
    gains = {p.question: p.gain for p in result.result.priorities if p.question in result.means}
    for action in actions:
        pillar, gain = result.bank.pillar_of.get(action.question), gains.get(action.question)
        dates = ["" if day is None else day.isoformat() for day in (action.due_on, action.done_on)]
        yield [
            *(action.title, pillar.name if pillar else "", action.question, action.owner, dates[0]),
            *(action.get_horizon_display(), action.get_status_display(), dates[1]),
            *("" if number is None else str(number) for number in (action.effort, gain)),
            *("; ".join(first.title for first in action.requires.all()), action.checksum),
            *([str(action.unit or "")] if has_units else []),
        ]


FORMS: dict[str, Callable[[AssessmentResult], bytes]] = {
    "pptx": slides_of,
    "docx": word_of,
    "xlsx": _xlsx,
    "csv": result_csv,
    "json": result_json,
}
OFFICE = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
