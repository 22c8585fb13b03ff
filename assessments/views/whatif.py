"""Scenarios: what would change if questions reached a level. Tried out in the URL or saved; always marked as such."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments import access, reader_language
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import scenarios as actions
from assessments.forms.whatif import LevelsForm, ScenarioForm
from assessments.models import User
from assessments.pages.whatif import WhatIf, what_if_page
from assessments.results import AssessmentResult, assessment_result, in_language, scenarios
from assessments.sentences import gettext as _
from assessments.wording.credit import credit


@signed_in("GET, POST")
def what_if(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show the scenario in the query string; POST saves it under a name."""
    result = _result(request.user, pk)
    form = LevelsForm(request.POST or request.GET, bank=result.bank, movable=scenarios.movable(result))
    levels = form.levels if form.is_valid() else {}
    keep = ScenarioForm(request.POST or None, levels=levels)
    if request.method == "POST" and levels and keep.is_valid():
        return _keep(request, result, keep.cleaned_data["name"], levels, request.user)
    context = {
        "assessment": result.assessment,
        "form": form,
        "few": bool(result.seen.withheld or result.seen.closed),
        "page": _page(result, levels),
        "bank_credit": credit(result.bank),
        "keep": keep,
        "scenarios": scenarios.scenarios_of(result.assessment),
    }
    return render(request, "assessments/results/what_if.html", context)


def _keep(
    request: HttpRequest, result: AssessmentResult, name: str, levels: dict[str, int], user: User
) -> HttpResponse:
    scenario = actions.save(
        assessment=result.assessment, name=name, levels=levels, checksum=result.frozen.checksum, by=user
    )
    messages.success(request, _("The scenario is saved. The result itself has not changed."))
    return redirect("scenario", pk=result.assessment.pk, scenario=scenario.pk)


@signed_in("GET")
def scenario(request: UserRequest, pk: UUID, scenario: UUID) -> HttpResponse:
    """Show a saved scenario, recalculated from the current result."""
    result = _result(request.user, pk)
    row = scenarios.scenario_of(result.assessment, scenario)
    levels = {key: level for key, level in row.levels.items() if key in scenarios.movable(result)}
    context = {
        "assessment": result.assessment,
        "scenario": row,
        "page": _page(result, levels),
        "bank_credit": credit(result.bank),
        "stale": row.checksum != result.frozen.checksum,
    }
    return render(request, "assessments/results/scenario.html", context)


@signed_in("POST")
def remove(request: UserRequest, pk: UUID, scenario: UUID) -> HttpResponse:
    result = _result(request.user, pk)
    actions.remove(scenario=scenarios.scenario_of(result.assessment, scenario), by=request.user)
    messages.success(request, _("The scenario has been removed. The result itself has not changed."))
    return redirect("what_if", pk=pk)


def _result(user: User, pk: UUID) -> AssessmentResult:
    assessment = access.closed_assessment_for(user, pk)
    result = assessment_result(assessment, reader=user, may_read_comments=False)
    return in_language(result, reader_language.language())


def _page(result: AssessmentResult, levels: dict[str, int]) -> WhatIf:
    then = scenarios.result_if(result, levels) if levels else result.result
    return what_if_page(result.bank, result.result, then, levels, result.assessment.organisation.name)
