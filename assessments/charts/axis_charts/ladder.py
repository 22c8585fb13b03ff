"""The level as a staircase of five bars: filled as far as it is reached, dashed where it goes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from assessments.charts import palette
from assessments.charts.axis_charts.marks import Trace, axis, figure, line, words
from assessments.charts.ladder import Step, ladder
from assessments.charts.plain_figure import Part
from assessments.scoring.view import ResultView
from assessments.wording import numbers

WIDTH, HEIGHT = 720, 168
HEIGHTS = (48, 64, 80, 96, 112)
BAR = 0.97  # of the room for a step


def ladder_figure(view: ResultView) -> Part:
    """Without a level no step is filled and none is dashed."""
    steps = ladder(view)
    traces = [*_bars(steps), *_dashed(steps), *_numbers(steps)]
    layout: Trace = {
        "width": WIDTH,
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 48},
        "xaxis": axis(0.5, 5.5, range(1, 6), [step.name for step in steps], grid=False),
        "yaxis": axis(0, HEIGHTS[-1], [], [], grid=False),
    }
    return figure(traces, layout, alternative=_sentence(steps))


def _bars(steps: Sequence[Step]) -> Iterator[Trace]:
    for step in steps:
        role = "here" if step.current else "reached" if step.reached else "beyond"
        yield {
            "type": "bar",
            "x": [step.number],
            "y": [HEIGHTS[step.number - 1]],
            "width": BAR,
            "hoverinfo": "skip",
            "marker": {
                "color": palette.RAMP[step.number - 1] if step.reached else palette.PAPER,
                "line": {
                    "width": 3 if step.current else 0 if step.next else 1,
                    "color": palette.TEXT if step.current else palette.BORDER,
                },
            },
            "meta": {"role": role},
        }


def _dashed(steps: Sequence[Step]) -> Iterator[Trace]:
    """The outline of the next step; a bar of Plotly cannot be dashed."""
    for step in steps:
        if step.next:
            left, right = step.number - BAR / 2, step.number + BAR / 2
            top = HEIGHTS[step.number - 1]
            corners = ([left, left, right, right, left], [0, top, top, 0, 0])
            yield line(*corners, role="next", color=palette.BORDER, width=2, dash="4px,3px")


def _numbers(steps: Sequence[Step]) -> Iterator[Trace]:
    for step in steps:
        made = words(
            [step.number], [HEIGHTS[step.number - 1] / 2], [str(step.number)], role="value", position="middle center"
        )
        color = palette.ON_RAMP[step.number - 1] if step.reached else palette.MUTED
        yield {**made, "textfont": {"size": 20, "color": color, "weight": 600}}


def _sentence(steps: Sequence[Step]) -> str:
    here = next((step for step in steps if step.current), None)
    if here is None:
        return _("Level ladder of five steps. No level.")
    text = _("Level ladder of five steps. %(level)s, %(name)s, is reached.")
    return text % {"level": numbers.capitalised(numbers.level(here.number)), "name": here.name}
