"""How exactly a figure may leave the product.

A pillar's score is a mean over its questions. Where one of them is hidden, an exact score gives it away: what the others
carry can be taken off. Such a pillar's figures, and the index's, carry what the page shows and no more.
"""

from __future__ import annotations

from collections.abc import Collection

from assessments.charts import numbers
from assessments.scoring.figures import Interval, Result
from assessments.scoring.withheld import has_hidden

SCORE, AGREEMENT, SHARES = 1, 2, 2  # decimals on the page; shares are printed in per cent


def hiding(result: Result, means: Collection[str]) -> frozenset[str]:
    """The pillars with an answered question whose mean may not be shown."""
    return frozenset(pillar.key for pillar in result.pillars if has_hidden(pillar, means))


def told(value: float | None, *, coarse: bool, places: int = SCORE) -> float | None:
    """The value itself, or as the page shows it."""
    return value if value is None or not coarse else float(numbers.rounded(value, places))


def ends(interval: Interval | None, *, coarse: bool, places: int = SCORE) -> tuple[float | None, float | None]:
    """Both ends, or two times nothing."""
    low, high = (None, None) if interval is None else interval
    return told(low, coarse=coarse, places=places), told(high, coarse=coarse, places=places)
