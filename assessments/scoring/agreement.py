"""Whether respondents describe the same organisation: disagreement per question, agreement per pillar."""

from __future__ import annotations

from math import fsum

from .bank import LEVELS
from .figures import Agreement, Band
from .pillar import PillarSums
from .question import Tally, deviation
from .tolerance import above, at_least

LARGE_DEVIATION = 0.8
LARGE_RANGE = 3
NULL_VARIANCE = 2.0  # (5^2 - 1) / 12: the variance of answers spread evenly over five levels
MIN_RESPONDENTS = 3
WEAK = 0.50
STRONG = 0.71


def is_flagged(tally: Tally) -> bool:
    """Whether an answered question with k >= 2 needs discussion: AD above 0.8, or answers three levels apart."""
    spread = deviation(tally)
    if spread is None or tally.state != "answered":
        return False
    chosen = [level for level, count in zip(LEVELS, tally.counts, strict=True) if count]
    return above(spread, LARGE_DEVIATION) or chosen[-1] - chosen[0] >= LARGE_RANGE


def sample_variance(tally: Tally) -> float:
    """`s^2` with divisor k - 1, from whole numbers: `(k*sum(x^2) - (sum x)^2) / (k*(k - 1))`. Needs k >= 2."""
    squares = sum(count * level**2 for level, count in zip(LEVELS, tally.counts, strict=True))
    return (tally.n * squares - tally.total**2) / (tally.n * (tally.n - 1))


def r_wg_star(sums: PillarSums, n: int) -> float | None:
    """`r*wg = 1 - mean(s^2) / 2` over the answered weighted questions with k >= 2; None for n < 3 respondents.

    Uses the unweighted mean variance against a uniform null (Lindell, Brandt and Whitney 1999). 1 is full agreement and
    0 is what random answers give. Negative values, even -1 and below, mean two camps and are kept.
    """
    variances = [sample_variance(tally) for tally in sums.answered if tally.n >= 2]
    if n < MIN_RESPONDENTS or not variances:
        return None
    return 1 - fsum(variances) / len(variances) / NULL_VARIANCE


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
