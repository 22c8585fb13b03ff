"""A result as a file in any of the formats that there are. What makes each is loaded when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable

from assessments.results import AssessmentResult


def file_of(result: AssessmentResult, form: str, *, wait: float) -> bytes:
    """The file; `wait` is how many seconds a PDF may wait for its turn. Raises PdfError, KeyError for no format."""
    return _pdf(result, wait) if form == "pdf" else FORMS[form](result)


def _pdf(result: AssessmentResult, wait: float) -> bytes:
    from assessments.reports.pdf.report import render_pdf
    from assessments.reports.report import report_of

    return render_pdf(report_of(result), wait=wait)


def _docx(result: AssessmentResult) -> bytes:
    from assessments.reports.report import report_of
    from assessments.reports.word import report_docx

    return report_docx(report_of(result))


def _xlsx(result: AssessmentResult) -> bytes:
    from assessments.reports.workbook import workbook

    return workbook(result)


def _csv(result: AssessmentResult) -> bytes:
    from assessments.reports.flat import result_csv

    return result_csv(result)


def _json(result: AssessmentResult) -> bytes:
    from assessments.reports.flat import result_json

    return result_json(result)


FORMS: dict[str, Callable[[AssessmentResult], bytes]] = {"docx": _docx, "xlsx": _xlsx, "csv": _csv, "json": _json}
OFFICE = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
