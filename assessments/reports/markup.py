"""What a document is set from: style sheets by name, and markup without characters that would stop it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

from assessments import csv_safety

CONTROLS = csv_safety.CONTROLS | dict.fromkeys(range(0x7F, 0xA0))  # no typeface draws them, and XML does not take them
SCRIPTS = {  # a style sheet with a typeface that is only loaded where the text needs it
    "report-hebrew.css": re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]"),
    "report-arabic.css": re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]"),
}


def scripts_in(html: str) -> tuple[str, ...]:
    """The style sheets that this markup needs beside the others."""
    return tuple(name for name, script in SCRIPTS.items() if script.search(html))


def settable(html: str) -> str:
    """The markup without them."""
    return html.translate(CONTROLS)


@cache
def style_sheet(name: str) -> str:
    """The text of `static/css/NAME`. Raises FileNotFoundError."""
    path = finders.find(f"css/{name}")
    if not isinstance(path, str):
        raise FileNotFoundError(f"static/css/{name} is missing.")
    return Path(path).read_text(encoding="utf-8")
