"""The change since the previous round: a line per pillar from then to now; unclear changes are drawn muted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.text import Truncator

from assessments.charts import palette
from assessments.charts.axis import ScoreAxis, axis_of
from assessments.charts.svg import BASELINE, Attribute, disc, drawing, element, line, polyline, square, text
from assessments.scoring.bank import Bank
from assessments.scoring.change import Comparison
from assessments.sentences import gettext as _
from assessments.wording import numbers

WIDTH, HEIGHT = 360, 312
LEFT, RIGHT, TOP, BOTTOM = 52, 200, 12, 292  # bounds of the area between both columns
APART = 16 / (BOTTOM - TOP)  # minimum distance of labels, as a share of the axis
MOVED = 0.0075  # of the axis: a label that moved further gets a line to its leg
LABELS, LEADER = 0.11, 0.03  # distance from the later column, in widths of the area
TYPE, REACH = 12, 12  # font size, and how wide a line is to a pointer
MAX_NAME = 18  # letters below a column: longer names would overlap


@dataclass(frozen=True)
class Leg:
    """One pillar's change from one assessment to the next; `ends` are both scores as shares of the axis."""

    key: str
    name: str
    before: float
    after: float
    delta: float
    real: bool
    ends: tuple[float, float]


def legs(bank: Bank, comparison: Comparison) -> list[Leg]:
    """The pillars that can be compared in both assessments, in bank order."""
    names, axis = {pillar.key: pillar.short or pillar.name for pillar in bank.pillars}, axis_of(bank)
    return [
        Leg(
            change.key,
            names[change.key],
            change.before,
            change.after,
            change.delta or 0.0,
            bool(change.real),
            axis.ends((change.before, change.after)),
        )
        for change in comparison.pillars
        if change.key in names and change.key is not None and change.before is not None and change.after is not None
    ]


def slope_svg(
    bank: Bank, comparison: Comparison, assessments: tuple[str, str], *, link: str | None = None
) -> SafeString:
    """The slope chart; `assessments` are the names of the earlier and the later one.

    With `link`, the address of a result's figures, each pillar is a link to its explanation there.
    """
    pillars, axis = legs(bank, comparison), axis_of(bank)
    labels = [_label(leg, height) if link is None else _linked(leg, height, link) for leg, height in _placed(pillars)]
    marks = [*_grid(axis), *_lines(pillars), *_ends(pillars), *_leaders(pillars), *labels, *_ticks(axis, assessments)]
    role = "img" if link is None else "group"
    return drawing("slope", _sentence(bank, pillars, assessments), marks, WIDTH, HEIGHT, role=role)


