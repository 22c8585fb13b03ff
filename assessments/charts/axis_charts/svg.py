"""A figure on straight axes as accessible SVG, made from the figure and from nothing else.

The light palette stands in presentation attributes; classes repaint it on screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.charts.markup import element, short, text
from assessments.charts.plain_figure import Part

CLASSES = {
    "current": "dot", "mean": "dot", "provisional": "dot hollow", "previous": "square", "cap": "cap", "target": "tick",
    "median": "tick", "peers": "triangle", "interval": "interval-line", "spread": "interval-line", "real": "line",
    "steady": "axis-line", "leader": "grid-line", "axis": "axis-line", "column": "column", "bar": "column",
    "zone": "zone", "muted": "muted", "value": "value", "function": "square",
}  # fmt: skip
SIDES = {"left": "end", "right": "start", "center": "middle"}
NUDGE = 4  # between a point and its words


@dataclass(frozen=True)
class Scale:
    """A straight axis: the value where it starts, where that lies in the drawing, and units a value."""

    low: float
    start: float
    unit: float

    def at(self, value: float) -> float:
        return self.start + (value - self.low) * self.unit


@dataclass(frozen=True)
class Plane:
    """Where the values of a figure lie in its drawing."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    x: Scale
    y: Scale


def plane_of(figure: Part) -> Plane:
    """The plane that the figure's size, margins and ranges describe."""
    layout = figure.layout
    width, height, margin = layout.width, layout.height, layout.margin
    left, right, top, bottom = margin.l, width - margin.r, margin.t, height - margin.b
    (x_low, x_high), (y_low, y_high) = layout.xaxis.range, layout.yaxis.range
    x = Scale(x_low, left, (right - left) / (x_high - x_low))
    y = Scale(y_low, bottom, (top - bottom) / (y_high - y_low))
    return Plane(width, height, left, right, top, bottom, x, y)


def plane_svg(figure: Part, name: str) -> SafeString:
    """The drawing in the figure's own units, with its sentence as title; `name` is its class."""
    plane = plane_of(figure)
    return element(
        "svg",
        element("title", figure.layout.meta["alternative"]),
        *_zones(figure, plane),
        *_grid(figure, plane),
        *(mark for trace in figure.data for mark in _trace(plane, trace)),
        *_ticks(figure, plane),
        class_=f"chart {name}",
        viewBox=f"0 0 {plane.width:g} {plane.height:g}",
        role="img",
    )


def _zones(figure: Part, plane: Plane) -> Iterator[SafeString]:
    """Shaded parts of the axis, over the whole height."""
    for shape in figure.layout.shapes or ():
        left, right = plane.x.at(shape.x0), plane.x.at(shape.x1)
        size = {"x": short(left), "width": short(right - left), "y": short(plane.top)}
        tall = short(plane.bottom - plane.top)
        yield element("rect", class_="zone", **size, height=tall, fill=shape.fillcolor)


def _grid(figure: Part, plane: Plane) -> Iterator[SafeString]:
    style = {"class_": "grid-line", "stroke": palette.GRID}
    if figure.layout.xaxis.showgrid:
        for x in map(plane.x.at, figure.layout.xaxis.tickvals):
            yield _line((x, plane.top), (x, plane.bottom), **style)
    if figure.layout.yaxis.showgrid:
        for y in map(plane.y.at, figure.layout.yaxis.tickvals):
            yield _line((plane.left, y), (plane.right, y), **style)


def _ticks(figure: Part, plane: Plane) -> Iterator[SafeString]:
    """The words of both axes: above or below the plane, and left of it."""
    across, up = figure.layout.xaxis, figure.layout.yaxis
    size, color = across.tickfont.size, across.tickfont.color
    y = plane.top - 8 if across.side == "top" else plane.bottom + size + 4
    for value, words in zip(across.tickvals, across.ticktext, strict=True):
        yield _words(words, plane.x.at(value), y, size, color, text_anchor="middle")
    size, color = up.tickfont.size, up.tickfont.color
    for value, words in zip(up.tickvals, up.ticktext, strict=True):
        yield _words(words, plane.left - 14, plane.y.at(value) + size * 0.36, size, color, text_anchor="end")


def _words(words: str, x: float, y: float, size: float, color: str | None, *, text_anchor: str) -> SafeString:
    quiet = "muted" if color == palette.MUTED else None
    return text(
        unescape(words), x, y, size=size, fill=color or palette.TEXT, class_=quiet, text_anchor=text_anchor
    )  # fmt: skip


