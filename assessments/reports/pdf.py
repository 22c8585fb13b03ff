"""A report as PDF/UA-1, without a browser and without a single fetch outside this house.

The only place that imports WeasyPrint, and only when a report is asked for: it takes pango, a library of the system.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from assessments.reports.document import document
from assessments.reports.report import Paper, Report

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

CONTROLS = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)])  # no typeface draws them
FONT = "appfont:source-sans-3"
STYLES: dict[Paper, tuple[str, ...]] = {"A4": ("report.css",), "Letter": ("report.css", "report-letter.css")}
MISSING_LIBRARIES = (
    "PDF reports need the system's pango library, which is not installed. "
    "On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. Everything else works without it."
)


class PdfUnavailableError(RuntimeError):
    """WeasyPrint cannot be loaded; the message says what to install."""


def render_pdf(report: Report) -> bytes:
    """The report as a tagged PDF with embedded fonts; the same report gives the same bytes.

    Takes about a second for 15 pages. Raises `PdfUnavailableError` where pango is missing.
    """
    _need_weasyprint()
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts, fetcher = FontConfiguration(), _fetcher()
    page = HTML(string=report_html(report), url_fetcher=fetcher)
    pdf: bytes = page.write_pdf(
        stylesheets=[_style(name, fonts, fetcher) for name in STYLES[report.paper]],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        pdf_identifier=_identifier(report),
    )
    return pdf


def report_html(report: Report) -> str:
    """The document before it is set, in the language of the report."""
    with translation.override(report.language):
        html = render_to_string("assessments/report/report.html", {"document": document(report), "report": report})
    return html.translate(CONTROLS)


def _need_weasyprint() -> None:
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # else every embedded typeface carries the time of day
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as problem:
        raise PdfUnavailableError(MISSING_LIBRARIES) from problem


def _identifier(report: Report) -> bytes:
    """What tells this file from every other: the result it prints, and how."""
    parts = (report.checksum, report.language, report.paper, report.organisation, report.round_name)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32].encode()


def _style(name: str, fonts: FontConfiguration, fetcher: URLFetcher) -> CSS:
    from weasyprint import CSS

    return CSS(string=_css(name), font_config=fonts, url_fetcher=fetcher)


@cache
def _css(name: str) -> str:
    path = finders.find(f"css/{name}")
    if not isinstance(path, str):
        raise FileNotFoundError(f"static/css/{name} is missing.")
    return Path(path).read_text(encoding="utf-8")


@cache
def _font() -> bytes:
    spec = find_spec("fontpkg_source_sans_3")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("The package fontpkg-source-sans-3 is not installed. Run `make setup`.")
    return (Path(spec.submodule_search_locations[0]) / "files" / "SourceSans3[wght].ttf").read_bytes()


def _fetcher() -> URLFetcher:
    """Serves the typeface and refuses every other address, whatever a text smuggled into the page."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if url != FONT:
                raise ValueError(f"A report fetches nothing, but {url!r} was asked for.")
            return URLFetcherResponse(url, body=_font(), headers={"Content-Type": "font/ttf"})

    return OwnFilesOnly()
