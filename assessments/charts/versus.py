"""Two to four scores of one pillar on one axis: a shape for each side, in a strip like every other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.charts.strips import SCORES, grid, strip_svg
from assessments.charts.svg import Attribute, element
from assessments.scoring.bank import LEVELS

HEIGHT, SHEET = 40, 28  # on screen and on paper
NEAR = 0.2  # closer than this, marks would cover each other
APART = 11


@dataclass(frozen=True)
class SideMark:
    """How a side is drawn: its class and colour, and the sign of the typeface that it is, where it is one."""

    name: str
    color: str
    sign: str | None = None


SQUARE = SideMark("mark-first", palette.PREVIOUS)
TRIANGLE = SideMark("mark-second", palette.PEERS, "▲")
DIAMOND = SideMark("mark-third", palette.TARGET, "◆")
CIRCLE = SideMark("mark-last", palette.CURRENT)


def shapes(count: int) -> tuple[SideMark, ...]:
    """The first is always the square, the last always the dot."""
    return (SQUARE, *(TRIANGLE, DIAMOND)[: count - 2], CIRCLE)


def versus_svg(scores: Sequence[float | None], title: str, *, real: bool | None, height: float = HEIGHT) -> SafeString:
    """The scores in the order of the sides; None is not drawn.

    A line joins first and last, whole where the change is `real`, dashed where not; None draws no line. Marks that lie
    one above the other make it higher than `height`, if need be.
    """
    levels = _levels(scores)
    height = max(height, 2 * max(map(abs, levels), default=0.0) + APART + 4)
    levels = [height / 2 + level for level in levels]
    marks = [
        _mark(shape, SCORES.at(score), y)
        for shape, score, y in zip(shapes(len(scores)), scores, levels, strict=True)
        if score is not None
    ]
    joint = () if real is None else _joint(scores, levels, real=real)
    behind = grid(SCORES, LEVELS, height / 2, height)
    return strip_svg(title, height, [*behind, *joint, *marks], name="strip versus")


def key_svg(shape: SideMark, name: str) -> SafeString:
    """The shape alone, for the key; a tagged PDF wants its name inside as well."""
    mark = _mark(shape, "14", 10)
    title = element("title", name)
    return element("svg", title, mark, class_="chart", viewBox="0 0 28 20", width=28, height=20, aria_hidden="true")


def _levels(scores: Sequence[float | None]) -> list[float]:
    """How far below the axis each mark lies: on it, unless others are near; then one above the other."""
    levels = []
    for place, score in enumerate(scores):
        near = [
            other
            for other, value in enumerate(scores)
            if score is not None and value is not None and abs(value - score) < NEAR
        ]
        shift = near.index(place) - (len(near) - 1) / 2 if place in near else 0.0
        levels.append(shift * APART)
    return levels


def _mark(shape: SideMark, x: str, y: float) -> SafeString:
    """What can be placed in per cent, on paper too: a circle, a short thick line, a sign."""
    if shape is CIRCLE:
        return element("circle", class_=f"dot {shape.name}", cx=x, cy=y, r=6.5, fill=shape.color)
    if shape.sign is None:
        return element(
            "line", class_=shape.name, x1=x, x2=x, y1=y - 5.5, y2=y + 5.5, stroke=shape.color, stroke_width=11
        )
    style: dict[str, Attribute] = {"font_family": palette.FONT, "font_size": 26, "text_anchor": "middle"}
    return element("text", shape.sign, class_=shape.name, x=x, y=y + 9, fill=shape.color, **style)


def _joint(scores: Sequence[float | None], levels: Sequence[float], *, real: bool) -> Iterator[SafeString]:
    first, last = scores[0], scores[-1]
    if first is None or last is None:
        return
    style: dict[str, Attribute] = {"class_": "joint", "stroke": palette.CURRENT, "stroke_width": 2}
    if not real:
        style = {"class_": "joint quiet", "stroke": palette.BORDER, "stroke_width": 1, "stroke_dasharray": "4 3"}
    yield element("line", x1=SCORES.at(first), x2=SCORES.at(last), y1=levels[0], y2=levels[-1], **style)
