"""SVG as safe markup: every value and child is escaped here, once, and stripped of characters that XML forbids.

Not `format_html`: a page has hundreds of elements, and it would be called again for each value and each child. The
light palette is in presentation attributes, for paper and files; on screen the classes in `charts.css` override it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from django.utils.safestring import SafeString

from assessments.charts.palette import CURRENT, FONT, PAPER, TEXT
from assessments.csv_safety import CONTROLS

type Attribute = str | float | None
type Point = tuple[float, float]

LETTER = 0.53  # average width of a letter, relative to the font size
LETTERS = (  # widths of letters, relative to the font size; the last for all others
    ("fijlrtI '’.,:;-()", 0.29),
    ("mwMWOQDGHNU", 0.7),
    ("ABCEFJKLPRSTVXYZÄÖÜäöü", 0.56),
    ("", 0.51),
)
BASELINE = 0.36  # of the baseline below the middle of a line, relative to the font size


def element(name: str, *children: str, **attributes: Attribute) -> SafeString:
    """`<name …>children</name>`; attributes that are None are left out.

    `class_` becomes `class`, and an underscore a hyphen: `stroke_width=2`. Children that are not safe are escaped.
    """
    parts = [f"<{name}"]
    for key, value in attributes.items():
        if value is not None:
            words = escape(value.translate(CONTROLS)) if isinstance(value, str) else f"{round(value, 2):g}"
            parts.append(f' {key if key == "viewBox" else key.rstrip("_").replace("_", "-")}="{words}"')
    parts += (">", join(children), f"</{name}>") if children else ("/>",)
    return SafeString("".join(parts))


def join(parts: Iterable[str]) -> SafeString:
    """The parts joined; those that are not safe are escaped and stripped of invisible control characters."""
    safe = [part if isinstance(part, SafeString) else escape(part.translate(CONTROLS)) for part in parts]
    return SafeString("".join(safe))


def text(words: str, x: float, y: float, *, size: float = 14, fill: str = TEXT, **attributes: Attribute) -> SafeString:
    """A line of text in the report's font."""
    return element("text", words, x=x, y=y, font_family=FONT, font_size=size, fill=fill, **attributes)


def wrapped(words: str, width: float, size: float, *, lines: int | None = None) -> list[str]:
    """The text in lines of about this width, at most `lines`; a longer word is broken."""
    return wrap(words, max(1, int(width / (size * LETTER))), max_lines=lines, placeholder="…") or [""]


def width_of(words: str, size: float) -> float:
    """About how wide a line in the report's font is: by kind of letter, never much too narrow."""
    return size * sum(next(wide for letters, wide in LETTERS if not letters or sign in letters) for sign in words)


def line(start: Point, end: Point, **attributes: Attribute) -> SafeString:
    return element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **attributes)


def polyline(points: Iterable[Point], **attributes: Attribute) -> SafeString:
    return element("polyline", points=pairs(points), fill="none", **attributes)


def pairs(points: Iterable[Point]) -> str:
    """`1,2 3,4`"""
    return " ".join([f"{round(x, 2):g},{round(y, 2):g}" for x, y in points])


def square(x: float, y: float, size: float, fill: str, **attributes: Attribute) -> SafeString:
    return element(
        "rect", class_="square", x=x - size / 2, y=y - size / 2, width=size, height=size, fill=fill, **attributes
    )


def disc(x: float, y: float, radius: float, *, outline: float = 2) -> SafeString:
    return element("circle", class_="dot", cx=x, cy=y, r=radius, fill=CURRENT, stroke=PAPER, stroke_width=outline)


def drawing(
    name: str, title: str, marks: Iterable[str], width: float, height: float, *, role: str = "img"
) -> SafeString:
    """An accessible drawing in its own units, scaled by the page; `name` is its class, `title` its alternative text.

    Its role is `group` if it contains links, because a screen reader sees nothing inside an `img`.
    """
    box = f"0 0 {width:g} {height:g}"
    return element("svg", element("title", title), *marks, class_=f"chart {name}", viewBox=box, role=role)


@dataclass(frozen=True)
class Scale:
    """A linear axis: its first value, units per value, the position of the first value, and the unit's sign."""

    low: float
    unit: float
    start: float = 0
    sign: str = ""

    def position(self, value: float) -> float:
        return round(self.start + (value - self.low) * self.unit, 2)

    def at(self, value: float) -> str:
        """The position with the unit's sign."""
        return f"{self.position(value):g}{self.sign}"

    def length(self, low: float, high: float) -> str:
        return f"{round((high - low) * self.unit, 2):g}{self.sign}"
