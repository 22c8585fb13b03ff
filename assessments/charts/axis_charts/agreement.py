"""Agreement of the respondents a pillar, r*wg on 0-1, strongest first, with the zone of moderate agreement shaded."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from assessments.charts import palette
from assessments.charts.axis_charts.marks import ROW, Trace, axis, figure, points, rows, words
from assessments.charts.dot_rows import ZONE
from assessments.charts.plain_figure import Part
from assessments.scoring.view import ResultView
from assessments.wording import numbers
from assessments.wording.remarks import BANDS

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 720, 160, 144, 32, 12


def agreement_figure(view: ResultView) -> Part:
    """A negative value stands at 0, and is printed as it is. Pillars without a value are left out."""
    known = [
        (pillar.agreement.r_wg_star, name, pillar.agreement.band)
        for name, pillar in view.axes
        if pillar.agreement.r_wg_star is not None
    ]
    ranked = sorted(known, key=lambda row: -row[0])
    places = list(range(len(ranked)))
    said = [f"{numbers.agreement(value)} {BANDS[band] if band else ''}".strip() for value, _name, band in ranked]
    dots = points([max(0.0, value) for value, _name, _band in ranked], places, role="current", hover=said)
    labels = words([1.06] * len(ranked), places, said)
    return figure([dots, labels], _layout([name for _value, name, _band in ranked]), alternative=_sentence(ranked))


def _layout(names: list[str]) -> Trace:
    low, high = ZONE
    ticks = [0, low, high, 1]
    return {
        "width": WIDTH,
        "height": TOP + ROW * len(names) + BOTTOM,
        "margin": {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
        "xaxis": {**axis(0, 1, ticks, [numbers.agreement(tick) for tick in ticks]), "side": "top"},
        "yaxis": rows(names),
        "shapes": [
            {
                "type": "rect",
                "layer": "below",
                "x0": low,
                "x1": high,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "fillcolor": palette.GROUND,
                "line": {"width": 0},
            }
        ],
    }


def _sentence(ranked: Sequence[tuple[float, str, object]]) -> str:
    found = numbers.listed([f"{name} {numbers.agreement(value)}" for value, name, _band in ranked])
    return _("Agreement between respondents, r*wg, from 0 to 1: %(found)s.") % {"found": found}