def _y(share: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * share


def _x(share: float) -> float:
    """0 is the earlier column, 1 the later one."""
    return LEFT + (RIGHT - LEFT) * share


def _grid(axis: ScoreAxis) -> Iterator[SafeString]:
    style = {"class_": "grid-line", "stroke": palette.GRID}
    for x in (LEFT, RIGHT):
        yield line((x, TOP), (x, BOTTOM), **style)
    for y in map(_y, map(axis.share, axis.ticks)):
        yield line((LEFT, y), (RIGHT, y), **style)


def _lines(pillars: Sequence[Leg]) -> Iterator[SafeString]:
    real: dict[str, Attribute] = {"class_": "line", "stroke": palette.CURRENT, "stroke_width": 2}
    steady: dict[str, Attribute] = {
        "class_": "axis-line", "stroke": palette.BORDER, "stroke_width": 1, "stroke_dasharray": "4 3",
    }  # fmt: skip
    for leg in sorted(pillars, key=lambda leg: leg.real):  # real ones on top
        yield polyline([(LEFT, _y(leg.ends[0])), (RIGHT, _y(leg.ends[1]))], **(real if leg.real else steady))


def _ends(pillars: Sequence[Leg]) -> Iterator[SafeString]:
    for leg in pillars:
        yield square(LEFT, _y(leg.ends[0]), 7, palette.PREVIOUS)
    for leg in pillars:
        yield disc(RIGHT, _y(leg.ends[1]), 4.25, outline=1.25)


def label(leg: Leg) -> str:
    """`3.8 Vision +0.4`; without the difference if it is not real."""
    words = f"{numbers.score(leg.after)} {leg.name}"
    return f"{words} {numbers.difference(leg.before, leg.after)}" if leg.real else words


def _placed(pillars: Sequence[Leg]) -> list[tuple[Leg, float]]:
    """Each leg and the height of its label, from top to bottom."""
    heights = spread([leg.ends[1] for leg in pillars])
    return sorted(zip(pillars, heights, strict=True), key=lambda pair: -pair[1])


def _leaders(pillars: Sequence[Leg]) -> Iterator[SafeString]:
    """Lines from the ends of the legs to labels that had to move."""
    for leg, height in _placed(pillars):
        if abs(height - leg.ends[1]) > MOVED:
            ends = [(_x(1 + LEADER), _y(leg.ends[1])), (_x(1 + LABELS), _y(height))]
            yield polyline(ends, class_="grid-line", stroke=palette.GRID, stroke_width=0.75)


def _label(leg: Leg, height: float) -> SafeString:
    style: dict[str, Attribute] = {"class_": "value", "font_weight": 600} if leg.real else {"class_": "muted"}
    fill = palette.TEXT if leg.real else palette.MUTED
    x, y = _x(1 + LABELS) + 4, _y(height) + TYPE * BASELINE
    return text(label(leg), x, y, size=TYPE, fill=fill, text_anchor="start", **style)


def _linked(leg: Leg, height: float, link: str) -> SafeString:
    """The label as a link, with the line itself as part of what can be pointed at."""
    ends = [(LEFT, _y(leg.ends[0])), (RIGHT, _y(leg.ends[1])), (_x(1 + LABELS), _y(height))]
    params = {"leg": label(leg), "before": numbers.score(leg.before), "after": numbers.score(leg.after)}
    words = element("title", _("%(leg)s: from %(before)s to %(after)s") % params)
    reach = polyline(ends, class_="reach", stroke="none", stroke_width=REACH, pointer_events="stroke")
    return element("a", words, reach, _label(leg, height), href=f"{link}#explain-{leg.key}")


def spread(values: Sequence[float]) -> list[float]:
    """Heights at least `APART` from each other, as close to the values as merged blocks around their mean allow."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    blocks: list[list[int]] = []
    for place in order:
        blocks.append([place])
        while len(blocks) > 1 and _start(values, blocks[-1]) - _end(values, blocks[-2]) < APART - 1e-9:
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    placed = list(values)
    for block in blocks:
        for step, place in enumerate(block):
            placed[place] = _start(values, block) + step * APART
    return placed


def _start(values: Sequence[float], block: Sequence[int]) -> float:
    return sum(values[place] for place in block) / len(block) - APART * (len(block) - 1) / 2


def _end(values: Sequence[float], block: Sequence[int]) -> float:
    return _start(values, block) + APART * (len(block) - 1)


def _ticks(axis: ScoreAxis, assessments: tuple[str, str]) -> Iterator[SafeString]:
    style = {"fill": palette.MUTED, "class_": "muted"}
    for x, name in zip((LEFT, RIGHT), assessments, strict=True):
        words = Truncator(name).chars(MAX_NAME)
        yield text(words, x, BOTTOM + TYPE + 4, size=TYPE, text_anchor="middle", **style)
    for tick, words in axis.labels:
        yield text(words, LEFT - 14, _y(axis.share(tick)) + TYPE * BASELINE, size=TYPE, text_anchor="end", **style)


def _sentence(bank: Bank, pillars: Sequence[Leg], assessments: tuple[str, str]) -> str:
    parts = [
        _("%(pillar)s from %(before)s to %(after)s")
        % {"pillar": leg.name, "before": numbers.score(leg.before), "after": numbers.score(leg.after)}
        for leg in pillars
    ]
    names = {"before": assessments[0], "after": assessments[1], "found": numbers.listed(parts)}
    names["scale"] = numbers.ends(bank.scale)
    return _("Scores on an axis from %(scale)s, %(before)s and %(after)s: %(found)s.") % names
