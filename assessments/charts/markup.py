"""One element of SVG as safe markup: every name and value passes through `format_html`."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from assessments.charts.palette import FONT, MUTED, TEXT

type Attribute = str | float | None


def element(name: str, *children: str, **attributes: Attribute) -> SafeString:
    """`<name …>children</name>`; an attribute that is None is left out.

    `class_` stands for `class` and an underscore for a hyphen: `stroke_width=2`. A child that is not safe is escaped.
    """
    pairs = ((_attribute(key), _value(value)) for key, value in attributes.items() if value is not None)
    return format_html("<{0}{1}>{2}</{0}>", name, format_html_join("", ' {}="{}"', pairs), join(children))


def join(parts: Iterable[str]) -> SafeString:
    """The parts one after another; what is not safe is escaped."""
    return format_html_join("", "{}", ((part,) for part in parts))


def text(
    words: str, x: float, y: float, *, size: float = 14, muted: bool = False, **attributes: Attribute
) -> SafeString:
    """A line of text in the report's font."""
    fill = MUTED if muted else TEXT
    return element("text", words, x=x, y=y, font_family=FONT, font_size=size, fill=fill, **attributes)


def _attribute(key: str) -> str:
    return key if key == "viewBox" else key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 2):g}"
