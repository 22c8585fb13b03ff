"""Which units may be shown: whatever is shown, no union or difference of it is about one to four people."""

import random
from fractions import Fraction
from itertools import combinations

import pytest

from assessments.scoring.unit_limits import MIN_PEOPLE, Place, shown_units


def a_tree(seed, most=14):
    """Units, each after the one above it, with people at the ends and some above; some people count for no limit."""
    rng = random.Random(seed)
    parents = [None]
    parents += [rng.choice([None, *range(n)]) for n in range(1, rng.randint(1, most))]
    people, own = 0, {}
    for unit in (*range(len(parents)), None):
        inner = unit is None or unit in parents
        n = rng.choice([0, 0, 0, 1, 2, 6]) if inner else rng.choice([0, 1, 2, 3, 4, 5, 5, 6, 8, 12])
        own[unit], people = list(range(people, people + n)), people + n
    counts = {person for person in range(people) if rng.random() > 0.06}
    return parents, own, counts


def shown(parents, own, counts):
    number = lambda group: ((len(group), sum(each in counts for each in group)),)  # noqa: E731
    places = [Place(str(n), None if up is None else str(up), number(own[n])) for n, up in enumerate(parents)]
    return {int(each) for each in shown_units(places, number(own[None]))}


def under(parents, own):
    whole = {unit: set(own[unit]) for unit in range(len(parents))}
    for unit in reversed(range(len(parents))):
        if parents[unit] is not None:
            whole[parents[unit]] |= whole[unit]
    return whole


def solved(sets, people):
    """The people whose answers follow from the sums over these sets: each is a unit vector in their row space."""
    rows = [[Fraction(person in each) for person in range(people)] for each in sets]
    found, pivots = [], []
    for row in rows:
        left = row
        for pivot, done in zip(pivots, found, strict=True):
            left = [a - left[pivot] * b for a, b in zip(left, done, strict=True)]
        pivot = next((n for n, value in enumerate(left) if value), None)
        if pivot is not None:
            new = [value / left[pivot] for value in left]
            found = [[a - old[pivot] * b for a, b in zip(old, new, strict=True)] for old in found]
            found.append(new)
            pivots.append(pivot)
    return [row for row in found if sum(value != 0 for value in row) == 1]


@pytest.mark.parametrize("block", range(10))
def test_no_answer_follows_from_the_sums_of_what_is_shown(block):
    """As linear equations: the whole and every shown unit, exactly and for each question alone."""
    for seed in range(block * 30, block * 30 + 30):
        parents, own, counts = a_tree(seed)
        whole, everybody = under(parents, own), {person for group in own.values() for person in group}
        sets = [everybody, *(whole[unit] for unit in sorted(shown(parents, own, counts)))]
        if len(sets) > 1:
            assert solved(sets, len(everybody)) == []


@pytest.mark.parametrize("block", range(10))
def test_every_union_and_difference_of_shown_units_is_of_nobody_or_of_five(block):
    for seed in range(1000 + block * 20, 1000 + block * 20 + 20):
        parents, own, counts = a_tree(seed, most=9)
        whole, everybody = under(parents, own), {person for group in own.values() for person in group}
        sets = [whole[unit] for unit in shown(parents, own, counts)]
        unions = (
            {frozenset().union(*some) for n in range(len(sets) + 1) for some in combinations(sets, n)}
            if sets
            else set()
        )
        for one, other in combinations([*unions, frozenset(everybody)] if sets else [], 2):
            for rest in (one - other, other - one):
                assert not rest or len(rest & counts) >= MIN_PEOPLE, (seed, rest)


def test_an_attack_on_units_without_limits_finds_people():
    """The solver can find what there is to find."""
    everybody = set(range(6))
    assert len(solved([everybody, set(range(5))], 6)) == 1


def test_what_must_be_hidden_takes_its_smallest_neighbour_along():
    five, six, two = ((5, 5),), ((6, 6),), ((2, 2),)
    places = [Place("a", None, five), Place("b", None, six), Place("c", None, two)]
    assert shown_units(places, ((0, 0),)) == {"b"}
    assert shown_units(places[:2], ((0, 0),)) == {"a", "b"}
    assert shown_units([Place("c", None, two), Place("d", None, two)], ((0, 0),)) == set()
    assert shown_units([Place("c", None, two)], five) == set()
    assert shown_units([Place("a", None, five), Place("c", None, two)], five) == {"a"}


def test_people_who_do_not_count_protect_nobody():
    """Whoever recorded their interviews knows their answers."""
    assert shown_units([Place("a", None, ((8, 4),)), Place("b", None, ((9, 9),))], ((0, 0),)) == set()


def test_five_hundred_units_in_a_chain_and_side_by_side():
    n = (((6, 6),),)
    chain = [Place(str(k), str(k - 1) if k else None, *n) for k in range(500)]
    beside = [Place(str(k), None, *n) for k in range(500)]
    assert len(shown_units(chain, ((0, 0),))) == len(shown_units(beside, ((0, 0),))) == 500
    assert shown_units([], ((0, 0),)) == frozenset()
