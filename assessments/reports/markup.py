"""What a document is set from: style sheets by name, and markup without characters that would stop it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

from assessments import cells

CONTROLS = cells.CONTROLS | dict.fromkeys(range(0x7F, 0xA0))  # no typeface draws them, and XML does not take them


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
