"""A report as PDF/UA-1: this module creates the markup, the worker process renders it."""

import hashlib
import logging
import re
from base64 import b64encode
from dataclasses import replace
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from prometheus_client import Histogram

from assessments import csv_safety
from assessments.reader_language import interface_in
from assessments.reports.blocks import Styled
from assessments.reports.document import document
from assessments.reports.pdf import worker
from assessments.reports.pdf.manifest import ReportManifest, manifest
from assessments.reports.pdf.render import RenderedPdf, RenderRequest
from assessments.reports.report import Paper, Report
from assessments.reports.sections.method import Fact
from assessments.sentences import gettext as _

logger = logging.getLogger(__name__)

SECONDS = Histogram(
    "maturity_report_seconds",
    "PDF: seconds to render a report, without waiting for a turn.",
    buckets=(0.5, 1, 2, 3, 5, 10, 20, 30),
)

STYLES: dict[Paper, tuple[str, ...]] = {"A4": ("report.css",), "Letter": ("report.css", "report-letter.css")}
CONTROLS = csv_safety.CONTROLS | dict.fromkeys(range(0x7F, 0xA0))  # no typeface has them, and XML forbids them
SCRIPTS = {  # style sheets whose typeface is only loaded if the text needs it
    "report-hebrew.css": re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]"),
    "report-arabic.css": re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]"),
}
TEMPLATES = settings.BASE_DIR / "templates" / "assessments" / "report"


def render_pdf(report: Report, *, wait: float = 30.0) -> bytes:
    """The report as a tagged PDF with embedded fonts; the same report gives the same bytes on any machine.

    Takes about a second for 15 pages, after at most `wait` seconds of waiting for another report. Raises PdfError.
    """
    return rendered_report(report, wait=wait).pdf


def rendered_report(report: Report, *, wait: float = 30.0) -> RenderedPdf:
    """The report with its number of pages and what could not be drawn.

    Missing characters and borrowed system fonts are known only after rendering; a report that has any is rendered
    again, with a line that says so.
    """
    request = report_request(report, engine=worker.engine())
    with worker.one_at_a_time(wait):
        return render_report(report, request)


def render_report(report: Report, request: RenderRequest) -> RenderedPdf:
    """`rendered_report` for a caller that already has the turn at the renderer."""
    with SECONDS.time():
        return _rendered(report, request)


def _rendered(report: Report, request: RenderRequest) -> RenderedPdf:
    rendered = worker.render_now(request)
    if rendered.missing or rendered.borrowed:
        missing, borrowed = rendered.missing, rendered.borrowed
        request = report_request(report, engine=worker.engine(), missing=missing, borrowed=borrowed)
        rendered = replace(worker.render_now(request), missing=missing, borrowed=borrowed)
    if rendered.missing:
        logger.warning("No typeface draws %s in the report of an assessment.", codes(rendered.missing))
    return rendered


def report_request(
    report: Report, *, engine: str, missing: tuple[str, ...] = (), borrowed: tuple[str, ...] = ()
) -> RenderRequest:
    """The request to render the report in its language, with its manifest."""
    look = f"{_look()} brief" if report.is_brief else _look()
    made_from = manifest(report, engine=engine, look=look, missing=missing, borrowed=borrowed)
    html = report_html(report, made_from)
    styles = [*STYLES[report.paper], *scripts_in(html)]
    identifier = made_from.checksum.removeprefix("sha256:")[:32]
    texts = tuple(style_sheet(name) for name in styles)
    return RenderRequest(html=html, styles=texts, identifier=identifier, pictures=_pictures(report))


def _pictures(report: Report) -> dict[str, str]:
    """The logos by the address that the cover uses."""
    marks = {"applogo:client": report.client_logo, "applogo:consultancy": report.brand.logo if report.brand else None}
    return {address: b64encode(mark.png).decode() for address, mark in marks.items() if mark}


def report_html(report: Report, made_from: ReportManifest | None = None) -> str:
    """The document as markup, in the language of the report."""
    with translation.override(interface_in(report.language)):
        context = {"document": document(report, about_file=_about_file(made_from)), "report": report}
        html = render_to_string("assessments/report/report.html", context)
    return without_controls(html).replace("<br>", "<br/>")  # XML is parsed ten times as fast


def codes(characters: tuple[str, ...]) -> str:
    """`U+1F600, U+4E00 and 12 more`."""
    shown = ", ".join(f"U+{ord(character):04X}" for character in characters[:12])
    more = len(characters) - 12
    return shown if more <= 0 else _("%(shown)s and %(count)d more") % {"shown": shown, "count": more}


def _about_file(made_from: ReportManifest | None) -> list[Fact]:
    """The facts about the file itself on the last page."""
    if made_from is None:
        return []
    engine, fonts = made_from.engine, ", ".join(made_from.borrowed_fonts)
    if fonts:
        engine = f"{engine}; {_('for some letters with this machine’s %(fonts)s') % {'fonts': fonts}}"
    facts: list[Fact] = [
        (_("Checksum of what this report is based on"), Styled(made_from.checksum, "code")),
        (_("Set with"), engine),
    ]
    if made_from.missing:
        text = _("No installed font has %(codes)s: an empty box appears instead.")
        facts.append((_("Characters not shown"), text % {"codes": codes(made_from.missing)}))
    return facts


@cache
def _look() -> str:
    """A checksum over templates and style sheets: another release may render the same result differently."""
    sheets = [style_sheet(name) for name in ("report.css", "report-letter.css", *SCRIPTS)]
    texts = [*sheets, *(path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.html")))]
    return "sha256:" + hashlib.sha256("\n".join(texts).encode()).hexdigest()


def scripts_in(html: str) -> tuple[str, ...]:
    """The additional style sheets that the scripts in this markup need."""
    return tuple(name for name, script in SCRIPTS.items() if script.search(html))


def without_controls(html: str) -> str:
    """The markup without control characters."""
    return html.translate(CONTROLS)


@cache
def style_sheet(name: str) -> str:
    """The text of `static/css/NAME`. Raises FileNotFoundError."""
    path = finders.find(f"css/{name}")
    if not isinstance(path, str):
        raise FileNotFoundError(f"static/css/{name} is missing.")
    return Path(path).read_text(encoding="utf-8")
