"""The programme of an organisation: what it does next, setting it up and changing it, pausing and ending it."""

import datetime
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import planning, programmes
from assessments.actions.assessments import WrongStateError
from assessments.actions.invitations import Invitee
from assessments.actions.programmes import MAX_STEPS, StepPlan
from assessments.forms.days_off import text_of
from assessments.forms.programme import ProgrammeForm, lines_of
from assessments.models import BankVersion, Organisation, Programme, ProgrammeStep, User
from assessments.pages.programme import programme_page
from assessments.reader_language import language
from assessments.sentences import gettext as _

USUAL_DAYS = 14
WEEKEND = [5, 6]
MAX_DAYS = 90


@signed_in("GET")
def programme(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show what the programme does next; without one, lead to setting it up."""
    owner = access.organisation_for(request.user, pk)
    found = access.programme_of(owner)
    if found is None:
        return redirect("programme_change", pk=pk)
    page = programme_page(found, owner.today)
    is_mine = found.run_by_id == request.user.pk
    return render(request, "assessments/programme/page.html", {"owned": owner, "page": page, "is_mine": is_mine})


@signed_in("GET, POST")
def change(request: UserRequest, pk: UUID) -> HttpResponse:
    """Set up the programme or change it, on one page."""
    owner = access.organisation_for(request.user, pk)
    versions = {version.bank_id: version for version in reversed(access.published_versions())}
    if not versions:
        return render(request, "assessments/assessment/no_bank.html", status=503)
    found = access.programme_of(owner)
    form = _form(request, owner, found, versions)
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(form, owner, found, versions, request.user)
        except programmes.ProgrammeChangedError:
            form = _form(request, owner, access.programme_of(owner), versions)
            form.say_changed()
        else:
            messages.success(request, _("Saved. Nothing has been sent.") + " " + _next_of(saved))
            return redirect("programme", pk=pk)
    return render(request, "assessments/programme/change.html", {"owned": owner, "form": form, "is_new": found is None})


type Versions = dict[int, BankVersion]


def _form(request: HttpRequest, owner: Organisation, found: Programme | None, versions: Versions) -> ProgrammeForm:
    steps = list(found.steps.all()) if found else []
    choices = [choice for version in versions.values() for choice in _asked(version)]
    initial = _stored(found, steps) if found else _proposed(owner, choices[0][0])
    opened = set(found.runs.exclude(state="announced").values_list("step", "period")) if found else set()
    numbers = {step.pk: number for number, step in enumerate(steps, start=1)}
    return ProgrammeForm(
        request.POST or None,
        initial={**initial, "token": programmes.version_token(found)},
        choices=choices,
        slots=min(MAX_STEPS, max(2, len(steps) + 1)),
        zone=owner.time_zone,
        today=owner.today,
        opened={(numbers[step], period) for step, period in opened if step in numbers},
    )


def _asked(version: BankVersion) -> Iterator[tuple[str, str]]:
    """What a step can ask of a bank: all of it, or a subset."""
    name = results.name_in(version, language())
    yield f"{version.bank_id}:", name
    for subset in results.bank_in(version, language()).subsets:
        yield f"{version.bank_id}:{subset.key}", f"{name}: {subset.title}"


def _stored(found: Programme, steps: list[ProgrammeStep]) -> dict[str, Any]:
    people = list(found.people.values_list("email", "name", "function"))
    own = {name: getattr(found, name) for name in programmes.SETTINGS}
    values = {**own, "days_off": text_of(found.days_off), "people": lines_of(people)}
    values[f"days_{len(steps) + 1}"] = USUAL_DAYS
    for number, step in enumerate(steps, start=1):
        coming = [each.opens for each in found.coming(found.organisation.today) if each.step == step]
        values[f"what_{number}"] = f"{step.bank_id}:{step.subset}"
        values[f"months_{number}"], values[f"days_{number}"] = step.months, step.days
        values[f"first_on_{number}"] = coming[0] if coming else step.first_on
    return values


def _proposed(owner: Organisation, what: str) -> dict[str, Any]:
    """A year after the latest assessment, with its people and settings."""
    last = planning.last_assessment_of(owner)
    opened = last.opened_at.astimezone(owner.zone).date() if last and last.opened_at else owner.today
    first = opened + datetime.timedelta(days=364)  # the same day of the week
    soon = owner.today + datetime.timedelta(days=14)
    days = (last.due_on - opened).days if last and last.due_on else USUAL_DAYS
    people = [(each.email, each.name, each.function) for each in planning.people_of(last)] if last else []
    return {
        "what_1": what,
        "months_1": ProgrammeStep.Rhythm.YEARLY,
        "first_on_1": Programme(weekdays_off=WEEKEND).working_day(first if first > soon else soon),
        "days_1": days if 0 < days <= MAX_DAYS else USUAL_DAYS,
        "days_2": USUAL_DAYS,
        "people": lines_of(people),
        "confidentiality": last.confidentiality if last else "confidential",
        "reminder_days": (last.reminder_days if last else []) or [7, 1],
        "weekdays_off": WEEKEND,
        "days_off": "",
        "release": Programme.Release.BY_HAND,
        "keeps_targets": True,
    }


def _save(
    form: ProgrammeForm, owner: Organisation, found: Programme | None, versions: Versions, user: User
) -> Programme:
    people = [Invitee(row.email, row.name, row.function) for row in form.new]
    steps = list(_steps(form, list(found.steps.all()) if found else [], versions))
    token = form.values["token"]
    return programmes.save(organisation=owner, steps=steps, people=people, by=user, token=token, **form.settings)


def _steps(form: ProgrammeForm, stored: list[ProgrammeStep], versions: Versions) -> Iterator[StepPlan]:
    """The steps of the form; one whose dates were left alone keeps the day of the month on which it began."""
    for number, values in form.steps:
        before = stored[number - 1] if number <= len(stored) else None
        bank, _colon, subset = values["what"].partition(":")
        plan = StepPlan(versions[int(bank)].bank, subset, values["months"], values["first_on"], values["days"])
        if before is not None:
            is_same = plan.months == before.months and f"first_on_{number}" not in form.changed_data
            first_on = before.first_on if is_same else plan.first_on
            plan = StepPlan(plan.bank, subset, plan.months, first_on, plan.days, before.pk)
        yield plan


def _next_of(saved: Programme) -> str:
    """The sentence on what opens next, or "" if nothing does."""
    coming = saved.coming(saved.organisation.today)
    if not coming:
        return ""
    day = date_format(coming[0].opens, "DATE_FORMAT")
    return _("The next assessment opens on %(day)s; whoever runs the programme is told before.") % {"day": day}


@signed_in("POST")
def set_state(request: UserRequest, pk: UUID) -> HttpResponse:
    """Pause or resume the programme, or take it over."""
    found = access.programme_for(request.user, pk)
    acts = {
        "pause": (programmes.pause, _("Paused. Nothing opens until you resume it; what is open closes on its day.")),
        "resume": (programmes.resume, _("Resumed.")),
        "take_over": (programmes.take_over, _("Invitations now go out in your name.")),
    }
    act, said = acts.get(request.POST.get("do", ""), (None, ""))
    if act is not None:
        try:
            act(programme=found, by=request.user)
            messages.success(request, said)
        except WrongStateError:
            return _has_ended(request, pk)
    return redirect("programme", pk=pk)


def _has_ended(request: HttpRequest, pk: UUID) -> HttpResponse:
    messages.info(request, _("The programme has already ended; nothing was changed."))
    return redirect("organisation", pk=pk)


@signed_in("GET, POST")
def end(request: UserRequest, pk: UUID) -> HttpResponse:
    """End the programme for good. GET asks first."""
    found = access.programme_for(request.user, pk)
    if request.method != "POST":
        return render(request, "assessments/programme/end.html", {"owned": found.organisation})
    try:
        programmes.end(programme=found, by=request.user)
    except WrongStateError:
        return _has_ended(request, pk)
    messages.success(request, _("The programme has ended. Its assessments and results are still there."))
    return redirect("organisation", pk=pk)
