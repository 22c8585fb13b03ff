"""Which figures of units may be shown, so that no difference of shown units is about fewer than five people.

The units form a tree, so every figure that can be computed from shown ones is about a union of *rests*: the people of a
shown unit that no shown unit below it contains. It is enough that each rest is empty or has enough people. A unit whose
rest is too small takes the smallest shown unit below it along; one that has none below is hidden itself, and its people
become part of the rest of the unit above. The whole at the top is always shown. Decided by numbers of people alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from .minimum_respondents import CONFIDENTIAL

MIN_PEOPLE = CONFIDENTIAL["distribution"]

type Numbers = tuple[tuple[int, int], ...]  # by question: people who gave a number, and those of them who count


class Place(NamedTuple):
    """A unit in the tree, and the numbers of the people in the unit itself."""

    id: str
    parent: str | None
    own: Numbers


@dataclass
class _Node:
    rest: list[tuple[int, int]]
    order: int
    shown: list[_Node] = field(default_factory=list)  # the highest shown units below
    id: str = ""

    @property
    def is_enough(self) -> bool:
        """Whether each question has enough people who count, or nobody, in the rest."""
        return all(people == 0 or counted >= MIN_PEOPLE for people, counted in self.rest)

    @property
    def size(self) -> int:
        return max((people for people, _counted in self.rest), default=0)

    @property
    def ranked(self) -> tuple[bool, int, int, _Node]:
        """The order of units from the smallest, those without people last; no two have the same."""
        return self.size == 0, self.size, self.order, self

    def take(self, other: _Node) -> None:
        """Make the rest of a hidden unit a part of this one's."""
        self.rest = [(a + c, b + d) for (a, b), (c, d) in zip(self.rest, other.rest, strict=True)]


def shown_units(places: Sequence[Place], without_unit: Numbers) -> frozenset[str]:
    """The ids of the units to show, with everybody as the whole; `without_unit` are the people in none of them.

    Every unit comes after the one above it. Linear in the units, apart from ordering those below one unit.
    """
    top = _Node(list(without_unit), -1)
    nodes = {place.id: _Node(list(place.own), order, id=place.id) for order, place in enumerate(places)}
    above: Mapping[str, _Node] = {place.id: top if place.parent is None else nodes[place.parent] for place in places}
    total = {place.id: max((people for people, _counted in place.own), default=0) for place in places}
    for place in reversed(places):
        node, upper = nodes[place.id], above[place.id]
        _settle(node)
        if place.parent is not None:
            total[place.parent] += total[place.id]
        if node.is_enough and total[place.id]:
            upper.shown.append(node)
        else:
            upper.take(node)
            upper.shown += node.shown
    _settle(top)
    return frozenset(_ids(top))


def _settle(node: _Node) -> None:
    """Hide as many of the shown units below as it takes for the rest to be large enough, the smallest first."""
    if node.is_enough:
        return
    waiting = [each.ranked for each in node.shown]
    heapify(waiting)
    while waiting and not node.is_enough:
        *_rank, smallest = heappop(waiting)
        node.take(smallest)
        for below in smallest.shown:
            heappush(waiting, below.ranked)
    node.shown = [each for *_rank, each in waiting]


def _ids(node: _Node) -> list[str]:
    found, waiting = [], [node]
    while waiting:
        here = waiting.pop()
        if here.id:
            found.append(here.id)
        waiting.extend(here.shown)
    return found
