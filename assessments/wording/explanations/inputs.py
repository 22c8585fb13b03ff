"""The table of inputs: a question a row, with the products that the sums below are made of."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.scoring.level import CLIMB
from assessments.scoring.question import Tally
from assessments.wording import numbers
from assessments.wording.explanations.known import Known

PLACES = 4


@dataclass(frozen=True)
class InputRow:
    """One question. A cell that may not be shown, or cannot apply, is None, and `absent` says why there is no mean."""

    question: str
    weight: str
    n: str | None
    mean: str | None
    product: str | None
    shares: tuple[str | None, ...]  # q(2) to q(5)
    absent: str | None


@dataclass(frozen=True)
class Inputs:
    """The rows in bank order and the sums under them."""

    rows: tuple[InputRow, ...]
    weight: str  # of the answered questions
    total: str | None  # of weight x mean
    shares: tuple[str | None, ...]  # of weight x q(L)
    hidden: str | None  # why some cells are empty


def inputs(known: Known) -> Inputs:
    """Everything that score, level and floor are computed from, as far as it may be shown."""
    standing = known.standing
    shares = [known.figures.attained[level] for level in CLIMB]
    return Inputs(
        rows=tuple(_row(known, tally) for tally in standing.tallies),
        weight=plain(standing.answered_weight),
        total=fixed(standing.answered_sum) if known.shows_totals and standing.answered else None,
        shares=tuple(
            None if share is None or not known.shows_shares else fixed(share * standing.applicable_weight)
            for share in shares
        ),
        hidden=_hidden(known),
    )


def _row(known: Known, tally: Tally) -> InputRow:
    key = tally.question.key
    counts = tally.state == "answered" and tally.weight > 0
    open_mean = counts and key in known.view.means and tally.mean is not None
    return InputRow(
        question=tally.question.short or tally.question.text,
        weight=plain(tally.weight),
        n=str(tally.n) if open_mean else None,
        mean=fixed(tally.mean) if open_mean and tally.mean is not None else None,
        product=fixed(tally.weight * tally.mean) if open_mean and tally.mean is not None else None,
        shares=_shares(known, tally),
        absent=None if open_mean else _absent(tally),
    )


def _shares(known: Known, tally: Tally) -> tuple[str | None, ...]:
    if tally.missing and tally.weight > 0:
        return tuple(fixed(0.0) for _level in CLIMB)
    if tally.state != "answered" or tally.weight == 0 or tally.question.key not in known.view.counts:
        return (None,) * len(CLIMB)
    return tuple(fixed(tally.share(level)) for level in CLIMB)


def _absent(tally: Tally) -> str:
    if tally.state == "not_applicable":
        return _("not applicable: in no sum")
    if tally.weight == 0:
        return _("weight 0: in no sum")
    return _("missing: counts as not reached") if tally.missing else _("not shown")


def _hidden(known: Known) -> str | None:
    if known.means != "all":
        if known.means == "none":
            return _(
                "Too few people answered, so no mean is shown. Exact sums would give answers away and are left out too: "
                "this score cannot be recomputed from this page."
            )
        return _(
            "Too few people answered some questions, so their means are not shown. Exact sums would give them away and "
            "are left out too: this score cannot be recomputed from this page."
        )
    if known.shares != "all":
        return _(
            "Some questions have fewer than five answers, so their shares are not shown. The sums would give them away "
            "and are left out too: this level cannot be recomputed from this page."
        )
    return None


def fixed(value: float, places: int = PLACES) -> str:
    """An input with as many decimals as a figure on the page can be recomputed from: `2.8889`."""
    return numbers.decimal(value, places)


def plain(value: float) -> str:
    """A weight with the decimals that it has: `1`, `0.25`."""
    text = f"{round(value, 6):f}".rstrip("0").rstrip(".")
    return numbers.decimal(value, len(text.partition(".")[2]))
