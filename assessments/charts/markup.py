"""One element of SVG as safe markup: every value and child is escaped here, once, and none holds what XML cannot.

A page has hundreds of them: `format_html` calls itself for each value, and for each child once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape

from django.utils.safestring import SafeString

from assessments.charts.palette import FONT, TEXT
from assessments.csv_safety import CONTROLS

type Attribute = str | float | None


def element(name: str, *children: str, **attributes: Attribute) -> SafeString:
    """`<name …>children</name>`; an attribute that is None is left out.

    `class_` stands for `class` and an underscore for a hyphen: `stroke_width=2`. A child that is not safe is escaped.
    """
    parts = [f"<{name}"]
    for key, value in attributes.items():
        if value is not None:
            shown = _escaped(value) if isinstance(value, str) else f"{round(value, 2):g}"
            parts.append(f' {_attribute(key)}="{shown}"')
    parts += (">", *map(_escaped, children), f"</{name}>") if children else ("/>",)
    return SafeString("".join(parts))


def join(parts: Iterable[str]) -> SafeString:
    """The parts one after another; what is not safe is escaped."""
    return SafeString("".join(map(_escaped, parts)))


def _escaped(words: str) -> str:
    """Without control characters, which whoever wrote the text did not see; markup is made of such words alone."""
    return words if isinstance(words, SafeString) else escape(words.translate(CONTROLS))


@cache
def _attribute(key: str) -> str:
    return key if key == "viewBox" else key.rstrip("_").replace("_", "-")


def text(words: str, x: float, y: float, *, size: float = 14, fill: str = TEXT, **attributes: Attribute) -> SafeString:
    """A line of text in the report's font."""
    return element("text", words, x=x, y=y, font_family=FONT, font_size=size, fill=fill, **attributes)


def short(value: float) -> str:
    """A length in the drawing's units, to two decimals."""
    return f"{round(value, 2):g}"
