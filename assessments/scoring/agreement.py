"""Whether respondents describe the same organisation: disagreement per question, agreement per pillar."""

from math import fsum

from .figures import Agreement, Band
from .marks import LARGE_RANGE
from .pillar import PillarSums
from .question import Tally, deviation
from .tolerance import above, at_least

MIN_RESPONDENTS = 3
WEAK = 0.50
STRONG = 0.71


def is_flagged(tally: Tally) -> bool:
    """Whether an answered question with k >= 2 needs discussion: AD above 0.16 steps for each answer that it offers, or
    answers three steps apart where it offers four or more."""
    spread = deviation(tally)
    if spread is None or tally.state != "answered":
        return False
    marks = tally.marks
    chosen = [place for place, count in zip(marks.places, tally.counts, strict=True) if count]
    apart = marks.answers > LARGE_RANGE and chosen[-1] - chosen[0] >= LARGE_RANGE
    return apart or above(spread, marks.large_deviation)


def sample_variance(tally: Tally) -> float:
    """`s^2` with divisor k - 1, in units squared, from whole numbers: `(k*sum(x^2) - (sum x)^2) / (k*(k - 1))`.

    Needs k >= 2.
    """
    squares = sum([count * unit**2 for unit, count in zip(tally.marks.units, tally.counts, strict=True)])
    return (tally.n * squares - tally.total**2) / (tally.n * (tally.n - 1))


def r_wg_star(sums: PillarSums, n: int) -> float | None:
    """`r*wg = 1 - mean(s^2 / null)` over the answered weighted questions with k >= 2; None for n < 3 respondents.

    Uses the unweighted mean variance against a uniform null (Lindell, Brandt and Whitney 1999). 1 is full agreement and
    0 is what random answers give. Negative values, even -1 and below, mean two camps and are kept.
    """
    variances = [sample_variance(tally) / tally.marks.null_variance for tally in sums.answered if tally.n >= 2]
    if n < MIN_RESPONDENTS or not variances:
        return None
    return 1 - fsum(variances) / len(variances)


def band(agreement: float | None) -> Band | None:
    """Weak up to .50, strong from .71, moderate in between (after LeBreton and Senter 2008)."""
    if agreement is None:
        return None
    if at_least(agreement, STRONG):
        return "strong"
    return "moderate" if above(agreement, WEAK) else "weak"


def agreement(sums: PillarSums, n: int) -> Agreement:
    """The agreement of a pillar with `n` respondents, and its questions flagged for disagreement in bank order."""
    value = r_wg_star(sums, n)
    return Agreement(value, band(value), tuple(tally.question.key for tally in sums.tallies if is_flagged(tally)))
