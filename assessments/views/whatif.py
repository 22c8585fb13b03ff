"""What would change if questions reached a level: tried out in the address, kept as a scenario, always marked as one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessments import access, reader_language
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import scenarios as actions
from assessments.forms.whatif import LevelsForm, ScenarioForm
from assessments.models import User
from assessments.pages.whatif import WhatIf, what_if_page
from assessments.results import AssessmentResult, assessment_result, in_language, scenarios


@signed_in("GET, POST")
def what_if(request: UserRequest, pk: UUID) -> HttpResponse:
    """GET tries out what is in the address; POST keeps it under a name."""
    user = request.user
    shown = _shown(user, pk)
    form = LevelsForm(request.POST or request.GET, bank=shown.bank, movable=scenarios.movable(shown))
    levels = form.levels if form.is_valid() else {}
    keep = ScenarioForm(request.POST or None, levels=levels)
    if request.method == "POST" and levels and keep.is_valid():
        return _keep(request, shown, keep.cleaned_data["name"], levels, user)
    context = {
        "assessment": shown.assessment,
        "form": form,
        "page": _page(shown, levels) if levels else None,
        "keep": keep,
        "scenarios": scenarios.scenarios_of(shown.assessment),
    }
    return render(request, "assessments/results/what_if.html", context)


def _keep(request: HttpRequest, shown: AssessmentResult, name: str, levels: dict[str, int], user: User) -> HttpResponse:
    scenario = actions.save(
        assessment=shown.assessment, name=name, levels=levels, checksum=shown.frozen.checksum, by=user
    )
    messages.success(request, _("The scenario is saved. The result itself has not changed."))
    return redirect("scenario", pk=shown.assessment.pk, scenario=scenario.pk)


@signed_in("GET")
def scenario(request: UserRequest, pk: UUID, scenario: UUID) -> HttpResponse:
    """A scenario that was kept, computed again on the result as it is now."""
    shown = _shown(request.user, pk)
    found = scenarios.scenario_of(shown.assessment, scenario)
    known = {key: level for key, level in found.levels.items() if key in scenarios.movable(shown)}
    context = {
        "assessment": shown.assessment,
        "scenario": found,
        "page": _page(shown, known),
        "stale": found.checksum != shown.frozen.checksum,
    }
    return render(request, "assessments/results/scenario.html", context)


@signed_in("POST")
def remove(request: UserRequest, pk: UUID, scenario: UUID) -> HttpResponse:
    user = request.user
    shown = _shown(user, pk)
    actions.remove(scenario=scenarios.scenario_of(shown.assessment, scenario), by=user)
    messages.success(request, _("The scenario has been removed. The result itself has not changed."))
    return redirect("what_if", pk=pk)


def _shown(user: User, pk: UUID) -> AssessmentResult:
    assessment = access.closed_assessment_for(user, pk)
    shown = assessment_result(assessment, reader=user, may_read_comments=False)
    return in_language(shown, reader_language.language())


def _page(shown: AssessmentResult, levels: dict[str, int]) -> WhatIf:
    then = scenarios.result_if(shown, levels)
    return what_if_page(shown.bank, shown.result, then, levels, shown.assessment.organisation.name)
