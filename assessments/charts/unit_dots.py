"""All units on one axis: a dot for each, so that clusters and outliers can be seen."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.charts.axis import ScoreAxis
from assessments.charts.dots import axis_numbers
from assessments.charts.strips import SCREEN_HEIGHT, STRIP, STRIP_END, FileRow, grid, rows_svg, strip_svg
from assessments.charts.svg import Attribute, Scale, element
from assessments.sentences import ngettext
from assessments.wording import numbers

RADIUS, STEP, MOST_STACKED = 5, 6, 3  # px; of more units with the same printed score as many dots are drawn


def unit_dots(name: str, scores: Sequence[float], axis: ScoreAxis) -> SafeString:
    """The scores of one pillar, or the index, of all units; dots with the same printed score are stacked."""
    middle = SCREEN_HEIGHT / 2
    marks = [*grid(axis.percent, axis.ticks, middle, SCREEN_HEIGHT), *_dots(scores, axis.percent, middle)]
    return strip_svg(_title(name, scores), SCREEN_HEIGHT, marks)


def unit_dots_svg(rows: Sequence[tuple[str, Sequence[float], str]], axis: ScoreAxis, absent: str) -> SafeString:
    """A row of such dots for each name, with a note, as one drawing for a file; `absent` is written where there are none."""
    wide = axis.over(STRIP, STRIP_END - STRIP)
    title = "; ".join(_title(name, scores) for name, scores, _note in rows if scores)
    drawn = [
        FileRow(name, partial(_file_row, scores, axis, wide), note=note) if scores else FileRow(name, absent=absent)
        for name, scores, note in rows
    ]
    return rows_svg("units", title, axis_numbers(axis, wide, 24), drawn)


def _file_row(scores: Sequence[float], axis: ScoreAxis, wide: Scale, y: float, height: float) -> list[SafeString]:
    return [*grid(wide, axis.ticks, y, height), *_dots(scores, wide, y)]


def _dots(scores: Sequence[float], scale: Scale, middle: float) -> Iterator[SafeString]:
    style: dict[str, Attribute] = {
        "class_": "dot",
        "fill": palette.CURRENT,
        "stroke": palette.PAPER,
        "stroke_width": 1.5,
    }
    for score, count in sorted(Counter(float(numbers.rounded(score)) for score in scores).items()):
        for place in range(min(count, MOST_STACKED)):
            y = middle + (place % 2 * 2 - 1) * ((place + 1) // 2) * STEP if place else middle
            yield element("circle", cx=scale.at(score), cy=y, r=RADIUS, **style)


def _title(name: str, scores: Sequence[float]) -> str:
    return ngettext("%(name)s: %(n)d unit, %(low)s", "%(name)s: %(n)d units, from %(low)s to %(high)s", len(scores)) % {
        "name": name, "n": len(scores), "low": numbers.score(min(scores)), "high": numbers.score(max(scores))
    }  # fmt: skip
