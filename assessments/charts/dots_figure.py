"""The profile of one or two pillars, too few for a radar: ranked dots on a straight axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from assessments.charts import geometry, palette
from assessments.charts.axes import Axis, axes_of, datum, meta
from assessments.charts.words.profile import hover
from assessments.scoring.bank import Bank
from assessments.scoring.figures import Result

if TYPE_CHECKING:
    from plotly.graph_objects import Figure, Scatter


def dots_figure(bank: Bank, result: Result) -> Figure:
    """The scored pillars as dots on 1-5, highest first, with interval and target."""
    from plotly.graph_objects import Figure

    scored = [(axis, axis[1].score) for axis in axes_of(bank, result) if axis[1].score is not None]
    ranked = [axis for axis, _score in sorted(scored, key=lambda pair: -pair[1])]
    figure = Figure(data=[*_targets(ranked), _dots(ranked)], layout=_layout(ranked))
    figure.layout.template = None
    return figure


def _dots(ranked: Sequence[Axis]) -> Scatter:
    from plotly.graph_objects import Scatter

    return Scatter(
        x=[pillar.score for _name, pillar in ranked],
        y=[pillar.key for _name, pillar in ranked],
        customdata=[datum(pillar) for _name, pillar in ranked],
        hovertext=[escape(hover(*axis)) for axis in ranked],
        hoverinfo="text",
        mode="markers",
        error_x=_reach(ranked),
        marker={"size": 14, "color": palette.CURRENT, "line": {"width": 2, "color": palette.PAPER}},
        meta={"role": "current"},
    )


def _reach(ranked: Sequence[Axis]) -> dict[str, object]:
    ends = [(pillar.score, *(pillar.interval or (pillar.score, pillar.score))) for _name, pillar in ranked]
    return {
        "type": "data",
        "symmetric": False,
        "array": [high - score for score, _low, high in ends if score is not None and high is not None],
        "arrayminus": [score - low for score, low, _high in ends if score is not None and low is not None],
        "color": palette.CURRENT,
        "thickness": 1.5,
    }


def _targets(ranked: Sequence[Axis]) -> Iterator[Scatter]:
    from plotly.graph_objects import Scatter

    given = [pillar for _name, pillar in ranked if pillar.target is not None]
    if given:
        yield Scatter(
            x=[pillar.target for pillar in given],
            y=[pillar.key for pillar in given],
            mode="markers",
            hoverinfo="skip",
            marker={"symbol": "line-ns-open", "size": 22, "color": palette.TARGET, "line": {"width": 3}},
            meta={"role": "target"},
        )


def _layout(ranked: Sequence[Axis]) -> dict[str, object]:
    keys = [pillar.key for _name, pillar in ranked]
    names = [escape(name) for name, _pillar in ranked]
    return {
        "showlegend": False,
        "meta": meta(ranked),
        "xaxis": {"range": [geometry.LOWEST, geometry.HIGHEST], "tickvals": [1, 2, 3, 4, 5], "gridcolor": palette.GRID},
        "yaxis": {"type": "category", "autorange": "reversed", "tickvals": keys, "ticktext": names},
    }
