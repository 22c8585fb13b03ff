"""The one source of every drawn profile: a figure in Plotly's words, which plotly.js draws. The SVG is made from it.

It is plain data: Plotly's own classes take 0.3 s to load and 40 ms to check what a test checks.

A trace says in `meta.role` what it is: `rim`, `interval`, `unscored`, `peers`,
`previous`, `current` or `target`. A point's
`customdata` is `[score, lower, upper, n, status]`. `layout.meta` holds the names as written, the shown scores and the
sentence for those who do not see the drawing. What Plotly prints (`hovertext`, annotations) is escaped.
Lengths are in units of the drawing; the browser scales them with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from assessments.charts import palette, radar_geometry
from assessments.charts.axis_charts.dots import bars_figure
from assessments.charts.axis_charts.marks import Trace
from assessments.charts.plain_figure import Part, part
from assessments.charts.radar_labels import radar_words
from assessments.scoring.view import Axis, ResultView
from assessments.wording.axes import datum, interval_runs, meta
from assessments.wording.profile import hover

FEWEST_AXES = 3
TICK = 17
RADIAL = {
    "range": (radar_geometry.LOWEST, radar_geometry.HIGHEST),
    "tickvals": [1, 2, 3, 4, 5],
    "ticks": "",
    "showticklabels": False,
    "showline": False,
    "gridcolor": palette.GRID,
}


def radar(view: ResultView) -> Part:
    """The pillars in bank order, clockwise from twelve o'clock, on 1-5; under three pillars bars instead.

    Unscored axes stay open; the band lies only over neighbouring axes that both have an interval.
    """
    axes = view.axes
    if len(axes) < FEWEST_AXES:
        return bars_figure(view)
    traces = [
        _rim(axes),
        *_bands(axes),
        *_open_axes(axes),
        *_peers(axes, view.medians),
        *_previous(axes, view.previous),
        *_targets(axes),
        _current(axes),
    ]
    return part({"data": traces, "layout": _layout(axes)})


def _polar(**fields: object) -> Trace:
    return {"type": "scatterpolar", **fields}


def _current(axes: Sequence[Axis]) -> Trace:
    ring = [*axes, axes[0]]  # the outline closes where its ends are scored
    return _polar(
        r=[pillar.score for _name, pillar in ring],
        theta=[pillar.key for _name, pillar in ring],
        customdata=[datum(pillar) for _name, pillar in ring],
        hovertext=[escape(hover(*axis)) for axis in ring],
        hoverinfo="text",
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        line={"color": palette.CURRENT, "width": 1.75},
        marker={
            "size": 8.5,
            "color": palette.CURRENT,
            "symbol": ["circle-open" if pillar.status == "provisional" else "circle" for _name, pillar in ring],
            "line": {"color": palette.PAPER, "width": 1.25},
        },
        meta={"role": "current"},
    )


def _previous(axes: Sequence[Axis], before: Mapping[str, float | None]) -> Iterator[Trace]:
    if not before:
        return
    keys = [pillar.key for _name, pillar in [*axes, axes[0]]]
    yield _polar(
        r=[before.get(key) for key in keys],
        theta=keys,
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        hoverinfo="skip",
        line={"color": palette.PREVIOUS, "width": 1.5, "dash": "5px,3px"},
        marker={"size": 7, "symbol": "square", "color": palette.PREVIOUS},
        meta={"role": "previous"},
    )


def _peers(axes: Sequence[Axis], peers: Mapping[str, float]) -> Iterator[Trace]:
    """The medians of a cohort as dotted triangles; an axis without one stays open."""
    keys = [pillar.key for _name, pillar in [*axes, axes[0]]]
    medians = [peers.get(key) for key in keys]
    if all(median is None for median in medians):
        return
    yield _polar(
        r=medians,
        theta=keys,
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        hoverinfo="skip",
        line={"color": palette.PEERS, "width": 1.5, "dash": "1.5px,3px"},
        marker={"size": 7.5, "symbol": "triangle-up", "color": palette.PEERS},
        meta={"role": "peers"},
    )


def _targets(axes: Sequence[Axis]) -> Iterator[Trace]:
    given = [
        (place, pillar)
        for place, (_name, pillar) in enumerate(axes)
        if pillar.target is not None and pillar.score is not None
    ]
    if not given:
        return
    yield _polar(
        r=[pillar.target for _place, pillar in given],
        theta=[pillar.key for _place, pillar in given],
        mode="markers",
        cliponaxis=False,
        hoverinfo="skip",
        marker={
            "symbol": "line-ew-open",
            "size": TICK / 1.4,  # Plotly draws this symbol 1.4 times its size
            "angle": [
                (360 * place / len(axes) + 180) % 360 - 180 for place, _pillar in given
            ],  # -180 to 180, as Plotly asks
            "color": palette.TARGET,
            "line": {"width": 2, "color": palette.TARGET},
        },
        meta={"role": "target"},
    )


def _open_axes(axes: Sequence[Axis]) -> Iterator[Trace]:
    for _name, pillar in axes:
        if pillar.score is None:
            yield _polar(
                r=[radar_geometry.LOWEST, radar_geometry.HIGHEST],
                theta=[pillar.key, pillar.key],
                mode="lines",
                hoverinfo="skip",
                line={"color": palette.BORDER, "width": 1, "dash": "2px,3px"},
                meta={"role": "unscored"},
            )


def _rim(axes: Sequence[Axis]) -> Trace:
    keys = [pillar.key for _name, pillar in [*axes, axes[0]]]
    return _polar(
        r=[radar_geometry.HIGHEST] * len(keys),
        theta=keys,
        mode="lines",
        hoverinfo="skip",
        line={"color": palette.BORDER, "width": 0.75},
        meta={"role": "rim"},
    )


def _bands(axes: Sequence[Axis]) -> Iterator[Trace]:
    for run in interval_runs([pillar.interval for _name, pillar in axes]):
        there = [(axes[place][1].key, bounds[1]) for place, bounds in run]
        back = [(axes[place][1].key, bounds[0]) for place, bounds in reversed(run)]
        corners = [*there, *back, there[0]]
        yield _polar(
            r=[value for _key, value in corners],
            theta=[key for key, _value in corners],
            mode="lines",
            fill="toself",
            fillcolor=palette.CURRENT,
            opacity=0.22,
            hoverinfo="skip",
            line={"width": 0},
            meta={"role": "interval"},
        )


def _layout(axes: Sequence[Axis]) -> dict[str, object]:
    across, (middle, down) = radar_geometry.RADIUS, radar_geometry.CENTRE
    right, bottom = radar_geometry.WIDTH - middle - across, radar_geometry.HEIGHT - down - across
    return {
        "width": radar_geometry.WIDTH,
        "height": radar_geometry.HEIGHT,
        "margin": {"l": middle - across, "r": right, "t": down - across, "b": bottom},
        "showlegend": False,
        "font": {"family": palette.FONT, "size": 14, "color": palette.TEXT},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "annotations": radar_words(axes),
        "meta": meta(axes),
        "polar": {
            "gridshape": "linear",
            "hole": radar_geometry.HOLE,
            "bgcolor": "rgba(0,0,0,0)",
            "angularaxis": _angular(axes),
            "radialaxis": RADIAL,
        },
    }


def _angular(axes: Sequence[Axis]) -> dict[str, object]:
    keys = [pillar.key for _name, pillar in axes]
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": keys,
        "rotation": 90,
        "direction": "clockwise",
        "showticklabels": False,
        "ticks": "",
        "linecolor": palette.GRID,  # of the innermost ring; the rim is a trace
        "gridcolor": palette.GRID,
    }
