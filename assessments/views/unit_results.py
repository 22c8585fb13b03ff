"""The units of an assessment: which it asks and who answers for which; and once it is closed, their results."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import unit_people
from assessments.actions.assessments import WrongStateError
from assessments.forms.unit_people import ChooseUnitsForm, PlacePeopleForm, UnitNames
from assessments.models import Assessment, Unit
from assessments.pages.central import central_page
from assessments.pages.search import page_of
from assessments.pages.unit_results import UnitsPage
from assessments.pages.units import asked_paths, choices, tree_lines
from assessments.reader_language import language
from assessments.sentences import gettext as _, ngettext

type Paths = list[tuple[UUID, tuple[str, ...]]]  # the units asked, with their names from the top
type People = dict[str, tuple[UUID, UUID | None]]  # by address: participant and unit


@signed_in("GET, POST")
def assessment_units(request: UserRequest, pk: UUID) -> HttpResponse:
    """Choose the units that an assessment asks, and assign its people to them."""
    assessment = access.managed_assessment_for(request.user, pk, pulses=False)
    if assessment.has_result or assessment.for_one:
        return redirect("manage", pk=pk)
    paths, people = asked_paths(assessment), access.addresses_in(assessment)
    choose, place = _choose_form(request, assessment), _place_form(request, paths, people)
    try:
        if "choose" in request.POST and choose.is_valid():
            values = choose.cleaned_data
            unit_people.choose(assessment=assessment, kind=values["kind"], roots=values["roots"], by=request.user)
            messages.success(request, _("Saved."))
            return redirect("assessment_units", pk=pk)
        if "place" in request.POST and place is not None and place.is_valid():
            n = unit_people.place(assessment=assessment, places=place.places, by=request.user)
            said = ngettext("%(n)d person has another unit now.", "%(n)d people have another unit now.", n)
            messages.success(request, said % {"n": n})
            return redirect("assessment_units", pk=pk)
    except WrongStateError:
        return redirect("manage", pk=pk)
    central = len(results.bank_asked(assessment).central)
    page = page_of(_people_by_unit(paths, people), request.GET.get("page", ""))
    context = {"assessment": assessment, "choose": choose, "place": place, "page": page, "central": central}
    return render(request, "assessments/units/assessment.html", context)


def _choose_form(request: UserRequest, assessment: Assessment) -> ChooseUnitsForm:
    lines = {
        kind: choices(tree_lines(access.units_of(assessment.organisation, kind))) for kind, _label in Unit.Kind.choices
    }
    return ChooseUnitsForm(
        request.POST if "choose" in request.POST else None,
        kind=assessment.unit_kind,
        roots=[unit.pk for unit in assessment.unit_roots.all()],
        choices={kind: units for kind, units in lines.items() if units},
    )


def _place_form(request: UserRequest, paths: Paths, people: People) -> PlacePeopleForm | None:
    if not paths:
        return None
    labels = {pk: " > ".join(path) for pk, path in paths}
    written = [f"{address}, {labels.get(unit, '') if unit else ''}" for address, (_pk, unit) in people.items()]
    return PlacePeopleForm(
        request.POST if "place" in request.POST else None,
        names=UnitNames(paths),
        known={address: person for address, (person, _unit) in people.items()},
        text="\n".join(written),
    )


def _people_by_unit(paths: Paths, people: People) -> list[tuple[str, int, int]]:
    """Name, depth and number of people of each unit, in the order of the tree, and last of those without one."""
    placed = Counter(unit for _pk, unit in people.values())
    found = [(path[-1], len(path), placed[pk]) for pk, path in paths]
    nowhere = sum(placed.values()) - sum(n for _name, _depth, n in found)
    return [*found, *([(_("In none of these units"), 1, nowhere)] if nowhere and paths else [])]


@signed_in("GET")
def units_result(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show the results of units side by side, as far as this reader may see them."""
    grant = access.require_units(request.user, pk)
    assessment = grant.assessment
    seen = results.seen_units(assessment, own=grant.own, led=grant.led, everything=grant.everything)
    if seen is not None:
        seen = results.with_units_before(assessment, seen, partial(access.sees_all_units, request.user))
    bank = results.bank_in(assessment.bank_version, language())
    page = None if seen is None else UnitsPage(bank, seen, request.GET.get("sort", ""))
    rendered = "" if page is None else _rendered(UnitsReading(_key(grant, page), pk, page))
    context = {
        "assessment": assessment,
        "page": page,
        "rendered": rendered,
        "central": None if page is None else central_page(assessment, language(), among=_objecting(grant, page)),
        "linked": grant.runs or grant.everything or bool(grant.own),
    }
    return render(request, "assessments/units/results.html", context)


def _objecting(grant: access.UnitsGrant, page: UnitsPage) -> set[str] | None:
    """The units (ids) whose objections this reader may see; None for all. A handover can bring ids of any form."""
    return None if grant.everything else {unit.id for unit in page.seen.units}


@dataclass(frozen=True)
class UnitsReading:
    """The results of units as one reader may see them; those with equal `key` look the same and share one rendering."""

    key: tuple[Hashable, ...]
    pk: UUID  # of the assessment
    page: UnitsPage = field(compare=False)


def _key(grant: access.UnitsGrant, page: UnitsPage) -> tuple[Hashable, ...]:
    """Everything that the page shows is in it, or determined by it."""
    seen, version = page.seen, grant.assessment.bank_version
    before = None if seen.before is None else (seen.before.name, seen.before.checksum)
    reader = (grant.everything, grant.own, grant.led)
    return (seen.checksum, before, reader, page.sort, get_language(), language(), *sorted(version.languages.items()))


@lru_cache(maxsize=32)
def _rendered(reading: UnitsReading) -> SafeString:
    """Render once per process: frozen figures never change, and a large tree has two thousand cells."""
    return render_to_string("assessments/units/_results.html", {"page": reading.page, "pk": reading.pk})
