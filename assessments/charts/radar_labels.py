"""The words of the Plotly radar as annotations: its own tick labels can neither stand here nor set the score apart.

Each line is an annotation of its own whose `name` says what it is: `label`, `value`, `absent` or `ring`. Bold by markup
would write an inline style, which a strict content security policy refuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from django.utils.translation import gettext as _

from assessments.charts import palette, radar_geometry
from assessments.scoring.view import Axis
from assessments.wording import numbers
from assessments.wording.axes import label_lines

LABEL, RING = 14, 12
STEP = 1.12  # from line to line, in heights of the type

type Annotation = dict[str, object]
type Line = tuple[str, str]  # name of the annotation, text

ACROSS = 2 * radar_geometry.RADIUS
ANCHORS = {"start": "left", "middle": "center", "end": "right"}


def radar_words(axes: Sequence[Axis]) -> list[Annotation]:
    """Names, scores and ring numbers of a radar."""
    rings = [_ring(ring, len(axes)) for ring in (1, 2, 3, 4, 5)]
    return [*rings, *(line for place, axis in enumerate(axes) for line in _label(place, axis, len(axes)))]


def _label(place: int, axis: Axis, axes: int) -> Iterator[Annotation]:
    name, pillar = axis
    lines: list[Line] = [("label", line) for line in label_lines(name, place, axes)]
    score = pillar.score
    lines.append(("absent", _("not scored")) if score is None else ("value", numbers.score(score)))
    x, y, anchor = radar_geometry.label_spot(place, axes)
    for row, (kind, words) in enumerate(lines):
        shift = ((len(lines) - 1) / 2 - row) * LABEL * STEP
        weight = 600 if kind == "value" else 400
        yield _annotation(kind, words, x, y, yshift=shift, xanchor=ANCHORS[anchor], font=_font(kind, weight))


def _ring(ring: int, axes: int) -> Annotation:
    x, y = radar_geometry.ring_spot(ring, axes)
    return _annotation("ring", str(ring), x, y, font={"size": RING, "color": palette.MUTED})


def _font(kind: str, weight: int) -> dict[str, object]:
    return {"size": LABEL, "color": palette.MUTED if kind == "absent" else palette.TEXT, "weight": weight}


def _annotation(kind: str, words: str, x: float, y: float, **fields: object) -> Annotation:
    """Text at a point of the drawing; Plotly's paper is the square around the rim, with y upwards."""
    left, top = radar_geometry.CENTRE[0] - radar_geometry.RADIUS, radar_geometry.CENTRE[1] - radar_geometry.RADIUS
    return {
        "name": kind,
        "text": escape(words),
        "x": (x - left) / ACROSS,
        "y": 1 - (y - top) / ACROSS,
        "xref": "paper",
        "yref": "paper",
        "yanchor": "middle",
        "showarrow": False,
        "borderpad": 0,
        **fields,
    }
