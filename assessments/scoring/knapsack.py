"""The most valuable set of items within a capacity, if some require others: branch and bound over integers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Item:
    """What an item is worth, how many days it takes, and the positions of the items that it requires."""

    worth: int
    days: int
    first: frozenset[int]


def best(items: Sequence[Item], capacity: int) -> frozenset[int]:
    """Return the positions of the most valuable set within `capacity` days that includes what its items require.

    Takes milliseconds for 40 items, a quarter of a second in the worst case found. Requirements must not form a cycle.
    """
    return Search(items, min(capacity, sum(item.days for item in items))).best()


def in_dependency_order(needs: Sequence[Collection[int]]) -> list[int]:
    """Return positions so that every item follows what it requires, as closely as possible; in a cycle, the
    requirement that closes it is ignored."""
    order: list[int] = []
    for place in range(len(needs)):
        follow(place, needs, order, frozenset())
    return order


def follow(place: int, needs: Sequence[Collection[int]], order: list[int], path: frozenset[int]) -> None:
    """Append an item after everything that it requires."""
    if place in order or place in path:
        return
    for first in sorted(needs[place]):
        follow(first, needs, order, path | {place})
    order.append(place)


class Search:
    """Take or leave each item in dependency order.

    A branch ends if the rest cannot beat the best set so far: neither as a plain knapsack without requirements (solved
    once for every step and capacity), nor with only the items still allowed, the last one taken in part.
    """

    def __init__(self, items: Sequence[Item], capacity: int) -> None:
        self.items, self.capacity = items, capacity
        self.order = in_dependency_order([item.first for item in items])
        self.by_worth = sorted(self.order, key=lambda place: Fraction(-items[place].worth, max(1, items[place].days)))
        self.ceilings = ceilings([items[place] for place in self.order], capacity)
        self.last_use = last_uses(items, self.order)
        self.found, self.worth = frozenset[int](), 0
        self.seen: dict[tuple[int, int, frozenset[int]], int] = {}

    def best(self) -> frozenset[int]:
        """The positions of the best set."""
        self.branch(0, self.capacity, frozenset(), 0)
        return self.found

    def branch(self, step: int, capacity: int, taken: frozenset[int], worth: int) -> None:
        """Try everything that can follow once the first `step` items are decided."""
        if worth > self.worth:
            self.found, self.worth = taken, worth
        if step == len(self.order) or self.is_hopeless(step, capacity, taken, worth):
            return
        place = self.order[step]
        item = self.items[place]
        if item.days <= capacity and item.first <= taken:
            self.branch(step + 1, capacity - item.days, taken | {place}, worth + item.worth)
        self.branch(step + 1, capacity, taken, worth)

    def is_hopeless(self, step: int, capacity: int, taken: frozenset[int], worth: int) -> bool:
        """Whether nothing better can follow, or the same state was reached before with at least as much worth."""
        if worth + self.ceilings[step][capacity] <= self.worth:
            return True
        crossroads = (step, capacity, frozenset(place for place in taken if self.last_use[place] >= step))
        if crossroads in self.seen and self.seen[crossroads] >= worth:
            return True
        self.seen[crossroads] = worth
        return worth + self.still_allowed(step, capacity, taken) <= self.worth

    def still_allowed(self, step: int, capacity: int, taken: frozenset[int]) -> int:
        """An upper bound on the worth of the items that can still be taken."""
        total, allowed = 0, self.allowed(step, taken)
        for place in self.by_worth:
            item = self.items[place]
            if place not in allowed or item.worth <= 0:
                continue
            if item.days > capacity:
                return total + item.worth * capacity // item.days + 1
            total, capacity = total + item.worth, capacity - item.days
        return total

    def allowed(self, step: int, taken: frozenset[int]) -> set[int]:
        """The undecided items none of whose requirements was left out."""
        allowed: set[int] = set()
        for place in self.order[step:]:
            if all(first in taken or first in allowed for first in self.items[place].first):
                allowed.add(place)
        return allowed


def ceilings(items: Sequence[Item], capacity: int) -> list[list[int]]:
    """For each step, the most that the remaining items are worth in 0, 1, … `capacity` days, ignoring requirements."""
    rows = [[0] * (capacity + 1)]
    for item in reversed(items):
        rows.append(rows[-1] if item.worth <= 0 else with_one_more(rows[-1], item))
    return rows[::-1]


def with_one_more(after: Sequence[int], item: Item) -> list[int]:
    """The row with one more item to take or leave."""
    taken = [worth + item.worth for worth in after[: max(0, len(after) - item.days)]]
    return [*after[: item.days], *map(max, after[item.days :], taken)]


def last_uses(items: Sequence[Item], order: Sequence[int]) -> Mapping[int, int]:
    """For each item, the last step that checks whether it was taken; -1 if none does."""
    last = dict.fromkeys(order, -1)
    for step, place in enumerate(order):
        last |= dict.fromkeys(items[place].first, step)
    return last