def _trace(plane: Plane, trace: Part) -> Iterator[SafeString]:
    role = trace.meta["role"]
    if trace.type == "bar":
        yield from _bars(plane, trace, role)
    elif trace.mode == "lines":
        yield from _lines(plane, trace, role)
    elif trace.mode == "markers":
        yield from _markers(plane, trace, role)
    else:
        yield from _labels(plane, trace, role)


def _bars(plane: Plane, trace: Part, role: str) -> Iterator[SafeString]:
    """Bars from their base, upright or lying."""
    lying, half, base = trace.orientation == "h", trace.width / 2, trace.base or 0
    style = {"fill": trace.marker.color, "stroke": trace.marker.line.color, "stroke_width": trace.marker.line.width}
    for x, y in zip(trace.x, trace.y, strict=True):
        first, second = ((base, y - half), (base + x, y + half)) if lying else ((x - half, base), (x + half, base + y))
        (left, right), (top, bottom) = (
            sorted((scale.at(first[place]), scale.at(second[place]))) for place, scale in enumerate((plane.x, plane.y))
        )
        size = {"x": short(left), "y": short(top), "width": short(right - left), "height": short(bottom - top)}
        yield element("rect", class_=CLASSES.get(role, role), **size, **style)


def _lines(plane: Plane, trace: Part, role: str) -> Iterator[SafeString]:
    style = {"stroke": trace.line.color, "stroke_width": trace.line.width, "stroke_dasharray": _dashes(trace.line.dash)}
    run: list[str] = []
    for x, y in [*zip(trace.x, trace.y, strict=True), (None, None)]:
        if x is not None and y is not None:
            run.append(f"{short(plane.x.at(x))},{short(plane.y.at(y))}")
            continue
        if len(run) > 1:
            yield element("polyline", class_=CLASSES.get(role, role), points=" ".join(run), fill="none", **style)
        run = []


def _dashes(dash: str | None) -> str | None:
    """`4px,3px` as SVG writes it."""
    return dash.replace("px", "").replace(",", " ") if dash and "px" in dash else None


@dataclass(frozen=True)
class Mark:
    """How the points of a trace look."""

    name: str
    symbol: str
    size: float
    color: str
    outline: float


def _markers(plane: Plane, trace: Part, role: str) -> Iterator[SafeString]:
    marker = trace.marker
    mark = Mark(CLASSES.get(role, role), marker.symbol, marker.size, marker.color, marker.line.width)
    for x, y in zip(trace.x, trace.y, strict=True):
        if x is not None and y is not None:
            yield _marker(mark, plane.x.at(x), plane.y.at(y))


def _marker(mark: Mark, x: float, y: float) -> SafeString:
    half = mark.size / 2
    if mark.symbol.startswith("line-ns"):
        style: dict[str, str | float] = {"stroke": mark.color, "stroke_width": mark.outline}
        return _line((x, y - half), (x, y + half), class_=mark.name, **style)
    if mark.symbol == "square":
        corner = {"x": short(x - half), "y": short(y - half)}
        return element("rect", class_=mark.name, **corner, width=mark.size, height=mark.size, fill=mark.color)
    if mark.symbol == "triangle-up":
        corners = ((x, y - half), (x - half, y + half), (x + half, y + half))
        points = " ".join(f"{short(a)},{short(b)}" for a, b in corners)
        return element("polygon", class_=mark.name, points=points, fill=mark.color)
    hollow = mark.symbol == "circle-open"
    fill, stroke = (palette.PAPER, mark.color) if hollow else (mark.color, palette.PAPER)
    spot = {"cx": short(x), "cy": short(y)}
    return element("circle", class_=mark.name, **spot, r=half, fill=fill, stroke=stroke, stroke_width=mark.outline)


def _labels(plane: Plane, trace: Part, role: str) -> Iterator[SafeString]:
    upright, _space, side = trace.textposition.partition(" ")
    size, color, weight = trace.textfont.size, trace.textfont.color, trace.textfont.weight
    shift = {"left": -NUDGE, "right": NUDGE, "center": 0}[side]
    drop = {"top": -NUDGE, "middle": size * 0.36, "bottom": size + NUDGE / 2}[upright]
    style = {"class_": CLASSES.get(role), "text_anchor": SIDES[side], "font_weight": weight if weight != 400 else None}
    for x, y, words in zip(trace.x, trace.y, trace.meta["words"], strict=True):
        yield text(words, plane.x.at(x) + shift, plane.y.at(y) + drop, size=size, fill=color, **style)


def _line(start: tuple[float, float], end: tuple[float, float], **attributes: str | float) -> SafeString:
    return element("line", x1=short(start[0]), y1=short(start[1]), x2=short(end[0]), y2=short(end[1]), **attributes)
