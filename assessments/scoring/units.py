"""The units of one organisation: one result a unit, and their roll-up in three ways that are never mixed.

The share of units at each level; a mean with an interval that knows how far units differ (two-stage sampling, Cochran
1977, chapter 11, with a jackknife between units); and the weakest unit. `docs/method.md` has the arithmetic.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum, inf, sqrt
from typing import NamedTuple

from .answers import Answers, Respondent, Unit
from .bank import Bank
from .figures import Interval, PillarResult, Result
from .interval import interval, margin, variance, weighted_mean
from .organisation import Scored, index_error
from .result import score_with_parts


@dataclass(frozen=True)
class Rollup:
    """One pillar, or the index if `key` is None, over the units. Scores are on the bank's scale.

    `share_by_level` (0-1) is over the units with a level; `weakest` is the id of the unit with the lowest level, then
    the lowest score.
    """

    key: str | None
    share_by_level: Mapping[int, float] | None
    mean: float | None
    interval: Interval | None
    weakest: str | None


@dataclass(frozen=True)
class Rollups:
    """Every pillar in bank order, and the index."""

    pillars: tuple[Rollup, ...]
    overall: Rollup


class Figures(NamedTuple):
    """What one addressed unit contributes to the roll-up of a pillar or of the index."""

    unit: Unit
    score: float | None
    level: int | None
    se: float | None
    interval: Interval | None


class UnitScore(NamedTuple):
    """The result of some people of a unit, and what the SE of its index is made of."""

    unit: Unit
    result: Result
    parts: list[Scored]


def by_unit(bank: Bank, answers: Answers) -> Iterator[Result]:
    """The result of each unit, in the order of the units: of the people in it and in every unit below it."""
    people = people_under(answers)
    for unit in answers.units:
        yield score_unit(bank, answers, unit, people[unit.id]).result


def roll_up(bank: Bank, answers: Answers) -> Rollups:
    """The roll-up over the addressed units: those without a unit below, and others with people of their own.

    They share out the people, so nobody counts twice. One without answers counts as addressed and has no score.
    """
    return rolled_up(bank, [score_unit(bank, answers, unit, people) for unit, people in addressed(answers)])


def by_unit_and_rolled_up(bank: Bank, answers: Answers) -> tuple[list[Result], Rollups]:
    """`by_unit` and `roll_up` together: a unit without a unit below it is scored once."""
    people = people_under(answers)
    whole = {unit.id: score_unit(bank, answers, unit, people[unit.id]) for unit in answers.units}
    own = [
        whole[unit.id] if len(mine) == len(people[unit.id]) else score_unit(bank, answers, unit, mine)
        for unit, mine in addressed(answers)
    ]
    return [one.result for one in whole.values()], rolled_up(bank, own)


def people_under(answers: Answers) -> dict[str, list[Respondent]]:
    """The people in each unit and below it, in the order of the respondents."""
    parents = {unit.id: unit.parent for unit in answers.units}
    under: dict[str, list[Respondent]] = {unit: [] for unit in parents}
    for person in answers.respondents:
        unit = person.unit
        while unit is not None:
            under[unit].append(person)
            unit = parents[unit]
    return under


def addressed(answers: Answers) -> list[tuple[Unit, list[Respondent]]]:
    """The units that have no unit below or people of their own, each with these people."""
    own: dict[str, list[Respondent]] = {unit.id: [] for unit in answers.units}
    for person in answers.respondents:
        if person.unit is not None:
            own[person.unit].append(person)
    parents = {unit.parent for unit in answers.units}
    return [(unit, own[unit.id]) for unit in answers.units if unit.id not in parents or own[unit.id]]


def score_unit(bank: Bank, answers: Answers, unit: Unit, people: Sequence[Respondent]) -> UnitScore:
    """The result of these people of a unit."""
    return UnitScore(unit, *score_with_parts(bank, _part(answers, unit, people)))


def figures_of_unit(bank: Bank, answers: Answers, unit: Unit, people: Sequence[Respondent]) -> UnitScore:
    """The same without priorities, which take a third of the time."""
    return UnitScore(unit, *score_with_parts(bank, _part(answers, unit, people), moves=False))


def _part(answers: Answers, unit: Unit, people: Sequence[Respondent]) -> Answers:
    return replace(answers, id=unit.id, invited=None, respondents=tuple(people))


def rolled_up(bank: Bank, units: Sequence[UnitScore]) -> Rollups:
    """The roll-up of addressed units."""
    pillars = [
        rolled(bank, pillar.key, pillar.highest, [of_pillar(one.unit, one.result.pillars[place]) for one in units])
        for place, pillar in enumerate(bank.pillars)
    ]
    return Rollups(tuple(pillars), rolled(bank, None, bank.highest, [of_index(bank, one) for one in units]))


def of_pillar(unit: Unit, found: PillarResult) -> Figures:
    """The figures of one pillar of a unit."""
    return Figures(unit, found.score, found.level, found.se, found.interval)


def of_index(bank: Bank, one: UnitScore) -> Figures:
    """The figures of the index of a unit. A result gives the interval, which may be clipped, and not the SE."""
    found, se = one.result.overall, None
    if found.interval is not None:
        se = index_error(bank, one.result.pillars, one.parts, None)[0]
    return Figures(one.unit, found.index, found.level, se, found.interval)


def rolled(bank: Bank, key: str | None, highest: int, units: Sequence[Figures]) -> Rollup:
    """The three ways of adding up side by side, for a pillar or the index."""
    levelled = [each for each in units if each.level is not None]
    weakest = min((each for each in units if each.level or each.score is not None), key=strength, default=None)
    scored = [each for each in units if each.score is not None]
    mean = weighted_mean([each.unit.weight for each in scored], [each.score for each in scored])
    return Rollup(
        key=key,
        share_by_level={
            level: sum(each.level == level for each in levelled) / len(levelled) for level in range(1, highest + 1)
        } if levelled else None,
        mean=mean,
        interval=None if mean is None else reach(bank, mean, scored, len(units)),
        weakest=None if weakest is None else weakest.unit.id,
    )  # fmt: skip


def strength(unit: Figures) -> tuple[float, float]:
    """The order of units from the weakest."""
    return (inf if unit.level is None else unit.level, inf if unit.score is None else unit.score)


def reach(bank: Bank, mean: float, scored: Sequence[Figures], addressed: int) -> Interval | None:
    """The 90 % interval of the mean, with m - 1 degrees of freedom, clipped to the scale.

    None if a unit has no SE, or if one unit of several has a score: the spread between units is then unknown.
    """
    if len(scored) == 1:
        return scored[0].interval if addressed == 1 else None
    se = error(scored, addressed)
    return None if se is None else interval(bank.scale, mean, margin(se, len(scored) - 1))


def error(scored: Sequence[Figures], addressed: int) -> float | None:
    """The SE of the mean of two or more units: the spread between them, as far as units are missing, and within them."""
    weights = [each.unit.weight for each in scored]
    values = [each.score or 0.0 for each in scored]
    errors = [each.se for each in scored if each.se is not None]
    if len(errors) < len(scored):
        return None
    whole, total = fsum(weights), fsum([w * value for w, value in zip(weights, values, strict=True)])
    without = [(total - w * value) / (whole - w) for w, value in zip(weights, values, strict=True)]
    within = fsum([(w / whole * se) ** 2 for w, se in zip(weights, errors, strict=True)])
    return sqrt((1 - len(scored) / addressed) * variance(without) + within)
