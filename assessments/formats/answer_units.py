"""The units in a file of answers: a tree, checked with every problem at its place."""

from collections.abc import Iterator, Mapping

from .json_text import Json
from .problems import Finding, in_quotes

MAX_UNITS, MAX_DEPTH = 500, 6


def problems_of_units(units: Json, people: list[Json]) -> Iterator[Finding]:
    """A finding for each id or name taken twice, unknown parent or unit, circle, and level too deep; malformed parts are
    ignored."""
    rows = [each if isinstance(each, dict) else {} for each in units] if isinstance(units, list) else []
    parents = {str(row.get("id")): row.get("parent") for row in reversed(rows)}
    taken: dict[tuple[str, ...], int] = {}
    for place, row in enumerate(rows):
        unit, name, parent = (row.get(field) for field in ("id", "name", "parent"))
        if isinstance(unit, str) and taken.setdefault((unit,), place) != place:
            yield ("units", place, "id"), f"the id {in_quotes(unit)} is taken by units[{taken[(unit,)]}]"
            continue
        if isinstance(name, str) and taken.setdefault((name, str(parent)), place) != place:
            first = taken[(name, str(parent))]
            yield ("units", place, "name"), f"units[{first}] under the same parent is called {in_quotes(name)} too"
        if isinstance(parent, str) and isinstance(unit, str) and (wrong := _misplaced(unit, parents)):
            yield ("units", place, "parent"), wrong
    for index, person in enumerate(people):
        unit = person.get("unit") if isinstance(person, dict) else None
        if isinstance(unit, str) and unit not in parents:
            yield ("respondents", index, "unit"), f"there is no unit {in_quotes(unit)}"


def _misplaced(unit: str, parents: Mapping[str, Json]) -> str | None:
    """What is wrong with the place of a unit in the tree."""
    above = [unit]
    while isinstance(parent := parents.get(above[-1]), str):
        if parent not in parents:
            return f"there is no unit {in_quotes(parent)}" if len(above) == 1 else None
        if parent == unit:
            return f"{in_quotes(unit)} is above itself"
        if len(above) == MAX_DEPTH:
            return f"more than {MAX_DEPTH} units deep"
        above.append(parent)
    return None
