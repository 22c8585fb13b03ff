"""A comparison on paper, set by the same press as a report."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import get_language

from assessments.charts.compare_page import ComparePage
from assessments.reports import press
from assessments.reports.sheet import Sheet

STYLES = ("report.css", "report-compare.css")
# No typeface draws them, and XML does not take them
CONTROLS = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)])


def comparison_pdf(page: ComparePage, *, client: str | None, wait: float = 30.0) -> bytes:
    """The comparison as a tagged PDF in the active language. Raises PdfError."""
    html = comparison_html(page, client=client)
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32]
    return press.press(Sheet(html, tuple(_css(name) for name in STYLES), identifier), wait=wait).pdf


def comparison_html(page: ComparePage, *, client: str | None) -> str:
    context = {"page": page, "client": client, "language": get_language() or "en"}
    return render_to_string("assessments/compare/report.html", context).translate(CONTROLS)


@cache
def _css(name: str) -> str:
    path = finders.find(f"css/{name}")
    if not isinstance(path, str):
        raise FileNotFoundError(f"static/css/{name} is missing.")
    return Path(path).read_text(encoding="utf-8")
