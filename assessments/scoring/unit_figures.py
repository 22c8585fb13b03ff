"""The figures of the units of one result, as far as everyone who sees them all may know them.

A unit with people of its own and units below it has a line for these people too, as if they were a unit below it: only
so the lines at the ends of the tree contain everybody once, and the roll-up is over shown lines.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .answers import Answers, Respondent, Unit
from .bank import Bank
from .figures import Interval, Overall, PillarResult
from .unit_limits import Numbers, Place, shown_units
from .units import Figures, Rollup, Rollups, UnitScore, figures_of_unit, of_index, of_pillar, people_under, rolled

OWN = "/own"  # at the end of the id of the line for a unit's own people


@dataclass(frozen=True)
class PillarOfUnit:
    """The figures of one pillar of a unit, on the bank's scale; `means` by question. Empty if it is hidden or unanswered."""

    key: str
    is_hidden: bool
    score: float | None = None
    level: int | None = None
    interval: Interval | None = None
    means: Mapping[str, float] | None = None


@dataclass(frozen=True)
class UnitLine:
    """One unit, after the one above it; `is_own`: of the people in the unit above itself. `people` answered; None if hidden."""

    id: str
    name: str
    parent: str | None
    weight: float
    is_own: bool
    is_leaf: bool
    people: int | None
    is_hidden: bool
    index: float | None
    level: int | None
    interval: Interval | None
    pillars: tuple[PillarOfUnit, ...]


@dataclass(frozen=True)
class UnitResults:
    """All units and their roll-up over the shown ones at the ends of the tree; `is_weighted` by headcount. `comparable` are
    the ids of those whose change since the last assessment may be shown."""

    units: tuple[UnitLine, ...]
    rollups: Rollups
    is_weighted: bool
    comparable: tuple[str, ...] = ()

    @property
    def indexed(self) -> dict[str, float]:
        """The index of each unit that shows one, by id."""
        return {line.id: line.index for line in self.units if line.index is not None}

    @property
    def leaves(self) -> tuple[UnitLine, ...]:
        """The lines at the ends of the tree, which contain everybody in a unit once."""
        return tuple(line for line in self.units if line.is_leaf)


def unit_results(bank: Bank, answers: Answers, eligible: Collection[str] | None) -> UnitResults:
    """The figures of the units; `eligible` are the ids of the people who count towards the limits (None: no limits)."""
    bank = bank.of_units
    units, people = _lines(answers)
    leaves = {unit.id for unit in units} - {unit.parent for unit in units}
    shown = {
        pillar.key: _shown(answers, units, people, [question.key for question in pillar.questions], eligible)
        for pillar in bank.pillars
    }
    weighing = {pillar.key for pillar in bank.pillars if pillar.weight > 0}
    found: list[tuple[UnitLine, UnitScore | None]] = []
    for unit in units:
        open_ones = {key for key, ids in shown.items() if unit.id in ids}
        scored = figures_of_unit(bank, answers, unit, people[unit.id]) if open_ones else None
        line = _line(unit, scored, len(people[unit.id]), open_ones, weighing <= open_ones, leaf=unit.id in leaves)
        found.append((line, scored))
    ends = [(line, scored) for line, scored in found if line.is_leaf]
    weights = {unit.weight for unit in answers.units}
    return UnitResults(tuple(line for line, _scored in found), _rollups(bank, ends, shown), weights != {1.0})


def _lines(answers: Answers) -> tuple[list[Unit], dict[str, list[Respondent]]]:
    """The units in the order of the tree, with a line for own people where needed, and who is in each line."""
    people, parents = people_under(answers), {unit.parent for unit in answers.units}
    own: dict[str, list[Respondent]] = {unit.id: [] for unit in answers.units}
    for person in answers.respondents:
        if person.unit is not None:
            own[person.unit].append(person)
    below: dict[str | None, list[Unit]] = {}
    for unit in answers.units:
        below.setdefault(unit.parent, []).append(unit)
    lines, waiting = [], list(reversed(below.get(None, [])))
    while waiting:
        unit = waiting.pop()
        lines.append(unit)
        if unit.id in parents and own[unit.id]:
            lines.append(Unit(unit.id + OWN, unit.name, unit.id, unit.weight))
            people[unit.id + OWN] = own[unit.id]
        waiting.extend(reversed(below.get(unit.id, [])))
    return lines, people


def _shown(
    answers: Answers, units: Sequence[Unit], people: Mapping[str, list[Respondent]], keys: list[str],
    eligible: Collection[str] | None,
) -> frozenset[str]:  # fmt: skip
    """The ids of the lines that may show a pillar of these questions."""
    if eligible is None:
        return frozenset(unit.id for unit in units if people[unit.id])
    inner = {unit.parent for unit in units}
    nobody = tuple((0, 0) for _key in keys)
    places = [
        Place(unit.id, unit.parent, nobody if unit.id in inner else _numbers(people[unit.id], keys, eligible))
        for unit in units
    ]
    placed = {unit.id for unit in answers.units}
    outside = [person for person in answers.respondents if person.unit not in placed]
    return shown_units(places, _numbers(outside, keys, eligible))


def _numbers(people: Sequence[Respondent], keys: Sequence[str], eligible: Collection[str]) -> Numbers:
    def count(key: str) -> tuple[int, int]:
        gave = [person.id for person in people if isinstance(person.answers.get(key), int)]
        return len(gave), sum(each in eligible for each in gave)

    return tuple(count(key) for key in keys)


def _line(
    unit: Unit, scored: UnitScore | None, people: int, open_ones: Collection[str], whole: bool, *, leaf: bool
) -> UnitLine:
    found: tuple[PillarResult, ...] = () if scored is None else scored.result.pillars
    overall: Overall | None = scored.result.overall if scored is not None and whole else None
    return UnitLine(
        id=unit.id,
        name=unit.name,
        parent=unit.parent,
        weight=unit.weight,
        is_own=unit.id.endswith(OWN),
        is_leaf=leaf,
        people=people if open_ones or not people else None,
        is_hidden=overall is None and people > 0,
        index=None if overall is None else overall.index,
        level=None if overall is None else overall.level,
        interval=None if overall is None else overall.interval,
        pillars=tuple(_pillar(row, row.key in open_ones) for row in found),
    )


def _pillar(row: PillarResult, is_open: bool) -> PillarOfUnit:
    if not is_open:
        return PillarOfUnit(row.key, is_hidden=True)
    means = {question.key: question.mean for question in row.questions if question.mean is not None}
    return PillarOfUnit(row.key, False, row.score, row.level, row.interval, means)


def _rollups(
    bank: Bank, ends: Sequence[tuple[UnitLine, UnitScore | None]], shown: Mapping[str, Collection[str]]
) -> Rollups:
    """The roll-up over the ends of the tree: a hidden one counts as addressed, and as nothing else."""
    pillars: list[Rollup] = []
    for place, pillar in enumerate(bank.pillars):
        figures = [
            of_pillar(scored.unit, scored.result.pillars[place])
            if scored is not None and line.id in shown[pillar.key] else _nothing(line)
            for line, scored in ends
        ]  # fmt: skip
        pillars.append(rolled(bank, pillar.key, pillar.highest, figures))
    overall = [
        of_index(bank, scored) if scored is not None and not line.is_hidden else _nothing(line) for line, scored in ends
    ]
    return Rollups(tuple(pillars), rolled(bank, None, bank.highest, overall))


def _nothing(line: UnitLine) -> Figures:
    return Figures(Unit(line.id, line.name, line.parent, line.weight), None, None, None, None)
