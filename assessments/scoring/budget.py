"""Which moves to make with a budget of person-months: the most gain that fits, with what each needs first.

Exact for up to 40 candidates. Effort is counted in working days, 20 a person-month, rounded up; the budget is rounded
down to days, so no choice ever exceeds it. Gains are those of the priorities, each as if its move were made alone, and
are added up: an estimate of what all of them bring together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, fsum
from typing import Literal

from .knapsack import Item, best, in_dependency_order
from .priorities import UNKNOWN_EFFORT
from .tolerance import DECIMALS, as_written

MAX_CANDIDATES = 40
DAYS = 20  # working days a person-month
type LeftOut = Literal["no_gain", "too_large", "needs_more", "less_gain"]


@dataclass(frozen=True)
class Candidate:
    """A move that could be made: gain in points of the 0-100 index, effort in person-months, what comes first.

    Without a gain it is chosen only where another needs it; without an effort it counts as one person-month.
    """

    key: str
    gain: float | None
    effort: float | None = None
    requires: tuple[str, ...] = ()  # keys of other candidates; what is no candidate holds already


@dataclass(frozen=True)
class Choice:
    """What to do within a budget: keys in the candidates' order, and why each of the others is left out.

    `no_gain`: nothing is known to be gained. `too_large`: it alone is more than the budget. `needs_more`: it is with
    what it needs first. `less_gain`: it would fit, but what was chosen brings more together.
    """

    chosen: tuple[str, ...]
    gain: float
    effort: float
    left_out: Mapping[str, LeftOut]


class TooManyCandidatesError(ValueError):
    """More candidates than the search is exact for."""


def best_within(budget: float, candidates: Sequence[Candidate]) -> Choice:
    """The set with the most gain; of equals the one with the least effort, then the one that takes the earlier
    candidate where two sets first differ. So there is always exactly one answer.

    Where candidates need each other in a circle, the need that closes it is set aside. Raises TooManyCandidatesError above 40.
    """
    if len(candidates) > MAX_CANDIDATES:
        raise TooManyCandidatesError
    items, room = in_whole_numbers(candidates), floor(as_written(budget) * DAYS)
    places, days = best(items, room), with_all_first(items)
    chosen = [candidate for place, candidate in enumerate(candidates) if place in places]
    return Choice(
        chosen=tuple(candidate.key for candidate in chosen),
        gain=fsum(candidate.gain or 0.0 for candidate in chosen),
        effort=fsum(effort_of(candidate) for candidate in chosen),
        left_out={
            candidate.key: why_not(candidate, items[place].days, days[place], room)
            for place, candidate in enumerate(candidates)
            if place not in places
        },
    )


def effort_of(candidate: Candidate) -> float:
    """Person-months; one where nobody said."""
    return UNKNOWN_EFFORT if candidate.effort is None else candidate.effort


def in_whole_numbers(candidates: Sequence[Candidate]) -> list[Item]:
    """Gain, effort and order packed into one number a candidate, so that the largest sum is the one answer.

    Gains count to nine decimals. A set's sum of days and its pattern of places never reach the next higher part.
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
    """The places that each needs, without those that would close a circle."""
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
    """For each place the days of it and of everything that it needs, however far back."""
    whole: dict[int, frozenset[int]] = {}
    for place in in_dependency_order([item.first for item in items]):
        whole[place] = frozenset({place}).union(*(whole[first] for first in items[place].first))
    return [sum(items[each].days for each in whole[place]) for place in range(len(items))]


def why_not(candidate: Candidate, alone: int, with_first: int, room: int) -> LeftOut:
    """Why a candidate was left out, in the order in which the reasons are final; all in days."""
    if not points(candidate.gain):
        return "no_gain"
    if alone > room:
        return "too_large"
    return "needs_more" if with_first > room else "less_gain"
