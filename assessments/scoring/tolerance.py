"""How two numbers are compared: with a tolerance of 1e-9, so that weights such as 0.1 never flip a tie."""

from __future__ import annotations

from math import floor

EPSILON = 1e-9


def at_least(value: float, threshold: float) -> bool:
    """`value >= threshold`; it holds within the tolerance."""
    return value >= threshold - EPSILON


def above(value: float, threshold: float) -> bool:
    """`value > threshold`; within the tolerance it does not hold."""
    return value > threshold + EPSILON


def below(value: float, threshold: float) -> bool:
    """`value < threshold`; within the tolerance it does not hold."""
    return value < threshold - EPSILON


def whole(value: float) -> int:
    """The largest whole number not above `value`; 2.9999999999 counts as 3."""
    return floor(value + EPSILON)


def rank(value: float) -> float:
    """`value` as a sort key: nine decimals.

    The step over twelve decimals makes two roads to the same ratio (0.0244140625 and its neighbour one bit
    further) round to the same side.
    """
    return round(round(value, 12), 9)
