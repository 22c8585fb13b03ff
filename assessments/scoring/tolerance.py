"""Compare and round numbers with a tolerance of 1e-9, so that weights such as 0.1 never flip a tie."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

EPSILON = 1e-9
DECIMALS = 9  # that count when ratios are sorted


def at_least(value: float, threshold: float) -> bool:
    """`value >= threshold`; true within the tolerance."""
    return value >= threshold - EPSILON


def above(value: float, threshold: float) -> bool:
    """`value > threshold`; false within the tolerance."""
    return value > threshold + EPSILON


def below(value: float, threshold: float) -> bool:
    """`value < threshold`; false within the tolerance."""
    return value < threshold - EPSILON


def whole(value: float) -> int:
    """The largest whole number not above `value`; 2.9999999999 counts as 3."""
    return floor(value + EPSILON)


def rank(value: float, exact: Callable[[], Fraction]) -> float:
    """`value` as a sort key with nine decimals.

    Two computations of one ratio may differ in their last bits and round to different sides of a half. `exact` is
    called only if a double is too close to a half to tell; it costs a hundred times as much.
    """
    place = abs(value) * 10**DECIMALS
    doubt = 1e-6 + 1e-14 * place
    return round(value, DECIMALS) if abs(place % 1 - 0.5) > doubt else float(round(exact(), DECIMALS))


def rounded(value: float, places: int = 1) -> Decimal:
    """`value` as printed, to `places` decimals, half up; binary noise below 1e-9 does not tip a half.

    For figures that may reveal no more than what is printed. Scores are never rounded.
    """
    return Decimal(repr(round(value, DECIMALS))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def as_written(number: float) -> Fraction:
    """The decimal that a person wrote: 0.1 is one tenth, which no double is."""
    return Fraction(repr(number))
