"""What changed since the previous round: a line a pillar from then to now; what is not real is drawn quiet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from assessments.charts import palette
from assessments.charts.axis_charts.marks import Trace, axis, figure, line, points, words
from assessments.charts.plain_figure import Part
from assessments.scoring.bank import LEVELS, Bank
from assessments.scoring.change import Comparison
from assessments.wording import numbers

WIDTH, HEIGHT = 360, 312
LEFT, RIGHT, TOP, BOTTOM = 52, 160, 12, 20
UNIT = 70  # of height, one level
APART = 16 / UNIT  # labels stand this far apart, in levels
LABELS_AT = 1.11
LONGEST_ROUND = 18  # letters below a column: more of them would run into each other


@dataclass(frozen=True)
class Leg:
    """One pillar on its way from one round to the next, on 1-5."""

    name: str
    before: float
    after: float
    delta: float
    real: bool


def legs(bank: Bank, comparison: Comparison) -> list[Leg]:
    """The pillars that both assessments can share, in bank order."""
    names = {pillar.key: pillar.short or pillar.name for pillar in bank.pillars}
    return [
        Leg(names[change.key], change.before, change.after, change.delta or 0.0, bool(change.real))
        for change in comparison.pillars
        if change.key in names and change.key is not None and change.before is not None and change.after is not None
    ]


def slope_figure(bank: Bank, comparison: Comparison, assessments: tuple[str, str]) -> Part:
    """`rounds` are the names of the earlier and the later one."""
    found = legs(bank, comparison)
    traces = [*_lines(found), *_ends(found), *_labels(found)]
    return figure(traces, _layout(assessments), alternative=_sentence(found, assessments))


def _lines(found: Sequence[Leg]) -> Iterator[Trace]:
    for leg in sorted(found, key=lambda leg: leg.real):  # real ones lie on top
        style = (palette.CURRENT, 2, "solid") if leg.real else (palette.BORDER, 1, "4px,3px")
        color, width, dash = style
        role = "real" if leg.real else "steady"
        yield line([0, 1], [leg.before, leg.after], role=role, color=color, width=width, dash=dash)


def _ends(found: Sequence[Leg]) -> Iterator[Trace]:
    before, after = [leg.before for leg in found], [leg.after for leg in found]
    yield points([0] * len(found), before, role="previous", symbol="square", size=7, color=palette.PREVIOUS)
    yield points([1] * len(found), after, role="current", size=8.5, outline=1.25, hover=[label(leg) for leg in found])


def label(leg: Leg) -> str:
    """`3.8 Vision +0.4`; without the difference where it is not real."""
    text = f"{numbers.score(leg.after)} {leg.name}"
    return f"{text} {numbers.signed(leg.delta)}" if leg.real else text


def _labels(found: Sequence[Leg]) -> Iterator[Trace]:
    heights = spread([leg.after for leg in found])
    for leg, height in zip(found, heights, strict=True):
        if abs(height - leg.after) > 0.03:
            ends = [1.03, LABELS_AT]
            yield line(ends, [leg.after, height], role="leader", color=palette.GRID, width=0.75)
    for role in ("value", "muted"):
        chosen = [place for place, leg in enumerate(found) if leg.real == (role == "value")]
        if chosen:
            texts = [label(found[place]) for place in chosen]
            yield words([LABELS_AT] * len(chosen), [heights[place] for place in chosen], texts, role=role, size=12)


def spread(values: Sequence[float]) -> list[float]:
    """Heights at least `APART` from each other, as near to the values as merged blocks around their mean allow."""
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
    middle = sum(values[place] for place in block) / len(block)
    return middle - APART * (len(block) - 1) / 2


def _end(values: Sequence[float], block: Sequence[int]) -> float:
    return _start(values, block) + APART * (len(block) - 1)


def _layout(assessments: tuple[str, str]) -> Trace:
    columns = axis(0, 1, [0, 1], [Truncator(name).chars(LONGEST_ROUND) for name in assessments], grid=True)
    scale = axis(1, 5, LEVELS, [str(level) for level in LEVELS])
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "margin": {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
        "xaxis": {**columns, "tickfont": {"size": 12, "color": palette.MUTED}},
        "yaxis": {**scale, "tickfont": {"size": 12, "color": palette.MUTED}},
    }


def _sentence(found: Sequence[Leg], assessments: tuple[str, str]) -> str:
    parts = [
        _("%(pillar)s from %(before)s to %(after)s")
        % {"pillar": leg.name, "before": numbers.score(leg.before), "after": numbers.score(leg.after)}
        for leg in found
    ]
    facts = {"before": assessments[0], "after": assessments[1], "found": numbers.listed(parts)}
    return _("Scores on an axis from 1 to 5, %(before)s and %(after)s: %(found)s.") % facts
