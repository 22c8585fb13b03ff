"""Pillars ranked as dots on 1-5 with interval, target, previous round and peers; one or two pillars as bars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assessments.charts import palette, radar_geometry
from assessments.charts.axis_charts.marks import (
    HOLLOW,
    ROW,
    SQUARE,
    TICK,
    Number,
    Trace,
    axis,
    caps,
    figure,
    points,
    rows,
    spans,
    words,
)
from assessments.charts.plain_figure import Part
from assessments.scoring.bank import LEVELS
from assessments.scoring.view import Axis, ResultView
from assessments.wording import numbers
from assessments.wording.profile import alternative, hover

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 720, 160, 64, 32, 12
BAR = 0.5  # of a row


def dots_figure(view: ResultView) -> Part:
    """The pillars in the order of their scores; those without one stand last, as a row without a mark."""
    ranked = ranked_axes(view)
    traces = [*_intervals(ranked), *_marks(ranked, view.previous, view.medians), *_dots(ranked), *_values(ranked)]
    return _framed(ranked, traces, alternative(ranked, radar=False))


def bars_figure(view: ResultView) -> Part:
    """One or two pillars, too few for a radar, as bars from 1, in bank order."""
    axes = view.axes
    scored = [(row, pillar.score) for row, (_name, pillar) in enumerate(axes) if pillar.score is not None]
    bars: Trace = {
        "type": "bar",
        "orientation": "h",
        "base": 1,
        "x": [score - 1 for _row, score in scored],
        "y": [row for row, _score in scored],
        "width": BAR,
        "hoverinfo": "skip",
        "marker": {"color": palette.RAMP[1], "line": {"width": 0, "color": palette.BORDER}},
        "meta": {"role": "bar"},
    }
    traces = [bars, *_intervals(axes), *_marks(axes, view.previous, {}), *_dots(axes), *_values(axes)]
    return _framed(axes, traces, alternative(axes, radar=False))


def ranked_axes(view: ResultView) -> list[Axis]:
    """Highest score first, pillars of one score in the order of the bank, those without a score last."""
    return sorted(view.axes, key=lambda axis: -(axis[1].score or 0.0))


def _framed(axes: Sequence[Axis], traces: Sequence[Trace], sentence: str) -> Part:
    layout = {
        "width": WIDTH,
        "height": TOP + ROW * len(axes) + BOTTOM,
        "margin": {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
        "xaxis": {
            **axis(radar_geometry.LOWEST, radar_geometry.HIGHEST, LEVELS, [str(level) for level in LEVELS]),
            "side": "top",
        },
        "yaxis": rows([name for name, _pillar in axes]),
    }
    return figure(traces, layout, alternative=sentence)


def _intervals(axes: Sequence[Axis]) -> Iterator[Trace]:
    found = [(*pillar.interval, float(row)) for row, (_name, pillar) in enumerate(axes) if pillar.interval is not None]
    if found:
        yield spans(found)
        yield caps(found)


def _marks(axes: Sequence[Axis], before: Mapping[str, Number], peers: Mapping[str, float]) -> Iterator[Trace]:
    targets = [None if pillar.score is None else pillar.target for _name, pillar in axes]
    yield from _some(targets, role="target", symbol="line-ns-open", size=TICK, color=palette.TARGET, outline=3)
    earlier = [before.get(pillar.key) for _name, pillar in axes]
    yield from _some(earlier, role="previous", symbol="square", size=SQUARE, color=palette.PREVIOUS)
    others = [peers.get(pillar.key) for _name, pillar in axes]
    yield from _some(others, role="peers", symbol="triangle-up", size=9, color=palette.PEERS)


def _some(
    values: Sequence[Number], *, role: str, symbol: str, size: float, color: str, outline: float = 2
) -> Iterator[Trace]:
    known = [(value, row) for row, value in enumerate(values) if value is not None]
    if known:
        x, y = [value for value, _row in known], [row for _value, row in known]
        yield points(x, y, role=role, symbol=symbol, size=size, color=color, outline=outline)


def _dots(axes: Sequence[Axis]) -> Iterator[Trace]:
    for role, symbol, size in (("current", "circle", 14), ("provisional", "circle-open", HOLLOW)):
        found = [
            (pillar.score, row, hover(name, pillar))
            for row, (name, pillar) in enumerate(axes)
            if pillar.score is not None and (pillar.status == "provisional") == (role == "provisional")
        ]
        if found:
            x, y, said = zip(*found, strict=True)
            yield points(x, y, role=role, symbol=symbol, size=size, hover=said)


def _values(axes: Sequence[Axis]) -> Iterator[Trace]:
    """The score at the end of its row."""
    scored = [(row, pillar.score) for row, (_name, pillar) in enumerate(axes) if pillar.score is not None]
    if scored:
        yield words(
            [radar_geometry.HIGHEST + 0.15] * len(scored),
            [row for row, _score in scored],
            [numbers.score(score) for _row, score in scored],
            role="value",
        )
