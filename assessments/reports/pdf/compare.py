"""A comparison as PDF, rendered by the same process as reports."""

import hashlib

from django.template.loader import render_to_string
from django.utils.text import Truncator
from django.utils.translation import get_language

from assessments.pages.compare import ComparePage
from assessments.reports.pdf import worker
from assessments.reports.pdf.render import RenderRequest
from assessments.reports.pdf.report import scripts_in, style_sheet, without_controls

STYLES = ("report.css", "report-compare.css")
MAX_RUNNING_HEAD = 44  # letters in the page header


def comparison_pdf(page: ComparePage, *, client: str | None, wait: float = 30.0, person: str = "") -> bytes:
    """The comparison as a tagged PDF in the active language. Raises PdfError."""
    html = comparison_html(page, client=client)
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32]
    styles = tuple(style_sheet(name) for name in (*STYLES, *scripts_in(html)))
    return worker.render(RenderRequest(html, styles, identifier), wait=wait, person=person).pdf


def comparison_html(page: ComparePage, *, client: str | None) -> str:
    sides = Truncator(" · ".join(head.name for head in page.heads)).chars(MAX_RUNNING_HEAD)
    context = {"page": page, "client": client, "sides": sides, "language": get_language() or "en"}
    return without_controls(render_to_string("assessments/compare/report.html", context))
