"""Two to four scores of one pillar on one axis: a shape a side, in a strip like every other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.charts.markup import element
from assessments.charts.strips import position

HEIGHT = 40
NEAR = 0.2  # closer than this, marks would cover each other
APART = 11


@dataclass(frozen=True)
class Shape:
    """How a side is drawn: its class, its outline around (0, 0), and its colour on paper."""

    name: str
    path: str
    colour: str


SQUARE = Shape("mark-first", "M-6 -6H6V6H-6Z", palette.PREVIOUS)
TRIANGLE = Shape("mark-second", "M0 -7.5L7.5 6H-7.5Z", "#1EA596")
DIAMOND = Shape("mark-third", "M0 -8L8 0L0 8L-8 0Z", palette.TARGET)
CIRCLE = Shape("mark-last", "M-6.5 0A6.5 6.5 0 1 0 6.5 0A6.5 6.5 0 1 0 -6.5 0Z", palette.CURRENT)


def shapes(count: int) -> tuple[Shape, ...]:
    """The first is always the square, the last always the dot."""
    return (SQUARE, *(TRIANGLE, DIAMOND)[: count - 2], CIRCLE)


def versus_svg(scores: Sequence[float | None], title: str, *, real: bool, height: float = HEIGHT) -> SafeString:
    """The scores in the order of the sides; None is not drawn. A line joins first and last, whole where `real`."""
    middle = height / 2
    levels = _levels(scores, middle)
    marks = [
        _mark(shape, score, y)
        for shape, score, y in zip(shapes(len(scores)), scores, levels, strict=True)
        if score is not None
    ]
    return element(
        "svg",
        element("title", title),
        *_axis(height),
        *_joint(scores, levels, real=real),
        *marks,
        class_="chart strip versus",
        width="100%",
        height=height,
        role="img",
    )


def key_svg(shape: Shape) -> SafeString:
    """The shape alone, for the key."""
    mark = element("path", class_=shape.name, d=shape.path, transform="translate(14 10)", fill=shape.colour)
    return element("svg", mark, class_="chart", viewBox="0 0 28 20", width=28, height=20, aria_hidden="true")


def _levels(scores: Sequence[float | None], middle: float) -> list[float]:
    """How high each mark stands: on the axis, unless others are near; then one above the other."""
    levels = []
    for place, score in enumerate(scores):
        near = [
            other
            for other, value in enumerate(scores)
            if score is not None and value is not None and abs(value - score) < NEAR
        ]
        shift = near.index(place) - (len(near) - 1) / 2 if place in near else 0.0
        levels.append(middle + shift * APART)
    return levels


def _mark(shape: Shape, score: float, y: float) -> SafeString:
    """A nested drawing, because only that can be placed in per cent whatever its shape."""
    path = element("path", class_=shape.name, d=shape.path, fill=shape.colour, stroke=palette.PAPER, stroke_width=1.5)
    return element("svg", path, x=f"{round(position(score), 2):g}%", y=y, overflow="visible", class_="mark")


def _joint(scores: Sequence[float | None], levels: Sequence[float], *, real: bool) -> Iterator[SafeString]:
    first, last = scores[0], scores[-1]
    if first is None or last is None:
        return
    yield element(
        "line",
        class_="joint" if real else "joint quiet",
        x1=f"{round(position(first), 2):g}%",
        x2=f"{round(position(last), 2):g}%",
        y1=levels[0],
        y2=levels[-1],
        stroke=palette.CURRENT if real else palette.BORDER,
        stroke_width=2 if real else 1,
        stroke_dasharray=None if real else "4 3",
    )


def _axis(height: float) -> Iterator[SafeString]:
    for at in (0, 25, 50, 75, 100):
        yield element("line", class_="grid-line", x1=f"{at}%", x2=f"{at}%", y1=0, y2=height, stroke=palette.GRID)
    yield element("line", class_="grid-line", x1=0, x2="100%", y1=height / 2, y2=height / 2, stroke=palette.GRID)
