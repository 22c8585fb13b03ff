"""How two numbers are compared, and how one is rounded: with a tolerance of 1e-9, so that weights such as 0.1 never flip
a tie."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

EPSILON = 1e-9
DECIMALS = 9  # that count when ratios are put in order
LOWEST, HIGHEST = 1.0, 5.0


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


def on_scale(value: float) -> float:
    """A mean of answers on 1-5 leaves that scale by a rounded last bit alone; this brings it back."""
    return min(HIGHEST, max(LOWEST, value))


def rank(value: float, exact: Callable[[], Fraction]) -> float:
    """`value` as a sort key: nine decimals.

    Two roads to one ratio may differ in their last bits and so fall to two sides of a half. Only so near to a half
    that a double cannot tell, `exact` is asked; it costs a hundred times as much.
    """
    place = abs(value) * 10**DECIMALS
    doubt = 1e-6 + 1e-14 * place
    return round(value, DECIMALS) if abs(place % 1 - 0.5) > doubt else float(round(exact(), DECIMALS))


def rounded(value: float, places: int = 1) -> Decimal:
    """`value` as it is printed, to `places` decimals, half up; binary noise below 1e-9 does not tip a half.

    For figures that may tell no more than what is printed. Nothing that is scored is rounded.
    """
    return Decimal(repr(round(value, DECIMALS))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def as_written(number: float) -> Fraction:
    """The decimal that a person wrote: 0.1 is one tenth, which no double is."""
    return Fraction(repr(number))
