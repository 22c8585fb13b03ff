"""Starting an assessment: what it is for, then who answers."""

import itertools
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import assessments, organisations, planning
from assessments.emails.phrases import minutes_for
from assessments.forms.starting import StartForm
from assessments.models import Assessment, Organisation, User
from assessments.pages import shelf
from assessments.wording import numbers

NEW = "new"  # instead of an organisation's id in the address


@signed_in("GET, POST")
def start(request: UserRequest) -> HttpResponse:
    """One person answers at once; for several, a draft is prepared step by step."""
    user = request.user
    versions = access.published_versions()
    if not versions:
        return render(request, "assessments/assessment/no_bank.html", status=503)
    owned = access.organisations_managed_by(user)
    form = StartForm(
        request.POST or None,
        initial={**_initial(request, user, list(owned)), "bank_version": access.usual_bank(user, versions)},
        organisations=owned,
        consultancies=access.consultancies_of(user),
        versions=versions,
        described=partial(shelf.described, minutes_for=minutes_for),
        is_used=access.is_name_used,
        subsets=shelf.subsets_of(versions, minutes_for),
    )
    if request.method == "POST" and form.is_valid():
        return _begin(form, user)
    only = None if "bank_version" in form.fields else shelf.offer_of(versions[0], minutes_for)
    return render(request, "assessments/planning/start.html", {"form": form, "only": only})


def _initial(request: UserRequest, user: User, owned: list[Organisation]) -> dict[str, object]:
    """Preselect the organisation of the address, or the user's only one."""
    asked = request.GET.get("client") or (owned[0].pk if len(owned) == 1 else None)
    chosen = next((each for each in owned if str(each.pk) == str(asked)), None)
    return {
        "organisation": None if asked == NEW else asked,
        "name": _free_name(chosen),
        "time_zone": access.usual_time_zone(user),
    }


def _free_name(organisation: Organisation | None) -> str:
    """Return the quarter, with a number if the organisation has an assessment of that name."""
    name = numbers.quarter(timezone.localdate())
    names = itertools.chain((name,), (f"{name} ({number})" for number in itertools.count(2)))
    return next(each for each in names if not (organisation and access.is_name_used(organisation, each)))


def _begin(form: StartForm, user: User) -> HttpResponse:
    data = form.cleaned_data
    basics = {name: data[name] for name in ("bank_version", "subset", "name", "confidentiality")}
    if form.is_for_one:
        alone = assessments.start_alone(
            organisation=_organisation(form, user), function=data["function"], by=user, **basics
        )
        return redirect("pillar", pk=alone.pk, key=results.bank_asked(alone).pillars[0].key)
    draft: Assessment = planning.begin(organisation=_organisation(form, user), by=user, **basics)
    return redirect("plan", pk=draft.pk, step="people")


def _organisation(form: StartForm, user: User) -> Organisation:
    data = form.cleaned_data
    if data.get("organisation"):
        chosen: Organisation = data["organisation"]
        return chosen
    zone = data.get("time_zone") or access.usual_time_zone(user)
    name, consultancy = data["organisation_name"], data["consultancy"]
    return organisations.take_on(name=name, time_zone=zone, consultancy=consultancy, by=user).organisation


@signed_in("GET")
def prepare(request: UserRequest) -> HttpResponse:
    """The address of the first step until now."""
    query = request.META["QUERY_STRING"]
    return redirect(reverse("start") + (f"?{query}" if query else ""))
