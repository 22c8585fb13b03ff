"""Which moves to make with a budget of person-months: the largest gain that fits, prerequisites included.

Exact for up to 40 candidates. Effort is counted in working days, 20 per person-month, rounded up; the budget is rounded
down to days, so no choice ever exceeds it. Gains are those of the priorities: each assumes that its move is made alone,
so their sum only estimates the joint gain.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, fsum
from typing import Literal

from .knapsack import Item, best, in_dependency_order
from .priorities import UNKNOWN_EFFORT
from .tolerance import DECIMALS, as_written

MAX_CANDIDATES = 40
DAYS = 20  # working days per person-month
type LeftOut = Literal["no_gain", "too_large", "needs_more", "less_gain"]


@dataclass(frozen=True)
class Candidate:
    """A possible move: gain in points of the 0-100 index, effort in person-months, and its prerequisites.

    Without a gain it is chosen only as a prerequisite; without an effort it counts as one person-month.
    """

    key: str
    gain: float | None
    effort: float | None = None
    requires: tuple[str, ...] = ()  # keys of other candidates; any other key is already met


@dataclass(frozen=True)
class Choice:
    """What to do within a budget: keys in the candidates' order, and why each of the others is left out.

    `no_gain`: no gain is known. `too_large`: it exceeds the budget alone. `needs_more`: it does so with its
    prerequisites. `less_gain`: it would fit, but the chosen set gains more.
    """

    chosen: tuple[str, ...]
    gain: float
    effort: float
    left_out: Mapping[str, LeftOut]


class TooManyCandidatesError(ValueError):
    """There are more candidates than the search can solve exactly."""


def best_within(budget: float, candidates: Sequence[Candidate]) -> Choice:
    """Return the set with the most gain; ties go to the least effort, then to the set with the earlier candidate where
    the two first differ. The answer is always unique.

    In a cycle of requirements, the one that closes it is ignored. Raises TooManyCandidatesError above 40 candidates.
    """
    if len(candidates) > MAX_CANDIDATES:
        raise TooManyCandidatesError
    items, capacity = packed_items(candidates), floor(as_written(budget) * DAYS)
    places, days = best(items, capacity), with_all_first(items)
    chosen = [candidate for place, candidate in enumerate(candidates) if place in places]
    return Choice(
        chosen=tuple(candidate.key for candidate in chosen),
        gain=fsum(candidate.gain or 0.0 for candidate in chosen),
        effort=fsum(effort_of(candidate) for candidate in chosen),
        left_out={
            candidate.key: why_not(candidate, items[place].days, days[place], capacity)
            for place, candidate in enumerate(candidates)
            if place not in places
        },
    )


def effort_of(candidate: Candidate) -> float:
    """Person-months; one if unknown."""
    return UNKNOWN_EFFORT if candidate.effort is None else candidate.effort


def packed_items(candidates: Sequence[Candidate]) -> list[Item]:
    """Pack gain, effort and order into one number per candidate, so that the largest sum is the unique answer.

    Gains count to nine decimals. A set's sum of days and its bit pattern of positions never carry into the next part.
    """
    needs, days = needs_of(candidates), [days_of(candidate) for candidate in candidates]
    n, all_days = len(candidates), sum(days) + 1
    return [
        Item(
            worth=((points(candidate.gain) * all_days - days[place]) << n) + (1 << (n - 1 - place)),
            days=days[place],
            first=needs[place],
        )
        for place, candidate in enumerate(candidates)
    ]


def needs_of(candidates: Sequence[Candidate]) -> list[frozenset[int]]:
    """The positions that each candidate requires, without requirements that would close a cycle."""
    places = {candidate.key: place for place, candidate in enumerate(candidates)}
    named = [[places[key] for key in candidate.requires if key in places] for candidate in candidates]
    rank = {place: step for step, place in enumerate(in_dependency_order(named))}
    return [frozenset(each for each in needs if rank[each] < rank[place]) for place, needs in enumerate(named)]


def days_of(candidate: Candidate) -> int:
    """Working days, rounded up."""
    return ceil(as_written(effort_of(candidate)) * DAYS)


def points(gain: float | None) -> int:
    """A gain in billionths of a point."""
    return 0 if gain is None else round(Fraction(gain) * 10**DECIMALS)


def with_all_first(items: Sequence[Item]) -> list[int]:
    """For each position, the days of its item and of all its direct and indirect prerequisites."""
    whole: dict[int, frozenset[int]] = {}
    for place in in_dependency_order([item.first for item in items]):
        whole[place] = frozenset({place}).union(*(whole[first] for first in items[place].first))
    return [sum(items[each].days for each in whole[place]) for place in range(len(items))]


def why_not(candidate: Candidate, alone: int, with_first: int, capacity: int) -> LeftOut:
    """The first reason that applies, from `no_gain` to `less_gain`; all arguments in days."""
    if not points(candidate.gain):
        return "no_gain"
    if alone > capacity:
        return "too_large"
    return "needs_more" if with_first > capacity else "less_gain"
