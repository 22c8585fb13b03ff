"""Units compared with the last assessment: no change, union or difference of changes is about one to four people."""

import random
from itertools import combinations

import pytest

from assessments.scoring.answers import Answers, Respondent, Unit
from assessments.scoring.unit_change import comparable_units
from assessments.scoring.unit_limits import MIN_PEOPLE


def answers(parents, places):
    units = tuple(Unit(unit, unit, parent) for unit, parent in parents.items())
    return Answers(tuple(Respondent(person, {}, unit=unit) for person, unit in places.items()), None, units=units)


def a_pair(seed):
    """A tree with people, and what became of both: people came, went and moved, in ones or in fives; units moved."""
    chance = random.Random(seed)
    parents = {"u0": None}
    for n in range(1, chance.randint(2, 6)):
        parents[f"u{n}"] = chance.choice([None, *parents])
    then = {f"p{n}": chance.choice([*parents, *parents, None]) for n in range(chance.choice((12, 30, 45)))}
    now, later = dict(then), dict(parents)
    for unit in [*parents, None]:
        here = [person for person, place in then.items() if place == unit]
        for person in here[: chance.choice((0, 0, 0, 0, 0, 0, 0, 1, 5, 6))]:
            del now[person]
        now |= {f"new-{unit}-{n}": unit for n in range(chance.choice((0, 0, 0, 0, 0, 0, 0, 1, 5, 7)))}
    for person in chance.sample(list(now), chance.choice((0, 0, 0, 1, 5))):
        now[person] = chance.choice([*parents])
    if chance.random() < 0.2:
        later["u1"] = None if parents["u1"] else "u0"
    return answers(parents, then), answers(later, now), chance


def under(found):
    parents = {unit.id: unit.parent for unit in found.units}
    sets = {unit: set() for unit in parents}
    for person in found.respondents:
        unit = person.unit
        while unit is not None:
            sets[unit].add(person.id)
            unit = parents[unit]
    return sets, {person.id for person in found.respondents}


def unions(units):
    return [some for n in range(len(units) + 1) for some in combinations(units, n)]


def moved(units, less, now, then):
    """The people behind the change of these units together, without `less`: who came, and who went."""
    sides = []
    for sets, everybody in (now, then):
        whole = everybody if units is None else set().union(*(sets[unit] for unit in units))
        sides.append(whole - set().union(*(sets[unit] for unit in less)))
    return sides[0] - sides[1], sides[1] - sides[0]


@pytest.mark.parametrize("block", range(8))
def test_every_union_and_difference_of_changes_is_about_nobody_or_five(block):
    shown = 0
    for seed in range(block * 40, block * 40 + 40):
        before, after, chance = a_pair(seed)
        then, now = under(before), under(after)
        counted = [{person for person in each[1] if chance.random() > 0.02} for each in (now, then)]
        units = comparable_units(after, before, set(now[0]) - {"u3"}, tuple(counted))
        shown += len(units)
        assert "u3" not in units
        for some in (*unions(units), *([None] if units else [])):
            for less in unions(units):
                came, went = moved(some, less, now, then)
                assert not came or len(came & counted[0]) >= MIN_PEOPLE, (seed, some, less)
                assert not went or len(went & counted[1]) >= MIN_PEOPLE, (seed, some, less)
    assert shown > 10


TREE = {"north": None, "sales": "north", "ops": "north", "south": None}
PEOPLE = {f"{unit}{n}": unit for unit in ("sales", "ops", "south") for n in range(6)}
ALL = frozenset(PEOPLE)


def compared(then, now, tree=TREE, counted=(ALL, ALL)):
    return comparable_units(answers(tree, now), answers(TREE, then), set(TREE), counted)


def test_the_same_people_can_be_compared_everywhere():
    assert compared(PEOPLE, PEOPLE) == ("north", "sales", "ops", "south")


def test_one_who_left_hides_the_change_of_the_unit_and_of_the_smallest_beside_it():
    """Otherwise it would follow from those of the unit above and of its neighbours."""
    now = {person: unit for person, unit in PEOPLE.items() if person != "south0"}
    assert compared(PEOPLE, now) == ()  # and that of the whole is shown
    assert compared(PEOPLE, now, counted=None) == ("north", "sales", "ops", "south")


def test_five_who_left_hide_nothing():
    now = {person: unit for person, unit in PEOPLE.items() if person not in {f"south{n}" for n in range(5)}}
    assert compared(PEOPLE, now) == ("north", "sales", "ops", "south")


def test_who_moves_between_units_hides_both_and_not_the_unit_above():
    assert compared(PEOPLE, PEOPLE | {"sales0": "ops"}) == ()
    with_new = PEOPLE | {"sales0": "ops"} | {f"new{n}": "sales" for n in range(5)}
    assert "ops" not in compared(PEOPLE, with_new, counted=(frozenset(with_new), ALL))


def test_a_unit_that_moved_is_not_compared_nor_are_those_that_would_give_it_away():
    assert compared(PEOPLE, PEOPLE, tree=TREE | {"ops": None}) == ()
    assert compared(PEOPLE, PEOPLE, tree=TREE | {"west": None}) == ("north", "sales", "ops", "south")
