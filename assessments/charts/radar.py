"""The profile: a radar of three or more pillars, in the same 360 × 328 units as the interactive figure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, sin

from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.charts.axis import ScoreAxis, axis_of
from assessments.charts.dots import bars_svg
from assessments.charts.radar_labels import HEIGHT, LINE_HEIGHT, WIDTH, angle, are_numbers, labels, point_of, ring_spot
from assessments.charts.svg import BASELINE, Attribute, Point, drawing, element, line, pairs, polyline, square, text
from assessments.scoring.figures import Interval
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.numbers import optional
from assessments.wording.titles import alternative, scenario_alternative

MIN_AXES = 3
TICK = 17

type Shares = Sequence[float | None]  # of the scale, 0-1, by axis


@dataclass(frozen=True)
class Sizes:
    """Font sizes in units of the drawing: larger on screen, because a phone shrinks it."""

    label: float = 14
    ring: float = 12


SCREEN_SIZES, PAPER_SIZES = Sizes(), Sizes(label=9.2, ring=8.4)


def has_radar(view: ResultView) -> bool:
    """Whether there are enough pillars for a radar; one or two are drawn as bars."""
    return len(view.axes) >= MIN_AXES


def is_numbered(view: ResultView) -> bool:
    """Whether the labels of the radar are numbers, with the names in the table."""
    return has_radar(view) and are_numbers([name for name, _pillar in view.axes])


def profile_svg(view: ResultView, sizes: Sizes = SCREEN_SIZES) -> SafeString:
    return radar_svg(view, sizes) if has_radar(view) else bars_svg(view, size=sizes.label)


def radar_svg(view: ResultView, sizes: Sizes = SCREEN_SIZES) -> SafeString:
    """The pillars in bank order, clockwise from twelve o'clock, on the bank's scale.

    Unscored axes leave a gap; the band covers only neighbouring axes that both have an interval.
    """
    axes, axis, keys = view.axes, axis_of(view.bank), [pillar.key for _name, pillar in view.axes]
    scores = axis.shares(pillar.score for _name, pillar in axes)
    marks = [
        *_grid(scores, axis),
        *_bands([pillar.interval and axis.ends(pillar.interval) for _name, pillar in axes]),
        *_ring_numbers(len(axes), axis, sizes),
        *_peers(axis.shares(view.medians.get(key) for key in keys)),
        *_previous(axis.shares(view.previous.get(key) for key in keys)),
        *_lines(scores, class_="line", stroke=palette.CURRENT, stroke_width=1.75, stroke_linejoin="round"),
        *_ticks(axis.shares(None if pillar.score is None else pillar.target for _name, pillar in axes)),
        *_dots(scores, [pillar.status == "provisional" for _name, pillar in axes]),
        *_labels([(name, optional(numbers.score, pillar.score)) for name, pillar in axes], sizes),
    ]
    return drawing("radar", alternative(axes, view.bank.scale), marks, WIDTH, HEIGHT)


def outline(scores: Shares, others: Shares, axis: ScoreAxis) -> Iterator[SafeString]:
    """The marks of a radar without labels, to be drawn small: its outline over the area of `others`, if all have a value."""
    yield from _grid(scores, axis)
    if None not in others:
        corners = pairs([spot for _place, spot in _spots(others)])
        yield element("polygon", class_="interval", points=corners, fill=palette.INTERVAL)
    yield from _lines(scores, class_="line", stroke=palette.CURRENT, stroke_width=4, stroke_linejoin="round")
    for _place, (x, y) in _spots(scores):
        yield element("circle", class_="dot", cx=x, cy=y, r=6, fill=palette.CURRENT)


def scenario_svg(now: ResultView, then: ResultView) -> SafeString:
    """The outline now and, dashed, that of a scenario, with a diamond on each axis that it would change.

    Positions are rounded as printed: exact ones of many scenarios would reveal more than their tables.
    """
    axis, printed = axis_of(now.bank), (_printed_scores(now), _printed_scores(then))
    values = [_from_to(*pair) for pair in zip(*printed, strict=True)]
    new_scores = [new if new != old else None for old, new in zip(*printed, strict=True)]
    names, before, after = [name for name, _pillar in now.axes], *map(axis.shares, printed)
    changed = axis.shares(new_scores)
    marks = [
        *_grid([new if old is None else old for old, new in zip(before, after, strict=True)], axis),
        *_ring_numbers(len(names), axis, SCREEN_SIZES),
        *_lines(after, class_="line-scenario", stroke=palette.TARGET, stroke_width=1.5, stroke_dasharray="5 3"),
        *_lines(before, class_="line", stroke=palette.CURRENT, stroke_width=1.75, stroke_linejoin="round"),
        *(element("circle", cx=x, cy=y, stroke_width=1.25, **FILLED) for _place, (x, y) in _spots(before)),
        *(_diamond(*spot) for _place, spot in _spots(changed)),
        *_labels(list(zip(names, values, strict=True)), SCREEN_SIZES),
    ]
    moved = [(name, new) for name, new in zip(names, new_scores, strict=True) if new is not None]
    return drawing("radar", scenario_alternative(now.axes, now.bank.scale, moved), marks, WIDTH, HEIGHT)


def _printed_scores(view: ResultView) -> list[float | None]:
    return [None if pillar.score is None else float(numbers.rounded(pillar.score)) for _name, pillar in view.axes]


def _from_to(before: float | None, after: float | None) -> str | None:
    """`2.9 → 3.4`, or one score if it would stay."""
    found = [numbers.score(score) for score in dict.fromkeys((before, after)) if score is not None]
    return " → ".join(found) or None


def _diamond(x: float, y: float) -> SafeString:
    corners = pairs(((x, y - 5.5), (x + 5.5, y), (x, y + 5.5), (x - 5.5, y)))
    return element(
        "polygon", class_="diamond", points=corners, fill=palette.PAPER, stroke=palette.TARGET, stroke_width=1.5
    )


def interval_runs(intervals: Sequence[Interval | None]) -> list[list[tuple[int, Interval]]]:
    """The runs of neighbouring axes around the ring that all have an interval; a single axis is no run.

    A full ring is one run that ends on the axis where it began.
    """
    count = len(intervals)
    start = next((place for place in range(count) if intervals[place] is None), 0)
    around = [(start + step) % count for step in range(count + 1)]
    runs: list[list[tuple[int, Interval]]] = []
    for before, here in pairwise(around):
        first, second = intervals[before], intervals[here]
        if first is None or second is None:
            continue
        if not runs or runs[-1][-1][0] != before:
            runs.append([(before, first)])
        runs[-1].append((here, second))
    return runs


# Marks


def _grid(scores: Shares, axis: ScoreAxis) -> Iterator[SafeString]:
    axes = len(scores)
    for ring in axis.ticks:
        name, stroke = ("axis-line", palette.BORDER) if ring == axis.ticks[-1] else ("grid-line", palette.GRID)
        corners = pairs([point_of(axis.share(ring), place, axes) for place in range(axes)])
        yield element("polygon", class_=name, points=corners, fill="none", stroke=stroke, stroke_width=0.75)
    for place, score in enumerate(scores):
        style: dict[str, Attribute] = {"class_": "grid-line", "stroke": palette.GRID, "stroke_width": 0.75}
        if score is None:
            style = {"class_": "axis-open", "stroke": palette.BORDER, "stroke_dasharray": "2 3"}
        yield line(point_of(0, place, axes), point_of(1, place, axes), **style)


def _bands(intervals: Sequence[Interval | None]) -> Iterator[SafeString]:
    for run in interval_runs(intervals):
        there = [point_of(bounds[1], place, len(intervals)) for place, bounds in run]
        back = [point_of(bounds[0], place, len(intervals)) for place, bounds in reversed(run)]
        path = " L".join([f"{round(x, 2):g} {round(y, 2):g}" for x, y in (*there, *back, there[0])])
        yield element(
            "path", class_="band", d=f"M{path}Z", fill=palette.CURRENT, fill_opacity=0.22, fill_rule="evenodd"
        )


def _ring_numbers(axes: int, axis: ScoreAxis, sizes: Sizes) -> Iterator[SafeString]:
    style = {"class_": "ring-label", "text_anchor": "middle"}
    for ring, words in axis.labels:
        x, y = ring_spot(axis.share(ring), axes)
        yield text(words, x, y + sizes.ring * 0.3, size=sizes.ring, fill=palette.MUTED, **style)


def _peers(values: Shares) -> Iterator[SafeString]:
    yield from _lines(values, class_="line-peers", stroke=palette.PEERS, stroke_width=1.5, stroke_dasharray="1.5 3")
    for _place, (x, y) in _spots(values):
        corners = pairs(((x, y - 4), (x - 4, y + 3.5), (x + 4, y + 3.5)))
        yield element("polygon", class_="triangle", points=corners, fill=palette.PEERS)


def _previous(values: Shares) -> Iterator[SafeString]:
    yield from _lines(values, class_="line-previous", stroke=palette.PREVIOUS, stroke_width=1.5, stroke_dasharray="5 3")
    for _place, (x, y) in _spots(values):
        yield square(x, y, 7, palette.PREVIOUS)


def _spots(values: Shares) -> list[tuple[int, Point]]:
    """Each axis with a value, and its point."""
    return [(place, point_of(value, place, len(values))) for place, value in enumerate(values) if value is not None]


def _lines(values: Shares, **style: Attribute) -> Iterator[SafeString]:
    """Lines through at least two neighbouring values; the outline closes if both its ends have a value."""
    run: list[Point] = []
    for place, value in [*enumerate(values), (0, values[0]), (0, None)]:
        if value is not None:
            run.append(point_of(value, place, len(values)))
            continue
        if len(run) > 1:
            yield polyline(run, **style)
        run = []


def _ticks(targets: Shares) -> Iterator[SafeString]:
    """Targets, drawn across their axis."""
    for place, (x, y) in _spots(targets):
        turn = angle(place, len(targets))
        across, along = cos(turn) * TICK / 2, sin(turn) * TICK / 2
        ends = (x - across, y - along), (x + across, y + along)
        yield line(*ends, class_="tick", stroke=palette.TARGET, stroke_width=2)


HOLLOW: Mapping[str, Attribute] = {"class_": "dot hollow", "r": 4, "fill": palette.PAPER, "stroke": palette.CURRENT}
FILLED: Mapping[str, Attribute] = {"class_": "dot", "r": 4.25, "fill": palette.CURRENT, "stroke": palette.PAPER}


def _dots(scores: Shares, provisional: Sequence[bool]) -> Iterator[SafeString]:
    for place, (x, y) in _spots(scores):
        style, width = (HOLLOW, 1.5) if provisional[place] else (FILLED, 1.25)
        yield element("circle", cx=x, cy=y, stroke_width=width, **style)


def _labels(axes: Sequence[tuple[str, str | None]], sizes: Sizes) -> Iterator[SafeString]:
    """Name and printed score outside the rim, one below the other."""
    size, step, absent = sizes.label, sizes.label * LINE_HEIGHT, _("not scored")
    found = labels([name for name, _score in axes], [score or absent for _name, score in axes])
    for (_name, score), label in zip(axes, found, strict=True):
        y = label.y - step * (len(label.name) + len(label.value) - 1) / 2 + size * BASELINE
        value = {"class_": "muted", "fill": palette.MUTED}
        if score is not None:
            value = {"class_": "value", "font_weight": "600"}
        for row, words in enumerate((*label.name, *label.value)):
            style = value if row >= len(label.name) else {}
            yield text(words, label.x, y + step * row, size=size, text_anchor=label.anchor, **style)
