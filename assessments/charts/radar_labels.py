"""Where things are in a radar of 360 × 328 units, and the labels around its rim: names, or numbers if they have no room."""

from collections.abc import Sequence
from itertools import combinations
from math import cos, pi, sin
from typing import Literal, NamedTuple

from assessments.charts.svg import Point, width_of

WIDTH, HEIGHT = 360, 328
CENTRE, RADIUS = (180.0, 164.0), 112.0
HOLE = 1 / 7  # the lowest score is a ring, so that it and "nothing" look different
LABEL_DISTANCE = RADIUS + 10
MAX_NAMES, MAX_LETTERS = 12, 16  # with more pillars, labels are numbers; longer names take two lines
SIZE, LINE_HEIGHT = 14, 1.12  # of a label, in units, and relative to it
EDGE = 2  # units that a letter may stand out of the drawing

type TextAnchor = Literal["start", "middle", "end"]


class Label(NamedTuple):
    """The label of an axis: its lines, the centre of the block that they and a value make, and their anchor."""

    name: list[str]
    value: list[str]
    x: float
    y: float
    anchor: TextAnchor


def angle(place: int, axes: int) -> float:
    """The clockwise angle of an axis in radians; the first axis is at twelve o'clock."""
    return 2 * pi * place / axes


def radius(share: float) -> float:
    """The distance from the centre of a score, given as its share of the scale: 0 is the innermost ring, 1 the rim."""
    return RADIUS * (HOLE + (1 - HOLE) * share)


def point(distance: float, place: int, axes: int) -> Point:
    """The point on an axis at a distance from the centre."""
    turn = angle(place, axes)
    return CENTRE[0] + distance * sin(turn), CENTRE[1] - distance * cos(turn)


def point_of(share: float, place: int, axes: int) -> Point:
    """The point of a score, given as its share of the scale, on an axis."""
    return point(radius(share), place, axes)


def ring_spot(share: float, axes: int) -> Point:
    """The position of a ring's number: between the last and the first axis, just inside the ring."""
    half = pi / axes
    distance = radius(share) * cos(half) - 6
    return CENTRE[0] - distance * sin(half), CENTRE[1] - distance * cos(half)


def label_spot(place: int, axes: int) -> tuple[float, float, TextAnchor]:
    """The centre of the label outside an axis, and the text anchor of its lines: away from the rim."""
    turn = angle(place, axes)
    x, y = point(LABEL_DISTANCE, place, axes)
    anchor: TextAnchor = "middle" if abs(sin(turn)) < 0.1 else "start" if sin(turn) > 0 else "end"
    return x, y - 11 * cos(turn), anchor


def label_lines(name: str, place: int, axes: int) -> list[str]:
    """A name on one line, or two if it is long; only its number if there are more than twelve axes."""
    if axes > MAX_NAMES:
        return [str(place + 1)]
    if len(name) <= MAX_LETTERS:
        return [name]
    return in_two(name)


def in_two(words: str) -> list[str]:
    """Words on two lines, as equal as possible; a single word on one."""
    breaks = [position for position, sign in enumerate(words) if sign == " "]
    if not breaks:
        return [words]
    middle = min(breaks, key=lambda position: abs(position - len(words) / 2))
    return [words[:middle], words[middle + 1 :]]


def are_numbers(names: Sequence[str]) -> bool:
    """Whether the labels are numbers: there are more than twelve, or a name would be cut off or run into another."""
    if len(names) > MAX_NAMES:
        return True
    found = [_label(name, "0.0", place, len(names)) for place, name in enumerate(names)]
    boxes = [_box(label) for label in found]
    return any(left < -EDGE or right > WIDTH + EDGE for left, right, _top, _bottom in boxes) or any(
        _meet(one, other) for one, other in combinations(boxes, 2)
    )


def labels(names: Sequence[str], values: Sequence[str]) -> list[Label]:
    """The label of each axis. Numbered axes have no value: the table has it, as it has the name."""
    if are_numbers(names):
        spots = [label_spot(place, len(names)) for place in range(len(names))]
        return [Label([str(number)], [], *spot) for number, spot in enumerate(spots, start=1)]
    pairs = zip(names, values, strict=True)
    return [_label(name, value, place, len(names)) for place, (name, value) in enumerate(pairs)]


def _label(name: str, value: str, place: int, axes: int) -> Label:
    x, y, anchor = label_spot(place, axes)
    room = WIDTH - x if anchor == "start" else x
    lines = [value] if width_of(value, SIZE) <= room else in_two(value)
    return Label(label_lines(name, place, axes), lines, x, y, anchor)


type Box = tuple[float, float, float, float]  # left, right, top, bottom


def _box(label: Label) -> Box:
    wide = max(width_of(line, SIZE) for line in (*label.name, *label.value))
    left = label.x - {"start": 0, "middle": wide / 2, "end": wide}[label.anchor]
    tall = SIZE * LINE_HEIGHT * (len(label.name) + len(label.value))
    return left, left + wide, label.y - tall / 2, label.y + tall / 2


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
