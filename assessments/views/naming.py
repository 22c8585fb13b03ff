"""The page of an organisation, and renaming it or an assessment."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import assessments, organisations
from assessments.forms.naming import AssessmentNameForm, OrganisationForm
from assessments.sentences import gettext as _


@signed_in("GET, POST")
def organisation(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show and change an organisation's name and time zone, and lead to everything else about it."""
    user = request.user
    owned = access.organisation_for(user, pk)
    others = access.organisations_managed_by(user).exclude(pk=pk)
    form = OrganisationForm(request.POST or None, organisation=owned, others=others)
    if request.method == "POST" and form.is_valid():
        organisations.change(organisation=owned, by=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("organisation", pk=pk)
    leads = access.led_organisations(user).filter(pk=pk).exists()
    context = {"owned": owned, "form": form, "leads": leads, "trends": results.latest_of_trends(owned)}
    return render(request, "assessments/assessment/organisation.html", context)


@signed_in("GET, POST")
def rename(request: UserRequest, pk: UUID) -> HttpResponse:
    """Rename an assessment, in whatever state it is."""
    assessment = access.managed_assessment_for(request.user, pk)
    form = AssessmentNameForm(request.POST or None, assessment=assessment, is_used=access.is_name_used)
    if request.method == "POST" and form.is_valid():
        assessments.rename(assessment=assessment, name=form.cleaned_data["name"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("manage", pk=pk)
    return render(request, "assessments/assessment/rename.html", {"assessment": assessment, "form": form})
