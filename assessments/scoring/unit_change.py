"""Which units may be compared with the last assessment, so that no change is about fewer than five people who came or went.

A change of a unit is about the people who answered for it only now, and those who did only then. As with results, what
follows from shown changes is about unions of *rests*; here nobody or at least five people have to come, and to go, in
each. Who moved within the organisation counts as coming and going, but protects nobody.
"""

from collections.abc import Collection, Mapping

from .answers import Answers
from .unit_limits import MIN_PEOPLE, Numbers, Place, shown_units

type Chain = tuple[str, ...]  # the ids of a unit and those above it, the lowest first


def comparable_units(
    now: Answers, then: Answers, shown: Collection[str], counted: tuple[Collection[str], Collection[str]] | None
) -> tuple[str, ...]:
    """The ids of units whose change may be shown, of those `shown` in both assessments, in the order of the later tree.

    `counted` are the ids of the people who count towards the limits now and then; None: no limits. A unit that has other
    shown units above it now than then is not compared. Linear in the people and the units.
    """
    chains, before = _chains(now, shown), _chains(then, shown)
    same = [unit.id for unit in now.units if unit.id in shown and chains[unit.id] == before.get(unit.id)]
    if counted is None:
        return tuple(same)
    places, known = _places(now, same), _places(then, same)
    arrived = {person: place for person, place in places.items() if known.get(person, "") != place}
    gone = {person: place for person, place in known.items() if places.get(person, "") != place}
    new = {person for person in counted[0] if person not in known}
    left = {person for person in counted[1] if person not in places}
    numbers = _numbers((arrived, new), (gone, left), same)
    kept = set(same)
    tree = [Place(unit, next((up for up in chains[unit][1:] if up in kept), None), numbers[unit]) for unit in same]
    allowed = shown_units(_from_the_top(tree), numbers[None])
    return tuple(unit for unit in same if unit in allowed)


def _chains(answers: Answers, shown: Collection[str]) -> dict[str, Chain]:
    """Each unit with those above it that are shown."""
    parents = {unit.id: unit.parent for unit in answers.units}
    return {unit: tuple(each for each in _upwards(unit, parents) if each == unit or each in shown) for unit in parents}


def _upwards(unit: str | None, parents: Mapping[str, str | None]) -> list[str]:
    found = []
    while unit is not None:
        found.append(unit)
        unit = parents[unit]
    return found


def _places(answers: Answers, units: Collection[str]) -> dict[str, str | None]:
    """The lowest of these units that each person is in or below; None if in none of them."""
    parents, among = {unit.id: unit.parent for unit in answers.units}, set(units)
    lowest = {unit: next((each for each in _upwards(unit, parents) if each in among), None) for unit in parents}
    return {person.id: lowest.get(person.unit or "") for person in answers.respondents}


def _numbers(
    arrived: tuple[Mapping[str, str | None], Collection[str]], gone: tuple[Mapping[str, str | None], Collection[str]],
    units: Collection[str],
) -> dict[str | None, Numbers]:  # fmt: skip
    """By unit, and None for people in none: who came, who went, and enough others for a unit where nobody did."""
    counts: dict[str | None, list[list[int]]] = {unit: [[0, 0], [0, 0]] for unit in (*units, None)}
    for kind, (people, counted) in enumerate((arrived, gone)):
        for person, unit in people.items():
            counts[unit][kind][0] += 1
            counts[unit][kind][1] += person in counted
    return {
        unit: (*((people, counted) for people, counted in pair), (MIN_PEOPLE, MIN_PEOPLE))
        for unit, pair in counts.items()
    }


def _from_the_top(places: list[Place]) -> list[Place]:
    """Each place after the one above it."""
    below: dict[str | None, list[Place]] = {}
    for place in places:
        below.setdefault(place.parent, []).append(place)
    found = [*below.get(None, [])]
    for place in found:
        found.extend(below.get(place.id, ()))
    return found
