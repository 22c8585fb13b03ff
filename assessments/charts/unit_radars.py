"""Small radars side by side: the outline of each unit over the area of all units together."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.charts.axis import ScoreAxis
from assessments.charts.radar import outline
from assessments.charts.radar_labels import CENTRE, RADIUS
from assessments.charts.strips import LINE, TYPE, WIDTH
from assessments.charts.svg import drawing, element, text, wrapped
from assessments.sentences import gettext as _

EDGE = RADIUS + 8  # from the centre: the dots stand out a little
BOX = f"{CENTRE[0] - EDGE:g} {CENTRE[1] - EDGE:g} {2 * EDGE:g} {2 * EDGE:g}"
BESIDE, SIZE, MAX_LINES = 6, 122, 2  # in a file: radars in a row, the width of one, the lines of a name
HEIGHT = SIZE + LINE * (MAX_LINES + 2)


class UnitProfile(NamedTuple):
    """A unit with its index and level as text, and a score for each pillar."""

    name: str
    note: str
    scores: Sequence[float | None]


def unit_radar(unit: UnitProfile, mean: Sequence[float | None], axis: ScoreAxis) -> SafeString:
    """One radar on a page, without words: its figures are in the table of all units."""
    marks = outline(axis.shares(unit.scores), axis.shares(mean), axis)
    return element("svg", *marks, class_="chart small-radar", viewBox=BOX, aria_hidden="true")


def unit_radars_svg(units: Sequence[UnitProfile], mean: Sequence[float | None], axis: ScoreAxis) -> SafeString:
    """Radars in rows with their names, as one drawing for a file."""
    title = _("%(units)s; the shaded area is the mean of all units") % {
        "units": "; ".join([f"{unit.name} {unit.note}" for unit in units])
    }
    marks = [mark for place, unit in enumerate(units) for mark in _cell(place, unit, mean, axis)]
    return drawing("unit-radars", title, marks, WIDTH, HEIGHT * -(-len(units) // BESIDE))


def _cell(place: int, unit: UnitProfile, mean: Sequence[float | None], axis: ScoreAxis) -> Iterator[SafeString]:
    wide = WIDTH / BESIDE
    x, y = place % BESIDE * wide, place // BESIDE * HEIGHT
    marks = outline(axis.shares(unit.scores), axis.shares(mean), axis)
    scale = SIZE / (2 * EDGE)
    left, top = x + wide / 2 - CENTRE[0] * scale, y + SIZE / 2 - CENTRE[1] * scale
    yield element("g", *marks, transform=f"translate({left:.2f} {top:.2f}) scale({scale:.4f})")
    names = wrapped(unit.name, wide - 10, TYPE, lines=MAX_LINES)
    for row, words in enumerate([*names, unit.note]):
        style = {"class_": "muted", "fill": palette.MUTED} if row == len(names) else {"font_weight": "600"}
        yield text(words, x + wide / 2, y + SIZE + LINE * (row + 1), size=TYPE, text_anchor="middle", **style)
