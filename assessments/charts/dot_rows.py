"""The one-row axis: a dot with its interval and target, x in per cent so that circles stay round at any width."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.charts import palette
from assessments.charts.markup import element
from assessments.scoring.figures import Interval

SCREEN, SHEET = 36, 26.46  # heights in px; the last is 7 mm on paper
CLOSE, CLOSEST = 19.66, 10.96  # 5.2 and 2.9 mm, where many rows share a sheet
ZONE = (0.50, 0.71)  # moderate agreement lies between


@dataclass(frozen=True)
class Marks:
    """What one strip shows, on 1-5."""

    score: float
    interval: Interval | None = None
    target: float | None = None
    previous: float | None = None
    peers: float | None = None
    provisional: bool = False


def strip_svg(marks: Marks, title: str, *, height: float = SCREEN, hidden: bool = False) -> SafeString:
    """A strip with its title; `hidden` where everything that it shows is printed beside it."""
    grid = (_grid(position, height) for position in (0, 25, 50, 75, 100))
    return _strip(title, height, [*grid, _axis(height), *_marks(marks, height)], hidden=hidden)


def agreement_svg(value: float, title: str, *, height: float = SCREEN) -> SafeString:
    """r*wg on 0-1 with the zone of moderate agreement; a negative value stands at 0."""
    low, high = (100 * end for end in ZONE)
    zone = element("rect", class_="zone", x=_at(low), width=_at(high - low), y=0, height=height, fill=palette.GROUND)
    grid = (_grid(position, height) for position in (0, low, high, 100))
    return _strip(title, height, [zone, *grid, _axis(height), _dot(100 * max(0.0, value), height)], hidden=False)


def scale_svg() -> SafeString:
    """The numbers 1-5 over strips, for what has no other way to stand them there."""
    numbers = [
        element("text", str(place + 1), x=_at(25 * place), y=10, font_size=11, fill=palette.MUTED, text_anchor="middle")
        for place in range(5)
    ]
    return _strip(_("Scale from 1 to 5"), 13, numbers, hidden=False)


def position(score: float) -> float:
    """Where a score of 1-5 lies, in per cent of the axis."""
    return 25 * (score - 1)


def _strip(title: str, height: float, marks: list[SafeString], *, hidden: bool) -> SafeString:
    return element(
        "svg",
        element("title", title),
        *marks,
        class_="chart strip",
        width="100%",
        height=height,
        role=None if hidden else "img",
        aria_hidden="true" if hidden else None,
    )


def _marks(marks: Marks, height: float) -> Iterator[SafeString]:
    if marks.interval is not None:
        yield from _interval(marks.interval, height)
    if marks.target is not None:
        yield _tick(marks.target, height)
    if marks.previous is not None:
        yield _vertical(
            position(marks.previous), height, 8, class_="line-previous", stroke=palette.PREVIOUS, stroke_width=8
        )
    if marks.peers is not None:
        yield from _triangle(marks.peers, height)
    yield _dot(position(marks.score), height, hollow=marks.provisional)


def _interval(interval: Interval, height: float) -> Iterator[SafeString]:
    low, high = (position(bound) for bound in interval)
    yield element(
        "rect", class_="interval", x=_at(low), width=_at(high - low), y=height / 2 - 5, height=10, fill=palette.INTERVAL
    )
    for end in (low, high):
        yield _vertical(end, height, 10, class_="cap", stroke=palette.CURRENT, stroke_width=1.5)


def _triangle(score: float, height: float) -> Iterator[SafeString]:
    """A mark of peers; x is in per cent, so the triangle is a drawing inside the drawing."""
    corners = element("path", class_="triangle", d="M0 -5L5 4H-5Z", fill=palette.PEERS)
    yield element("svg", corners, class_="point", x=_at(position(score)), y=height / 2, overflow="visible")


def _tick(target: float, height: float) -> SafeString:
    return _vertical(position(target), height, min(22, height), class_="tick", stroke=palette.TARGET, stroke_width=3)


def _dot(x: float, height: float, *, hollow: bool = False) -> SafeString:
    radius = 6 if hollow or height < SCREEN else 7
    fill, stroke = (palette.PAPER, palette.CURRENT) if hollow else (palette.CURRENT, palette.PAPER)
    name = "dot hollow" if hollow else "dot"
    return element("circle", class_=name, cx=_at(x), cy=height / 2, r=radius, fill=fill, stroke=stroke, stroke_width=2)


def _vertical(x: float, height: float, length: float, **attributes: str | float) -> SafeString:
    ends = {"y1": (height - length) / 2, "y2": (height + length) / 2}
    return element("line", x1=_at(x), x2=_at(x), **ends, **attributes)


@cache
def _grid(x: float, height: float) -> SafeString:
    return _vertical(x, height, height, class_="grid-line", stroke=palette.GRID)


@cache
def _axis(height: float) -> SafeString:
    middle = height / 2
    return element("line", class_="grid-line", x1=0, x2="100%", y1=middle, y2=middle, stroke=palette.GRID)


def _at(percent: float) -> str:
    return f"{round(percent, 2):g}%"
