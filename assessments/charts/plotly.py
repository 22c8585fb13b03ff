"""The radar as a Plotly figure, which plotly.js draws in place of the SVG; plain JSON data.

Plotly's own classes take 0.3 s to import and 40 ms to validate what a test validates. Each trace has its role in
`meta.role`: `rim`, `interval`, `unscored`, `peers`, `previous`, `current` or `target`. Text that Plotly prints
(`hovertext`, annotations) is escaped. Lengths are in units of the drawing, which the browser scales.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

from assessments.charts import palette
from assessments.charts.axis import ScoreAxis, axis_of
from assessments.charts.radar import TICK, interval_runs
from assessments.charts.radar_labels import CENTRE, HEIGHT, HOLE, LINE_HEIGHT, RADIUS, WIDTH, labels, ring_spot
from assessments.scoring.view import Axis, ResultView
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.titles import hover

type Fields = dict[str, object]

CLEAR = "rgba(0,0,0,0)"
LABEL, RING = 14, 12
ACROSS = 2 * RADIUS
ANCHORS = {"start": "left", "middle": "center", "end": "right"}
GLOBAL = "plotly.js-style-global"
GUARD = re.compile(r'document\.getElementById\("([0-9a-f]{40,128})"\)')


def radar_figure(view: ResultView) -> Fields:
    """The same marks at the same positions as in the SVG."""
    axes, axis = view.axes, axis_of(view.bank)
    keys = [pillar.key for _name, pillar in axes]
    ring = [*keys, keys[0]]  # the outline closes if both ends have a score
    rim = {"color": palette.BORDER, "width": 0.75}
    dashed = {"color": palette.BORDER, "width": 1, "dash": "2px,3px"}
    unscored = [pillar.key for _name, pillar in axes if pillar.score is None]
    traces = [
        _silent("rim", [axis.high] * len(ring), ring, rim),
        *_bands(axes),
        *(_silent("unscored", [axis.low, axis.high], [key, key], dashed) for key in unscored),
        *_marked("peers", ring, view.medians, "1.5px,3px", PEERS),
        *_marked("previous", ring, view.previous, "5px,3px", PREVIOUS),
        *_targets(axes),
        _current([*axes, axes[0]]),
    ]
    return {"data": traces, "layout": _layout(axes, axis)}


def _polar(role: str, **fields: object) -> Fields:
    return {"type": "scatterpolar", **fields, "meta": {"role": role}}


def _silent(role: str, r: Sequence[float], theta: Sequence[str], line: Fields, **fields: object) -> Fields:
    return _polar(role, r=list(r), theta=list(theta), mode="lines", hoverinfo="skip", line=line, **fields)


def _current(ring: Sequence[Axis]) -> Fields:
    symbols = ["circle-open" if pillar.status == "provisional" else "circle" for _name, pillar in ring]
    outline = {"color": palette.PAPER, "width": 1.25}
    return _polar(
        "current",
        r=[pillar.score for _name, pillar in ring],
        theta=[pillar.key for _name, pillar in ring],
        hovertext=[escape(hover(*axis)) for axis in ring],
        hoverinfo="text",
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        line={"color": palette.CURRENT, "width": 1.75},
        marker={"size": 8.5, "color": palette.CURRENT, "symbol": symbols, "line": outline},
    )


PREVIOUS: Fields = {"size": 7, "symbol": "square", "color": palette.PREVIOUS}
PEERS: Fields = {"size": 7.5, "symbol": "triangle-up", "color": palette.PEERS}


def _marked(
    role: str, ring: Sequence[str], by_key: Mapping[str, float | None], dash: str, marker: Fields
) -> Iterator[Fields]:
    """A dashed line with markers; an axis without a value leaves a gap."""
    values = [by_key.get(key) for key in ring]
    if any(value is not None for value in values):
        line = {"color": marker["color"], "width": 1.5, "dash": dash}
        style = {"connectgaps": False, "cliponaxis": False, "hoverinfo": "skip", "line": line, "marker": marker}
        yield _polar(role, r=values, theta=list(ring), mode="lines+markers", **style)


def _targets(axes: Sequence[Axis]) -> Iterator[Fields]:
    targeted = [(place, row) for place, (_name, row) in enumerate(axes) if None not in (row.target, row.score)]
    if not targeted:
        return
    size = TICK / 1.4  # Plotly draws this symbol 1.4 times its size
    angles = [(360 * place / len(axes) + 180) % 360 - 180 for place, _row in targeted]  # -180 to 180, Plotly's range
    line = {"width": 2, "color": palette.TARGET}
    yield _polar(
        "target",
        r=[row.target for _place, row in targeted],
        theta=[row.key for _place, row in targeted],
        mode="markers",
        cliponaxis=False,
        hoverinfo="skip",
        marker={"symbol": "line-ew-open", "size": size, "angle": angles, "color": palette.TARGET, "line": line},
    )


def _bands(axes: Sequence[Axis]) -> Iterator[Fields]:
    fill = {"fill": "toself", "fillcolor": palette.CURRENT, "opacity": 0.22}
    for run in interval_runs([pillar.interval for _name, pillar in axes]):
        there = [(axes[place][1].key, bounds[1]) for place, bounds in run]
        back = [(axes[place][1].key, bounds[0]) for place, bounds in reversed(run)]
        keys, values = zip(*there, *back, there[0], strict=True)
        yield _silent("interval", values, keys, {"width": 0}, **fill)


def _layout(axes: Sequence[Axis], axis: ScoreAxis) -> Fields:
    left, top = CENTRE[0] - RADIUS, CENTRE[1] - RADIUS
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "margin": {"l": left, "r": WIDTH - CENTRE[0] - RADIUS, "t": top, "b": HEIGHT - CENTRE[1] - RADIUS},
        "showlegend": False,
        "font": {"family": palette.FONT, "size": LABEL, "color": palette.TEXT},
        "paper_bgcolor": CLEAR,
        "annotations": [*_ring_numbers(len(axes), axis), *_labels(axes)],
        "polar": {
            "gridshape": "linear",
            "hole": HOLE,
            "bgcolor": CLEAR,
            "angularaxis": {
                "type": "category",
                "categoryorder": "array",
                "categoryarray": [pillar.key for _name, pillar in axes],
                "rotation": 90,
                "direction": "clockwise",
                "showticklabels": False,
                "ticks": "",
                "linecolor": palette.GRID,  # of the innermost ring; the rim is a trace
                "gridcolor": palette.GRID,
            },
            "radialaxis": {
                "range": [axis.low, axis.high],
                "tickvals": list(axis.ticks),
                "ticks": "",
                "showticklabels": False,
                "showline": False,
                "gridcolor": palette.GRID,
            },
        },
    }


# Texts are annotations: Plotly's own tick labels can neither be placed here nor highlight the score. Bold markup would
# write an inline style, which a strict content security policy blocks, so each line is an annotation of its own.


def _ring_numbers(axes: int, axis: ScoreAxis) -> Iterator[Fields]:
    font = {"size": RING, "color": palette.MUTED}
    for ring, words in axis.labels:
        yield _annotation("ring", words, *ring_spot(axis.share(ring), axes), font=font)


def _labels(axes: Sequence[Axis]) -> Iterator[Fields]:
    printed = [_("not scored") if row.score is None else numbers.score(row.score) for _name, row in axes]
    for (_name, row), label in zip(axes, labels([name for name, _row in axes], printed), strict=True):
        value = ("absent", palette.MUTED, 400) if row.score is None else ("value", palette.TEXT, 600)
        lines = [*((words, ("label", palette.TEXT, 400)) for words in label.name)]
        lines += [(words, value) for words in label.value]
        for place, (words, (kind, color, weight)) in enumerate(lines):
            shift = ((len(lines) - 1) / 2 - place) * LABEL * LINE_HEIGHT
            font = {"size": LABEL, "color": color, "weight": weight}
            yield _annotation(kind, words, label.x, label.y, yshift=shift, xanchor=ANCHORS[label.anchor], font=font)


def _annotation(kind: str, words: str, x: float, y: float, **fields: object) -> Fields:
    """Text at a point of the drawing; Plotly's "paper" is the square around the rim, with y upwards."""
    return {
        "name": kind,
        "text": escape(words),
        "x": (x - CENTRE[0] + RADIUS) / ACROSS,
        "y": 1 - (y - CENTRE[1] + RADIUS) / ACROSS,
        "xref": "paper",
        "yref": "paper",
        "yanchor": "middle",
        "showarrow": False,
        "borderpad": 0,
        **fields,
    }


@cache
def style_ids() -> tuple[str, ...]:
    """The ids of the style elements that plotly.js adds to a page unless they exist, in the order it looks for them.

    A strict content security policy blocks elements added by a script, so the page itself contains them, empty and with
    its nonce. The second id is a hash that changes with the version: it is read from the 5 MB file.
    """
    return (GLOBAL, *dict.fromkeys(GUARD.findall(plotly_js().read_text(encoding="utf-8"))))


def plotly_js() -> Path:
    """The `plotly.min.js` of the installed package. Raises LookupError if there is none."""
    spec = find_spec("plotly")
    if spec is None or not spec.submodule_search_locations:
        raise LookupError("The package plotly is not installed. Run `make setup`.")
    return Path(spec.submodule_search_locations[0]) / "package_data" / "plotly.min.js"
