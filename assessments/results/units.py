"""The results of an assessment's units: which units it asks, their figures as frozen on closing, and as one reader sees them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from assessments.formats.answers import load_answers
from assessments.formats.unit_results import dump_unit_results, load_unit_results
from assessments.models import Assessment, Participant, PartOfTree, Result, Unit, UnitFigures, units_in
from assessments.scoring.answers import Answers, Respondent, Unit as UnitOfAnswers
from assessments.scoring.unit_change import comparable_units
from assessments.scoring.unit_figures import UnitLine, UnitResults, unit_results

from .bank import bank_of
from .frozen import checksum_of
from .limits import eligible_for
from .neighbours import NEIGHBOURS

NO_UNITS = '{"format":"maturity-units/1","comparable":[],"is_weighted":false,"rollups":null,"units":[]}'


def units_asked(assessment: Assessment) -> PartOfTree:
    """The units that an assessment asks, by id, in order: all active ones of its kind, or those at and below its roots.

    Two queries; none for an assessment that is not asked by unit.
    """
    if not assessment.unit_kind:
        return {}
    rows = Unit.objects.filter(organisation=assessment.organisation_id, kind=assessment.unit_kind)
    return units_in(assessment, rows.active().in_order())


def with_units(assessment: Assessment, answers: Answers) -> Answers:
    """The answers with the tree as it is now and everybody's place in it. They are weighted by headcount if all have one.

    Answers to central questions are left out of people who got their unit after they had answered them.
    """
    asked = units_asked(assessment)
    if not asked:
        return answers
    rows = Participant.objects.filter(assessment=assessment).exclude(unit=None).values_list("pseudonym", "unit")
    of_units, central = dict(rows), bank_of(assessment.bank_version).central
    places = {person: unit for person, unit in of_units.items() if unit in asked}
    inner, peopled = {unit.parent_id for unit in asked.values()}, set(places.values())
    counted = [unit for unit in asked.values() if unit.pk not in inner or unit.pk in peopled]
    weighted = all(unit.headcount for unit in counted)
    return replace(
        answers,
        units=tuple(_unit(unit, asked, weighted=weighted) for unit in asked.values()),
        respondents=tuple(
            _placed(_asked_locally(person, central) if person.id in of_units else person, places)
            for person in answers.respondents
        ),
    )


def _unit(unit: Unit, asked: PartOfTree, *, weighted: bool) -> UnitOfAnswers:
    parent = str(unit.parent_id) if unit.parent_id in asked else None
    return UnitOfAnswers(str(unit.pk), unit.name, parent, float(unit.headcount or 1) if weighted else 1.0)


def _asked_locally(person: Respondent, central: Collection[str]) -> Respondent:
    def local[Value](values: Mapping[str, Value]) -> dict[str, Value]:
        return {key: value for key, value in values.items() if key not in central}

    if not central:
        return person
    return replace(
        person,
        answers=local(person.answers),
        evidence=local(person.evidence),
        reasons=local(person.reasons),
        comments=local(person.comments),
    )


def _placed(person: Respondent, places: dict[str, UUID]) -> Respondent:
    return replace(person, unit=str(places[person.id])) if person.id in places else person


def unit_figures_of(row: Result, answers: Answers) -> UnitFigures | None:
    """The row with the units' figures of a result frozen just now, not saved; None without units, for a pulse, which
    has no scores, or if they could tell how single people answered because nearly the same people have a result that is
    hardly older."""
    assessment = row.assessment
    if not answers.units or assessment.is_pulse or (not assessment.is_named and _has_neighbour(row, answers)):
        return None
    eligible = None if assessment.is_named else eligible_for(row.counted, None, everybody=True)
    found = unit_results(bank_of(assessment.bank_version), answers, eligible)
    text = dump_unit_results(replace(found, comparable=_comparable(row, answers, found)))
    return UnitFigures(result=row, figures=text, checksum=checksum_of(text, row.checksum, row.salt))


def _comparable(row: Result, answers: Answers, found: UnitResults) -> tuple[str, ...]:
    """The units whose index may be compared with that of the previous round, if it asked the same questions. One query."""
    before = row.compared_with
    if before is None or _asked(before.assessment) != _asked(row.assessment):
        return ()
    figures = UnitFigures.objects.filter(result=before).values_list("figures", flat=True).first()
    if figures is None:
        return ()
    then = load_answers(before.answers, bank_of(before.assessment.bank_version))
    shown = found.indexed.keys() & load_unit_results(figures).indexed.keys()
    is_named = row.assessment.is_named and before.assessment.is_named
    counted = [eligible_for(each.counted, None, everybody=True) for each in (row, before)]
    return comparable_units(answers, then, shown, None if is_named else (counted[0], counted[1]))


def _asked(assessment: Assessment) -> tuple[UUID | int, str]:
    return assessment.bank_version_id, assessment.subset


def _has_neighbour(row: Result, answers: Answers) -> bool:
    """Whether there is an earlier revision, an erased result, or another assessment of the same bank with some of the
    same people that closed less than two weeks before this one opened. Three queries."""
    assessment = row.assessment
    if assessment.result_was_erased or row.revision > 1 or assessment.opened_at is None:
        return True
    others = Participant.objects.filter(
        assessment__organisation=assessment.organisation_id,
        assessment__bank_version__bank=assessment.bank_version.bank_id,
        assessment__closed_at__gt=assessment.opened_at - NEIGHBOURS,
        submission__state="submitted",
    ).exclude(assessment=assessment)
    if assessment.closed_at is not None:  # taken in with those that came after it
        others = others.filter(assessment__closed_at__lte=assessment.closed_at)
    return not {person.id for person in answers.respondents}.isdisjoint(others.values_list("pseudonym", flat=True))


@dataclass(frozen=True)
class UnitsBefore:
    """The previous round's name, and the index of each unit there that may be compared, by id; `checksum` of its figures."""

    name: str
    checksum: str
    indexes: Mapping[str, float]


