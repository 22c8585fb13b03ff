"""How an organisation compares with its peers: a frozen cohort's quartiles and a percentile rank.

A cohort has one value (the index, or a pillar's score) per organisation and is frozen once a quarter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, fsum, sqrt
from statistics import NormalDist

from .figures import Interval, Result
from .pillar import FLAGGED_NA_SHARE
from .tolerance import EPSILON, above, below

MIN_COHORT = 10
MIN_FOR_RANK = 20
MIN_DIFFERENCE = 5
Z90 = NormalDist().inv_cdf(0.95)


@dataclass(frozen=True)
class PercentileRank:
    """`100*(B + E/2)/n` among the n other organisations, 0-100, with its Wilson 90 % interval on the same scale."""

    rank: float
    interval: Interval
    n: int


@dataclass(frozen=True)
class PeerFigures:
    """What may be shown of a cohort of `n`: never a minimum or a maximum."""

    n: int
    lower_quartile: float
    median: float
    upper_quartile: float
    percentile: PercentileRank | None


def is_benchmark(result: Result) -> bool:
    """Whether a result may join a cohort: it has an index, and no pillar is more than .30 not applicable.

    A result does not hold the other conditions: consent, the same major version and default weights.
    """
    shares = [pillar.na_share for pillar in result.pillars if pillar.na_share is not None]
    return result.overall.index is not None and not any(above(share, FLAGGED_NA_SHARE) for share in shares)


def may_publish[Key, Entry](last: Mapping[Key, Entry] | None, new: Mapping[Key, Entry]) -> bool:
    """Whether a new cohort {organisation: result} differs from the last in 0 or at least 5 entries.

    An organisation that joined, left or has another result is one difference. Fewer than 5 would reveal a single
    organisation's value as the difference of two publications.
    """
    if last is None:
        return True
    differ = len(last.keys() ^ new.keys()) + sum(last[key] != new[key] for key in last.keys() & new.keys())
    return differ == 0 or differ >= MIN_DIFFERENCE


def peer_figures[Key](
    cohort: Mapping[Key, float], own: float | None = None, viewer: Key | None = None
) -> PeerFigures | None:
    """Return the figures of a cohort {organisation: value}; None for fewer than 10 organisations.

    The quartiles include the viewer. The rank of `own` excludes the viewer and needs 20 others. Pass no `own` but the
    value in the cohort: anyone who may try other values can read the cohort, rank by rank.
    """
    if len(cohort) < MIN_COHORT:
        return None
    values = [*cohort.values()]
    others = [value for organisation, value in cohort.items() if organisation != viewer]
    ranked = percentile_rank(others, own) if own is not None and len(others) >= MIN_FOR_RANK else None
    return PeerFigures(len(cohort), quantile(values, 0.25), quantile(values, 0.5), quantile(values, 0.75), ranked)


def percentile_rank(others: Sequence[float], own: float) -> PercentileRank:
    """The mid-rank of `own` among the others: B are below it, E are equal to it."""
    n = len(others)
    lower = sum(1 for value in others if below(value, own))
    equal = sum(1 for value in others if not below(value, own) and not above(value, own))
    share = (lower + equal / 2) / n
    low, high = wilson(share, n)
    return PercentileRank(100 * share, (100 * low, 100 * high), n)


def wilson(share: float, n: int, z: float = Z90) -> Interval:
    """The score interval of a share of n, within 0-1; 90 % unless `z` is another normal quantile (Wilson 1927)."""
    squared = z * z
    centre = (share + squared / (2 * n)) / (1 + squared / n)
    reach = z * sqrt(share * (1 - share) / n + squared / (4 * n * n)) / (1 + squared / n)
    return max(0.0, centre - reach), min(1.0, centre + reach)


def quantile(values: Sequence[float], share: float) -> float:
    """Type 8 of Hyndman and Fan (1996), approximately median-unbiased: position `(n + 1/3)*p + 1/3` in sorted order."""
    ordered = sorted(values)
    place = min(max((len(ordered) + 1 / 3) * share + 1 / 3, 1.0), float(len(ordered)))
    whole = floor(place + EPSILON)
    low, high = ordered[whole - 1], ordered[min(whole, len(ordered) - 1)]
    return fsum([low, max(0.0, place - whole) * (high - low)])
