"""One element of SVG as safe markup: every name and value passes through `format_html`, and none holds what XML cannot."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from assessments.charts.palette import FONT, TEXT
from assessments.csv_safety import CONTROLS

type Attribute = str | float | None


def element(name: str, *children: str, **attributes: Attribute) -> SafeString:
    """`<name …>children</name>`; an attribute that is None is left out.

    `class_` stands for `class` and an underscore for a hyphen: `stroke_width=2`. A child that is not safe is escaped.
    """
    given = {key: value for key, value in attributes.items() if value is not None}
    values = (_value(value) for value in given.values())
    if children:
        return format_html(_pattern(name, tuple(given), filled=True), *values, join(children))
    return format_html(_pattern(name, tuple(given), filled=False), *values)


@cache
def _pattern(name: str, keys: tuple[str, ...], *, filled: bool) -> str:
    """The element with a place for each value: made from names in this code, never from data."""
    attributes = "".join(f' {_attribute(key)}="{{}}"' for key in keys)
    return f"<{name}{attributes}>{{}}</{name}>" if filled else f"<{name}{attributes}/>"


def join(parts: Iterable[str]) -> SafeString:
    """The parts one after another; what is not safe is escaped."""
    return format_html_join("", "{}", ((_printed(part),) for part in parts))


def text(words: str, x: float, y: float, *, size: float = 14, fill: str = TEXT, **attributes: Attribute) -> SafeString:
    """A line of text in the report's font."""
    return element("text", words, x=x, y=y, font_family=FONT, font_size=size, fill=fill, **attributes)


def _attribute(key: str) -> str:
    return key if key == "viewBox" else key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return _printed(value) if isinstance(value, str) else short(value)


def _printed(words: str) -> str:
    """Without control characters, which whoever wrote the text did not see; markup is made of such words alone."""
    return words if isinstance(words, SafeString) else words.translate(CONTROLS)


def short(value: float) -> str:
    """A length in the drawing's units, to two decimals."""
    return f"{round(value, 2):g}"
