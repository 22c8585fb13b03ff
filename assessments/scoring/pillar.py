"""One pillar before its level: weights, score, coverage, status, bounds.

`A` are the applicable questions, `O` the answered ones, `w` their weights. Questions of weight 0 are in none of these
sums; they stay in `tallies`, because they are shown and an essential one still gates the level.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import fsum

from .bank import Bank, Pillar
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
class PillarSums:
    """A pillar's weighted questions by state, their summed weights, and what follows from these sums alone."""

    bank: Bank
    pillar: Pillar
    tallies: tuple[Tally, ...]  # all, bank order
    applicable: tuple[Tally, ...]  # A, weight above 0
    answered: tuple[Tally, ...]  # O, weight above 0
    applicable_weight: float
    answered_weight: float
    answered_sum: float  # sum of w * m over O
    coverage: float | None  # C: weight answered / weight applicable, 0-1; None if nothing weighted applies
    na_share: float | None  # weight not applicable / all weight, 0-1; None for an unscored pillar
    status: Status
    score: float | None  # S: answered_sum / answered_weight on the scale, if at least half of the weight is answered

    @cached_property
    def essentials(self) -> tuple[Tally, ...]:
        """The applicable essential questions, those of weight 0 included, in bank order."""
        essential = [tally for tally in self.tallies if tally.question.essential_at is not None]
        return tuple([tally for tally in essential if tally.state != "not_applicable"])


def pillar_sums(bank: Bank, pillar: Pillar, tallies: tuple[Tally, ...]) -> PillarSums:
    """Sort a pillar's tallies (in bank order) by state, add up their weights, and score it."""
    weighted = [tally for tally in tallies if tally.weight > 0]
    applicable = tuple([tally for tally in weighted if tally.state != "not_applicable"])
    answered = tuple([tally for tally in applicable if tally.state == "answered"])
    all_weight, applicable_weight, answered_weight = weight(weighted), weight(applicable), weight(answered)
    answered_sum = weighted_sum(answered)
    coverage = answered_weight / applicable_weight if applicable else None
    status = status_of(all_weight, coverage)
    return PillarSums(
        bank=bank,
        pillar=pillar,
        tallies=tallies,
        applicable=applicable,
        answered=answered,
        applicable_weight=applicable_weight,
        answered_weight=answered_weight,
        answered_sum=answered_sum,
        coverage=coverage,
        na_share=weight([t for t in weighted if t.state == "not_applicable"]) / all_weight if weighted else None,
        status=status,
        score=bank.scale.clip(answered_sum / answered_weight) if status in {"rated", "provisional"} else None,
    )


def status_of(all_weight: float, coverage: float | None) -> Status:
    """The status from the coverage, or the reason why there is no coverage."""
    if not all_weight:
        return "unscored"
    if coverage is None:
        return "not_applicable"
    if at_least(coverage, RATED):
        return "rated"
    return "provisional" if at_least(coverage, PROVISIONAL) else "insufficient"


def weight(tallies: Iterable[Tally]) -> float:
    """The summed weight."""
    return fsum([tally.weight for tally in tallies])


def weighted_sum(tallies: tuple[Tally, ...]) -> float:
    """Sum of `w * m` over tallies that have a mean."""
    return fsum([tally.weight * tally.mean for tally in tallies if tally.mean is not None])


def bounds(sums: PillarSums) -> Interval | None:
    """The score if every missing question had its lowest answer, and if it had its highest.

    `(sum_O w*m + {lowest, highest} * w_missing) / sum_A w`; worst- and best-case bounds after Manski (1989).
    """
    if not sums.applicable:
        return None
    missing, scale = [tally for tally in sums.applicable if tally.missing], sums.bank.scale
    lowest = fsum([sums.answered_sum, *(tally.weight * scale.low for tally in missing)])
    highest = fsum([sums.answered_sum, *(tally.weight * tally.marks.highest for tally in missing)])
    return scale.clip(lowest / sums.applicable_weight), scale.clip(highest / sums.applicable_weight)


def dont_know_rate(sums: PillarSums) -> float | None:
    """Don't-knows / (don't-knows + numbers) over the applicable weighted questions; None if there are neither."""
    unknown = sum(tally.dont_know for tally in sums.applicable)
    known = sum(tally.n for tally in sums.applicable)
    return unknown / (unknown + known) if unknown + known else None


def evidence_coverage(sums: PillarSums) -> float | None:
    """The share of the answered weight whose evidence grade is 2 or more; None if nothing is answered."""
    if not sums.answered:
        return None
    backed = fsum([tally.weight for tally in sums.answered if (tally.evidence or 0) >= SUPPORTED])
    return backed / sums.answered_weight
