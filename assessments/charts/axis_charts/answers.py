"""The answers of one question without names: people a level, the median answer, the spread, and functions of three."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.charts import palette
from assessments.charts.axis_charts.marks import Trace, axis, figure, points, spans, words
from assessments.charts.plain_figure import Part
from assessments.scoring.disclosure import Counts
from assessments.scoring.figures import QuestionResult
from assessments.wording import numbers

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 360, 130, 16, 20, 28
TALLEST, ROW = 60, 24  # px of the highest column, and of each row under the columns
BAR = 0.8


@dataclass(frozen=True)
class Spread:
    """What may be shown of one question: counts a level, mean of each function where every one has three people."""

    name: str
    counts: Counts
    figures: QuestionResult
    functions: Mapping[str, float] = field(default_factory=dict)


def answers_figure(spread: Spread) -> Part:
    """Columns above the axis; under it the mean with its deviation, the median answer, and the functions."""
    under = 1 + len(spread.functions)
    unit = max(spread.counts) / TALLEST  # people a px, so that rows under the axis have a height
    depth = under * ROW * unit
    traces = [*_columns(spread), *_middle(spread, -ROW / 2 * unit), *_functions(spread, unit)]
    layout: Trace = {
        "width": WIDTH,
        "height": TOP + TALLEST + under * ROW + BOTTOM,
        "margin": {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
        "xaxis": axis(0.5, 5.5, range(1, 6), [str(level) for level in range(1, 6)], grid=False),
        "yaxis": {**axis(-depth, max(spread.counts), *_names(spread, unit), grid=False), "tickfont": {"size": 12}},
    }
    return figure(traces, layout, alternative=sentence(spread))


def _columns(spread: Spread) -> Iterator[Trace]:
    levels = [level for level, count in enumerate(spread.counts, start=1) if count]
    counts = [count for count in spread.counts if count]
    yield {
        "type": "bar",
        "x": levels,
        "y": counts,
        "width": BAR,
        "hoverinfo": "skip",
        "marker": {"color": palette.CURRENT, "line": {"width": 0, "color": palette.CURRENT}},
        "meta": {"role": "column"},
    }
    yield words(levels, counts, [str(count) for count in counts], role="value", position="top center", size=12)


def _middle(spread: Spread, row: float) -> Iterator[Trace]:
    mean, off, median = spread.figures.mean, spread.figures.disagreement, spread.figures.low_median
    if mean is None or median is None:
        return
    if off:
        yield spans([(max(1.0, mean - off), min(5.0, mean + off), row)], role="spread")
    yield points([median], [row], role="median", symbol="line-ns-open", size=16, color=palette.TARGET, outline=3)
    yield points([mean], [row], role="mean", size=10)


def _functions(spread: Spread, unit: float) -> Iterator[Trace]:
    if spread.functions:
        rows = [_row(place, unit) for place in range(1, 1 + len(spread.functions))]
        yield points(
            list(spread.functions.values()), rows, role="function", symbol="square", size=8, color=palette.MUTED
        )


def _row(place: int, unit: float) -> float:
    return -(place + 0.5) * ROW * unit


def _names(spread: Spread, unit: float) -> tuple[list[float], list[str]]:
    names = [_("Mean, median"), *spread.functions]
    return [_row(place, unit) for place in range(len(names))], names


def sentence(spread: Spread) -> str:
    """The drawing for those who do not see it."""
    facts = {
        "question": spread.name,
        "counts": numbers.listed([str(count) for count in spread.counts]),
        "median": spread.figures.low_median,
    }
    return _("%(question)s: people at level 1 to 5: %(counts)s. The median answer is level %(median)s.") % facts
