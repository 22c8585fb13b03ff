"""How exactly a figure may leave the product, in a drawing as in a file.

A pillar's score is a mean over its questions. Where one of them is hidden, an exact score gives it away: what the others
carry can be taken off. Such a pillar's figures, and the index's, carry what the page prints and no more.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from assessments.charts import numbers
from assessments.scoring.change import Change, Comparison
from assessments.scoring.figures import Interval, Overall, PillarResult, Result
from assessments.scoring.withheld import has_hidden

SCORE, AGREEMENT = 1, 2  # decimals on the page


def hiding(result: Result, means: Collection[str]) -> frozenset[str]:
    """The pillars with an answered question whose mean may not be shown."""
    return frozenset(pillar.key for pillar in result.pillars if has_hidden(pillar, means))


def as_printed(result: Result, means: Collection[str]) -> Result:
    """The same result; pillars in `hiding`, and then the index as well, as they are printed.

    Coverage and level stay exact: they follow from who answered, and from what is printed beside them.
    """
    coarse = hiding(result, means)
    if not coarse:
        return result
    pillars = tuple(_pillar(row) if row.key in coarse else row for row in result.pillars)
    return replace(result, pillars=pillars, overall=_overall(result.overall))


def _pillar(row: PillarResult) -> PillarResult:
    return replace(
        row,
        score=_one(row.score),
        score_100=_of_hundred(row.score),
        interval=_both(row.interval),
        bounds=_both(row.bounds),
        gap=_one(row.gap),
        agreement=replace(row.agreement, r_wg_star=_one(row.agreement.r_wg_star, AGREEMENT)),
    )


def _overall(found: Overall) -> Overall:
    return replace(
        found,
        index=_one(found.index),
        index_100=_of_hundred(found.index),
        interval=_both(found.interval),
        weight_range=_both(found.weight_range),
    )


def compared_as_printed(comparison: Comparison, coarse: Collection[str]) -> Comparison:
    """The same comparison, with these pillars and then the index as they are printed."""
    if not coarse:
        return comparison
    pillars = tuple(_change(row) if row.key in coarse else row for row in comparison.pillars)
    return replace(comparison, pillars=pillars, overall=_change(comparison.overall))


def _change(row: Change) -> Change:
    return replace(
        row, before=_one(row.before), after=_one(row.after), delta=_one(row.delta), interval=_both(row.interval)
    )  # fmt: skip


def _one(value: float | None, places: int = SCORE) -> float | None:
    return None if value is None else float(numbers.rounded(value, places))


def _both(pair: Interval | None) -> Interval | None:
    return None if pair is None else (float(numbers.rounded(pair[0])), float(numbers.rounded(pair[1])))


def _of_hundred(score: float | None) -> float | None:
    printed = _one(score)
    return None if printed is None else 25 * (printed - 1)
