"""Where a radar's marks stand, in the 360 × 328 units of its drawing. Figure and SVG agree because both use these."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Literal

WIDTH, HEIGHT = 360, 328
CENTRE = (180.0, 164.0)
RADIUS = 112.0
LOWEST, HIGHEST = 1.0, 5.0
HOLE = 1 / 7  # level 1 is a ring, so that 1 and "nothing" look different
LABEL_DISTANCE = RADIUS + 10

type Point = tuple[float, float]
type Anchor = Literal["start", "middle", "end"]


def angle(position: int, axes: int) -> float:
    """The clockwise angle of an axis in radians; the first axis stands at twelve o'clock."""
    return 2 * pi * position / axes


def radius(score: float) -> float:
    """How far from the centre a score of 1-5 lies: 1 at the ring, 5 at the rim."""
    share = (score - LOWEST) / (HIGHEST - LOWEST)
    return RADIUS * (HOLE + (1 - HOLE) * share)


def point(distance: float, position: int, axes: int) -> Point:
    """The point on an axis at a distance from the centre."""
    turn = angle(position, axes)
    return CENTRE[0] + distance * sin(turn), CENTRE[1] - distance * cos(turn)


def at(score: float, position: int, axes: int) -> Point:
    """The point of a score on an axis."""
    return point(radius(score), position, axes)


def label_spot(position: int, axes: int) -> tuple[float, float, Anchor]:
    """The middle of the label outside an axis, and where its lines are anchored: away from the rim."""
    turn = angle(position, axes)
    x, y = point(LABEL_DISTANCE, position, axes)
    anchor: Anchor = "middle" if abs(sin(turn)) < 0.1 else "start" if sin(turn) > 0 else "end"
    return x, y - 11 * cos(turn), anchor


def ring_spot(ring: int, axes: int) -> Point:
    """The middle of a ring's number: between the last and the first axis, just inside the ring."""
    half = pi / axes
    distance = radius(ring) * cos(half) - 6
    return CENTRE[0] - distance * sin(half), CENTRE[1] - distance * cos(half)
