"""The marks that figures on straight axes are made of, as traces; each says in `meta.role` what it is.

Words that Plotly prints are escaped here; `meta.words` keeps them as written, for the SVG.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assessments.charts import palette
from assessments.charts.plain_figure import Part, part

type Number = float | int | None
type Trace = dict[str, object]
type Span = tuple[float, float, float]  # low, high, and the row it lies in

ROW = 36
TYPE = 14
DOT, HOLLOW, SQUARE, TICK, CAP = 14, 12, 8, 22, 10


def figure(traces: Sequence[Trace], layout: Trace, *, alternative: str) -> Part:
    """A figure without legend; `alternative` stands for the drawing where it is not seen."""
    common = {
        "showlegend": False,
        "font": {"family": palette.FONT, "size": TYPE, "color": palette.TEXT},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "meta": {"alternative": alternative},
    }
    return part({"data": list(traces), "layout": {**common, **layout}})


def spans(found: Sequence[Span], *, role: str = "interval", color: str = palette.INTERVAL, width: float = 10) -> Trace:
    """Thick lines from low to high."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [end for low, high, _row in found for end in (low, high, None)],
        "y": [end for _low, _high, row in found for end in (row, row, None)],
        "connectgaps": False,
        "hoverinfo": "skip",
        "line": {"color": color, "width": width},
        "meta": {"role": role},
    }


def points(
    x: Sequence[Number],
    y: Sequence[Number],
    *,
    role: str,
    symbol: str = "circle",
    size: float = DOT,
    color: str = palette.CURRENT,
    outline: float = 2,
    hover: Sequence[str] = (),
) -> Trace:
    """Marks at points: discs, squares, triangles, or ticks (whose `outline` is their thickness)."""
    tick = symbol.startswith("line-")
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(x),
        "y": list(y),
        "cliponaxis": False,
        "hoverinfo": "text" if hover else "skip",
        "hovertext": [escape(words) for words in hover] or None,
        "marker": {
            "symbol": symbol,
            "size": size,
            "color": color,
            "line": {"width": outline, "color": color if tick else palette.PAPER},
        },
        "meta": {"role": role},
    }


def caps(found: Sequence[Span], *, color: str = palette.CURRENT) -> Trace:
    """The ends of intervals, where they are exactly."""
    x = [end for low, high, _row in found for end in (low, high)]
    y = [row for _low, _high, row in found for _end in (0, 1)]
    return points(x, y, role="cap", symbol="line-ns-open", size=CAP, color=color, outline=1.5)


def words(
    x: Sequence[float],
    y: Sequence[float],
    text: Sequence[str],
    *,
    role: str = "label",
    position: str = "middle right",
    size: float = TYPE,
) -> Trace:
    """Text beside points; `value` is bold and `muted` quiet."""
    color = palette.MUTED if role == "muted" else palette.TEXT
    return {
        "type": "scatter",
        "mode": "text",
        "x": list(x),
        "y": list(y),
        "text": [escape(word) for word in text],
        "textposition": position,
        "cliponaxis": False,
        "hoverinfo": "skip",
        "textfont": {"size": size, "color": color, "weight": 600 if role == "value" else 400},
        "meta": {"role": role, "words": list(text)},
    }


def line(
    x: Sequence[Number], y: Sequence[Number], *, role: str, color: str, width: float, dash: str = "solid"
) -> Trace:
    """A line through points, open where one is missing."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(x),
        "y": list(y),
        "connectgaps": False,
        "cliponaxis": False,
        "hoverinfo": "skip",
        "line": {"color": color, "width": width, "dash": dash},
        "meta": {"role": role},
    }


def axis(low: float, high: float, ticks: Sequence[float], labels: Sequence[str], *, grid: bool = True) -> Trace:
    """A straight axis with a fixed range and the labels as given."""
    return {
        "range": [low, high],
        "tickmode": "array",
        "tickvals": list(ticks),
        "ticktext": [escape(label) for label in labels],
        "showgrid": grid,
        "gridcolor": palette.GRID,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "fixedrange": True,
        "tickfont": {"size": TYPE, "color": palette.MUTED},
    }


def rows(names: Sequence[str]) -> Trace:
    """A vertical axis of rows, the first on top, a name each."""
    made = axis(len(names) - 0.5, -0.5, range(len(names)), names)
    return {**made, "tickfont": {"size": TYPE, "color": palette.TEXT}}
