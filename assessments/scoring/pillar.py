"""One pillar before its level: weights, score, coverage, status, bounds.

`A` are the applicable questions, `O` the answered ones, `w` their weights. Questions of weight 0 are in none of these
sums; they are kept in `tallies`, because they are shown and because an essential one still gates the level.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

from .bank import Pillar
from .figures import Interval, Status
from .question import Tally
from .tolerance import at_least

RATED = 0.80
PROVISIONAL = 0.50
FLAGGED_NA_SHARE = 0.30
HIGHEST_NA_SHARE = 0.50
SUPPORTED = 2  # an artefact is cited
EVIDENCED = 0.50


@dataclass(frozen=True)
class Standing:
    """A pillar's weighted questions by state, and their summed weights."""

    pillar: Pillar
    tallies: tuple[Tally, ...]  # all, bank order
    applicable: tuple[Tally, ...]  # A, weight above 0
    answered: tuple[Tally, ...]  # O, weight above 0
    all_weight: float
    applicable_weight: float
    answered_weight: float
    answered_sum: float  # sum of w * m over O

    @property
    def coverage(self) -> float | None:
        """`C`: weight answered / weight applicable, 0-1; None where nothing weighted applies."""
        return self.answered_weight / self.applicable_weight if self.applicable else None

    @property
    def status(self) -> Status:
        """How far the pillar can be judged: by coverage, or why there is none."""
        if not self.all_weight:
            return "unscored"
        if self.coverage is None:
            return "not_applicable"
        if at_least(self.coverage, RATED):
            return "rated"
        return "provisional" if at_least(self.coverage, PROVISIONAL) else "insufficient"

    @property
    def is_applicable(self) -> bool:
        """Whether it counts for the organisation: weight above 0, and something weighted in it applies."""
        return self.pillar.weight > 0 and bool(self.applicable)

    @property
    def mean(self) -> float | None:
        """The weighted mean of the answered questions on 1-5, whatever the coverage."""
        return self.answered_sum / self.answered_weight if self.answered else None

    @property
    def score(self) -> float | None:
        """`S`: the same mean where half of the weight is answered; None below."""
        return self.mean if self.status in {"rated", "provisional"} else None

    @property
    def na_share(self) -> float | None:
        """Weight not applicable / all weight, 0-1; None for an unscored pillar."""
        if not self.all_weight:
            return None
        return fsum(tally.weight for tally in self.tallies if tally.state == "not_applicable") / self.all_weight


def standing(pillar: Pillar, tallies: tuple[Tally, ...]) -> Standing:
    """Sort a pillar's tallies (in bank order) by state and add up their weights."""
    weighted = [tally for tally in tallies if tally.weight > 0]
    applicable = tuple(tally for tally in weighted if tally.state != "not_applicable")
    answered = tuple(tally for tally in applicable if tally.state == "answered")
    return Standing(
        pillar=pillar,
        tallies=tallies,
        applicable=applicable,
        answered=answered,
        all_weight=fsum([tally.weight for tally in weighted]),
        applicable_weight=fsum([tally.weight for tally in applicable]),
        answered_weight=fsum([tally.weight for tally in answered]),
        answered_sum=weighted_sum(answered),
    )


def weighted_sum(tallies: tuple[Tally, ...]) -> float:
    """Sum of `w * m` over tallies that have a mean."""
    return fsum([tally.weight * tally.mean for tally in tallies if tally.mean is not None])


def bounds(standing: Standing) -> Interval | None:
    """The score if every missing question were 1, and if it were its highest offered level.

    `(sum_O w*m + {1, highest} * w_missing) / sum_A w`, on 1-5; worst- and best-case bounds after Manski (1989).
    """
    if not standing.applicable:
        return None
    missing = [tally for tally in standing.applicable if tally.missing]
    lowest = fsum([standing.answered_sum, *(tally.weight for tally in missing)])
    highest = fsum([standing.answered_sum, *(tally.weight * tally.question.highest for tally in missing)])
    return lowest / standing.applicable_weight, highest / standing.applicable_weight


def dont_know_rate(standing: Standing) -> float | None:
    """Don't-knows / (don't-knows + numbers) over the applicable weighted questions; None where there is neither."""
    unknown = sum(tally.dont_know for tally in standing.applicable)
    known = sum(tally.n for tally in standing.applicable)
    return unknown / (unknown + known) if unknown + known else None


def evidence_coverage(standing: Standing) -> float | None:
    """The share of the answered weight whose evidence grade is 2 or more; None where nothing is answered."""
    if not standing.answered:
        return None
    backed = fsum([tally.weight for tally in standing.answered if (tally.evidence or 0) >= SUPPORTED])
    return backed / standing.answered_weight


def hundred(score: float | None) -> float | None:
    """The 0-100 form of a score on 1-5: `25 * (S - 1)`."""
    return None if score is None else 25 * (score - 1)