@dataclass(frozen=True)
class SeenUnits:
    """The units' figures as one reader may see them. `is_all`: every unit, and so the roll-up over all of them;
    `checksum` of all the figures."""

    units: tuple[UnitLine, ...]
    results: UnitResults
    is_all: bool
    checksum: str = ""
    before: UnitsBefore | None = None


def _current(assessment: Assessment) -> QuerySet[UnitFigures]:
    """The units' figures of the current result, if it has any."""
    return UnitFigures.objects.filter(result__in=Result.objects.current().filter(assessment=assessment))


def unit_figures_text(assessment: Assessment) -> str:
    """The figures of all units as frozen, for whoever runs the assessment; an empty list without any. One query."""
    return _current(assessment).values_list("figures", flat=True).first() or NO_UNITS


@lru_cache(maxsize=32)
def _loaded(_checksum: str, pk: int) -> UnitResults:
    """Cached by checksum: frozen figures never change."""
    return load_unit_results(UnitFigures.objects.values_list("figures", flat=True).get(pk=pk))


def seen_units(
    assessment: Assessment, *, own: Collection[str] = (), led: Collection[str] = (), everything: bool
) -> SeenUnits | None:
    """The figures of the current result, or None if it has none: of all units, or of `own` ones and of all at and below
    `led` ones. One or two queries."""
    found = _current(assessment).values_list("checksum", "pk").first()
    if found is None:
        return None
    results = _loaded(*found)
    units = results.units if everything else tuple(_part(results.units, own, led))
    return SeenUnits(units, results, everything, found[0])


def with_units_before(assessment: Assessment, seen: SeenUnits, may_see: Callable[[Assessment], bool]) -> SeenUnits:
    """The same with the previous round, if `may_see` says that the reader sees all units there too. Two queries, if
    there is something to compare."""
    if not (seen.is_all and seen.results.comparable):
        return seen
    compared = Result.objects.current().filter(assessment=assessment).values("compared_with")
    found = UnitFigures.objects.filter(result__in=compared).select_related("result__assessment")
    row = found.defer("figures", "result__result", "result__answers").first()
    if row is None or not may_see(row.result.assessment):
        return seen
    then = _loaded(row.checksum, row.pk).indexed
    indexes = {unit: then[unit] for unit in seen.results.comparable if unit in then}
    return replace(seen, before=UnitsBefore(row.result.assessment.name, row.checksum, indexes))


def _part(units: Sequence[UnitLine], own: Collection[str], led: Collection[str]) -> Sequence[UnitLine]:
    """The lines at and below `led` units, and those of `own` ones, without a line that a reader does not see above them."""
    below = set(led)
    for unit in units:
        if unit.parent in below:
            below.add(unit.id)
    seen = [unit for unit in units if unit.id in below or unit.id in own]
    ids = {unit.id for unit in seen}
    return [unit if unit.parent in ids else replace(unit, parent=None) for unit in seen]
