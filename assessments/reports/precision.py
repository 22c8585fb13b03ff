"""Figures in files: exact, or rounded as on the page if exact ones would reveal too much. See `scoring/suppression.py`."""

from assessments.scoring.figures import Interval
from assessments.wording import numbers

SCORE = 1  # decimals of a score on the page
SHARES = 2  # decimals of a value printed in per cent


def told(value: float | None, *, coarse: bool, places: int = SCORE) -> float | None:
    """The exact value; if `coarse`, rounded as on the page."""
    return value if value is None or not coarse else float(numbers.rounded(value, places))


def ends(interval: Interval | None, *, coarse: bool, places: int = SCORE) -> tuple[float | None, float | None]:
    """Both ends, or (None, None)."""
    low, high = (None, None) if interval is None else interval
    return told(low, coarse=coarse, places=places), told(high, coarse=coarse, places=places)
