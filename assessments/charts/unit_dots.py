"""All units on one axis: a dot for each, so that clusters and outliers can be seen."""

from collections import Counter
from collections.abc import Sequence

from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.charts.axis import ScoreAxis
from assessments.charts.strips import SCREEN_HEIGHT, grid, strip_svg
from assessments.charts.svg import element
from assessments.sentences import ngettext
from assessments.wording import numbers

RADIUS, STEP, MOST_STACKED = 5, 6, 3  # px; more dots with the same printed score lie on one another


def unit_dots(name: str, scores: Sequence[float], axis: ScoreAxis) -> SafeString:
    """The scores of one pillar, or the index, of all units; dots with the same printed score are stacked."""
    middle, stacked = SCREEN_HEIGHT / 2, Counter[str]()
    marks = grid(axis.percent, axis.ticks, middle, SCREEN_HEIGHT)
    for score in sorted(scores):
        place = min(stacked[numbers.score(score)], MOST_STACKED - 1)
        stacked[numbers.score(score)] += 1
        y = middle + (place % 2 * 2 - 1) * ((place + 1) // 2) * STEP if place else middle
        style = {"class_": "dot", "fill": palette.CURRENT, "stroke": palette.PAPER}
        marks.append(element("circle", cx=axis.percent.at(score), cy=y, r=RADIUS, stroke_width=1.5, **style))
    title = ngettext(
        "%(name)s: %(n)d unit, %(low)s", "%(name)s: %(n)d units, from %(low)s to %(high)s", len(scores)
    ) % {"name": name, "n": len(scores), "low": numbers.score(min(scores)), "high": numbers.score(max(scores))}
    return strip_svg(title, SCREEN_HEIGHT, marks)
