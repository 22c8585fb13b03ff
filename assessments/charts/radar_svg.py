"""The profile as an accessible inline SVG, made from the figure and from nothing else.

The light palette stands in presentation attributes (paper uses them); classes repaint it on screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, sin

from django.utils.safestring import SafeString

from assessments.charts import palette, radar_geometry
from assessments.charts.markup import element, short, text
from assessments.charts.plain_figure import Part
from assessments.charts.radar import TICK
from assessments.charts.radar_geometry import Point
from assessments.wording.axes import label_lines

RINGS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Sizes:
    """Type sizes in units of the drawing: larger on a screen, where a phone shrinks it."""

    label: float = 14
    ring: float = 12


SCREEN, PAPER = Sizes(), Sizes(label=9.2, ring=8.4)


@dataclass(frozen=True)
class Trace:
    """One trace of the figure: its role, and its points as (axis, score or None, status or None)."""

    role: str
    points: tuple[tuple[int, float | None, str | None], ...]


type Draw = Callable[[Trace, int], Iterator[SafeString]]


def radar_svg(figure: Part, sizes: Sizes = SCREEN) -> SafeString:
    """The drawing of a polar figure, 360 × 328 units, with its sentence as title."""
    keys = list(figure.layout.polar.angularaxis.categoryarray)
    traces = [_trace(trace, {key: place for place, key in enumerate(keys)}) for trace in figure.data]
    meta = figure.layout.meta
    return element(
        "svg",
        element("title", meta["alternative"]),
        *_grid(len(keys), traces),
        *_layer(traces, "interval", _band, len(keys)),
        *_ring_numbers(len(keys), sizes),
        *_layer(traces, "peers", _dotted, len(keys)),
        *_layer(traces, "previous", _dashed, len(keys)),
        *_layer(traces, "current", _outline, len(keys)),
        *_layer(traces, "target", _ticks, len(keys)),
        *_layer(traces, "current", _dots, len(keys)),
        *_labels(meta, sizes),
        class_="chart radar",
        viewBox=f"0 0 {radar_geometry.WIDTH} {radar_geometry.HEIGHT}",
        role="img",
    )


def _trace(trace: Part, places: Mapping[str, int]) -> Trace:
    data = trace.customdata if trace.customdata is not None else [None] * len(trace.r)
    points = zip(trace.theta, trace.r, data, strict=True)
    return Trace(
        role=trace.meta["role"],
        points=tuple((places[key], score, datum[-1] if datum is not None else None) for key, score, datum in points),
    )


def _layer(traces: Sequence[Trace], role: str, draw: Draw, axes: int) -> Iterator[SafeString]:
    for trace in traces:
        if trace.role == role:
            yield from draw(trace, axes)


def _grid(axes: int, traces: Sequence[Trace]) -> Iterator[SafeString]:
    for ring in RINGS:
        rim = ring == RINGS[-1]
        yield element(
            "polygon",
            class_="axis-line" if rim else "grid-line",
            points=_points(radar_geometry.at(ring, place, axes) for place in range(axes)),
            fill="none",
            stroke=palette.BORDER if rim else palette.GRID,
            stroke_width=0.75,
        )
    unscored = {trace.points[0][0] for trace in traces if trace.role == "unscored"}
    for place in range(axes):
        if place in unscored:
            yield _axis_line(place, axes, class_="axis-open", stroke=palette.BORDER, stroke_dasharray="2 3")
        else:
            yield _axis_line(place, axes, class_="grid-line", stroke=palette.GRID, stroke_width=0.75)


def _axis_line(place: int, axes: int, **attributes: str | float) -> SafeString:
    return _line(radar_geometry.at(1, place, axes), radar_geometry.at(5, place, axes), **attributes)


def _line(start: Point, end: Point, **attributes: str | float) -> SafeString:
    return element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **attributes)


def _ring_numbers(axes: int, sizes: Sizes) -> Iterator[SafeString]:
    for ring in RINGS:
        x, y = radar_geometry.ring_spot(ring, axes)
        style = {"class_": "ring-label", "text_anchor": "middle"}
        yield text(str(ring), x, y + sizes.ring * 0.3, size=sizes.ring, fill=palette.MUTED, **style)


def _band(trace: Trace, axes: int) -> Iterator[SafeString]:
    corners = [radar_geometry.at(score, place, axes) for place, score, _status in trace.points if score is not None]
    path = "M" + " L".join(f"{short(x)} {short(y)}" for x, y in corners) + "Z"
    yield element("path", class_="band", d=path, fill=palette.CURRENT, fill_opacity=0.22, fill_rule="evenodd")


def _outline(trace: Trace, axes: int) -> Iterator[SafeString]:
    for run in _runs(trace, axes):
        yield element(
            "polyline",
            class_="line",
            points=_points(run),
            fill="none",
            stroke=palette.CURRENT,
            stroke_width=1.75,
            stroke_linejoin="round",
        )


def _dashed(trace: Trace, axes: int) -> Iterator[SafeString]:
    yield from _broken_lines(trace, axes, "line-previous", palette.PREVIOUS, "5 3")
    for place, score, _status in trace.points[:-1]:
        if score is not None:
            x, y = radar_geometry.at(score, place, axes)
            yield element("rect", class_="square", x=x - 3.5, y=y - 3.5, width=7, height=7, fill=palette.PREVIOUS)


def _dotted(trace: Trace, axes: int) -> Iterator[SafeString]:
    yield from _broken_lines(trace, axes, "line-peers", palette.PEERS, "1.5 3")
    for place, score, _status in trace.points[:-1]:
        if score is not None:
            x, y = radar_geometry.at(score, place, axes)
            corners = ((x, y - 4), (x - 4, y + 3.5), (x + 4, y + 3.5))
            yield element("polygon", class_="triangle", points=_points(corners), fill=palette.PEERS)


def _broken_lines(trace: Trace, axes: int, name: str, colour: str, dash: str) -> Iterator[SafeString]:
    for run in _runs(trace, axes):
        yield element(
            "polyline",
            class_=name,
            points=_points(run),
            fill="none",
            stroke=colour,
            stroke_width=1.5,
            stroke_dasharray=dash,
        )


def _runs(trace: Trace, axes: int) -> Iterator[list[Point]]:
    """The stretches of two and more neighbouring scores; the last point of the ring repeats the first."""
    run: list[Point] = []
    for place, score, _status in trace.points:
        if score is not None:
            run.append(radar_geometry.at(score, place, axes))
            continue
        if len(run) > 1:
            yield run
        run = []
    if len(run) > 1:
        yield run


def _ticks(trace: Trace, axes: int) -> Iterator[SafeString]:
    for place, score, _status in trace.points:
        if score is not None:
            (x, y), turn = radar_geometry.at(score, place, axes), radar_geometry.angle(place, axes)
            across = (cos(turn) * TICK / 2, sin(turn) * TICK / 2)
            start, end = (x - across[0], y - across[1]), (x + across[0], y + across[1])
            yield _line(start, end, class_="tick", stroke=palette.TARGET, stroke_width=2)


def _dots(trace: Trace, axes: int) -> Iterator[SafeString]:
    for place, score, status in trace.points[:-1]:
        if score is None:
            continue
        x, y = radar_geometry.at(score, place, axes)
        if status == "provisional":
            yield element(
                "circle",
                class_="dot hollow",
                cx=x,
                cy=y,
                r=4,
                fill=palette.PAPER,
                stroke=palette.CURRENT,
                stroke_width=1.5,
            )
        else:
            yield element(
                "circle",
                class_="dot",
                cx=x,
                cy=y,
                r=4.25,
                fill=palette.CURRENT,
                stroke=palette.PAPER,
                stroke_width=1.25,
            )


def _labels(meta: Mapping[str, Sequence[str]], sizes: Sizes) -> Iterator[SafeString]:
    """Name and score outside the rim, one line under the other."""
    names, scores = meta["names"], meta["scores"]
    step = sizes.label * 1.12
    for place, (name, shown) in enumerate(zip(names, scores, strict=True)):
        lines = label_lines(name, place, len(names))
        x, middle, anchor = radar_geometry.label_spot(place, len(names))
        first = middle - step * len(lines) / 2 + sizes.label * 0.36
        for row, line in enumerate(lines):
            yield text(line, x, first + step * row, size=sizes.label, text_anchor=anchor)
        y = first + step * len(lines)
        if shown is None:
            absent = str(meta["not_scored"])
            yield text(absent, x, y, size=sizes.label, fill=palette.MUTED, class_="muted", text_anchor=anchor)
        else:
            yield text(shown, x, y, size=sizes.label, class_="value", text_anchor=anchor, font_weight=600)


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{short(x)},{short(y)}" for x, y in points)
