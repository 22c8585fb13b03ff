"""Invitations by a lead: invite, resend, withdraw, remind."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments import access, results
from assessments.access import PeopleGrant
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import invitations, links, participants
from assessments.actions.assessments import WrongStateError
from assessments.actions.invitations import Invitee
from assessments.forms.invitations import InviteForm, InviteManyForm, PersonForm
from assessments.forms.unit_people import UnitNames
from assessments.models import Participant, User
from assessments.pages import participants as participants_page
from assessments.pages.units import asked_paths, part_choices, paths_in
from assessments.sentences import gettext as _, ngettext


@signed_in("GET, POST")
def invite(request: UserRequest, pk: UUID) -> HttpResponse:
    """Invite one person."""
    grant = access.require_people(request.user, pk)
    if not grant.assessment.takes_invitations:
        return _not_open(request, grant)
    units = results.units_asked(grant.assessment) if grant.part is None else grant.part
    form = InviteForm(request.POST or None, units=part_choices(units), needs_unit=grant.part is not None)
    if request.method == "POST" and form.is_valid():
        return _invite(request, grant, [Invitee(**form.cleaned_data)])
    return render(request, "assessments/invitations/invite.html", {**_context(grant), "form": form})


@signed_in("GET, POST")
def invite_many(request: UserRequest, pk: UUID) -> HttpResponse:
    """Invite many people: the first POST shows how each line is read, the second sends."""
    grant = access.require_people(request.user, pk)
    assessment = grant.assessment
    if not assessment.takes_invitations:
        return _not_open(request, grant)
    form = InviteManyForm(
        request.POST or None,
        addresses=invitations.addresses_of(assessment),
        units=UnitNames.among(asked_paths(assessment) if grant.part is None else paths_in(grant.part)),
        needs_unit=grant.part is not None,
    )
    understood = request.method == "POST" and form.is_valid()
    if understood and "send" in request.POST:
        return _invite(request, grant, [Invitee(row.email, row.name, row.function, row.unit) for row in form.new])
    template = "preview" if understood and "change" not in request.POST else "invite_many"
    return render(request, f"assessments/invitations/{template}.html", {**_context(grant), "form": form})


def _context(grant: PeopleGrant) -> dict[str, Any]:
    return {"assessment": grant.assessment, "page_of_people": grant.home}


def _invite(request: UserRequest, grant: PeopleGrant, invitees: list[Invitee]) -> HttpResponse:
    """Invite them, leaving out anyone invited in the meantime, for example by a double click."""
    base_url, assessment = request.build_absolute_uri("/"), grant.assessment
    try:
        n = invitations.invite(assessment=assessment, invitees=invitees, by=request.user, base_url=base_url)
    except WrongStateError:
        return _not_open(request, grant)
    except invitations.AssessmentIsFullError:
        limit = {"limit": invitations.limit_of(assessment)}
        messages.warning(request, _("An assessment can have %(limit)d people at most. No one was invited.") % limit)
    except links.TooOftenError:
        messages.warning(
            request, _("You have sent too many invitations today. Try again tomorrow; no one was invited.")
        )
    else:
        _say_asked(request, n, invitees)
    return redirect(grant.home, pk=assessment.pk)


def _say_asked(request: HttpRequest, n: int, invitees: list[Invitee]) -> None:
    if not n:
        messages.info(request, _("Everyone you entered already takes part or has been invited; nothing was sent."))
    elif len(invitees) == 1:
        messages.success(request, _("An invitation is on its way to %(email)s.") % vars(invitees[0]))
    else:
        message = ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.", n)
        messages.success(request, message % {"n": n})


def _not_open(request: HttpRequest, grant: PeopleGrant) -> HttpResponse:
    messages.warning(
        request, _("You can invite people only to an open assessment for several people; nothing was changed.")
    )
    return redirect(grant.home, pk=grant.assessment.pk)


def _managed(request: UserRequest, pk: UUID) -> PeopleGrant:
    """The people of an assessment that the user runs: what unit leads may not do."""
    return PeopleGrant(access.managed_assessment_for(request.user, pk))


@signed_in("POST")
def send_again(request: UserRequest, pk: UUID, person: UUID) -> HttpResponse:
    def act(participant: Participant, user: User, base_url: str) -> str:
        invitations.send_again(participant=participant, by=user, base_url=base_url)
        return _("A new invitation is on its way to %(name)s. The old link no longer works.")

    return _on_person(request, _managed(request, pk), person, act)


@signed_in("GET, POST")
def correct(request: UserRequest, pk: UUID, person: UUID) -> HttpResponse:
    """Correct a person's name, function and, before they have joined, address."""
    assessment = access.managed_assessment_for(request.user, pk)
    participant = access.person_of(assessment, person)
    if not assessment.is_open:
        messages.warning(request, _("The assessment is no longer open; nothing was changed."))
        return redirect("manage", pk=pk)
    form = PersonForm(request.POST or None, participant=participant, address=invitations.address_of(participant))
    if request.method == "POST" and form.is_valid() and _corrected(request, participant, form):
        return redirect("manage", pk=pk)
    context = {"assessment": assessment, "participant": participant, "form": form}
    return render(request, "assessments/invitations/correct.html", context)


def _corrected(request: UserRequest, participant: Participant, form: PersonForm) -> bool:
    """Save the corrections; returns False with an error in the form if the address cannot be used."""
    base_url, who = request.build_absolute_uri("/"), form.cleaned_data
    try:
        moved = participants.correct(participant=participant, by=request.user, base_url=base_url, **who)
    except participants.AddressTakenError:
        form.add_error("email", _("Someone else on the list has this address."))
    except links.TooOftenError:
        form.add_error("email", _("Several e-mails were sent to this person today. Try again tomorrow."))
    except invitations.HasJoinedError:
        form.add_error(None, _("The invitation has been accepted in the meantime, so the address stays."))
    except WrongStateError:
        messages.warning(request, _("The assessment is no longer open; nothing was changed."))
        return True
    else:
        text = _("Saved. A new invitation is on its way to %(email)s.") % who if moved else _("Saved.")
        messages.success(request, text)
        return True
    return False


@signed_in("GET, POST")
def revoke(request: UserRequest, pk: UUID, person: UUID) -> HttpResponse:
    """Withdraw an invitation. GET asks first."""
    if request.method != "POST":
        assessment = access.managed_assessment_for(request.user, pk)
        participant = access.person_of(assessment, person)
        context = {"assessment": assessment, "name": participant.name or invitations.address_of(participant)}
        return render(request, "assessments/invitations/withdraw.html", context)

    def act(participant: Participant, user: User, base_url: str) -> str:
        invitations.revoke(participant=participant, by=user, base_url=base_url)
        return _("%(name)s has been removed, and the link no longer works.")

    return _on_person(request, _managed(request, pk), person, act)


@signed_in("POST")
def remind(request: UserRequest, pk: UUID, person: UUID) -> HttpResponse:
    def act(participant: Participant, user: User, base_url: str) -> str:
        if invitations.remind(participant=participant, by=user, base_url=base_url):
            return _("A reminder is on its way to %(name)s.")
        return _("%(name)s has already submitted or been reminded today; nothing was sent.")

    return _on_person(request, access.require_people(request.user, pk), person, act)


def _on_person(
    request: UserRequest, grant: PeopleGrant, person: UUID, act: Callable[[Participant, User, str], str]
) -> HttpResponse:
    """Run an action for one person of an assessment and report the outcome; a refused action changes nothing."""
    participant = grant.person(person)
    name = {"name": participant.name or invitations.address_of(participant)}
    try:
        messages.success(request, act(participant, request.user, request.build_absolute_uri("/")) % name)
    except invitations.HasJoinedError:
        messages.warning(request, _("%(name)s has already accepted the invitation; nothing was changed.") % name)
    except invitations.HasAnswersError:
        messages.warning(request, _("An interview with %(name)s has been recorded; nothing was changed.") % name)
    except links.TooOftenError:
        messages.warning(request, _("%(name)s has received several e-mails today. Try again tomorrow.") % name)
    except WrongStateError:
        messages.warning(request, _("The assessment is no longer open; nothing was changed."))
    return redirect(grant.home, pk=grant.assessment.pk)


@signed_in("GET, POST")
def remind_all(request: UserRequest, pk: UUID) -> HttpResponse:
    """Remind everyone who has not submitted. GET asks first."""
    user, base_url = request.user, request.build_absolute_uri("/")
    grant = access.require_people(user, pk)
    assessment = grant.assessment
    if request.method != "POST":
        people = participants_page.people_in(assessment, grant.people, user)
        return render(request, "assessments/invitations/remind_all.html", {**_context(grant), "people": people})
    try:
        n = invitations.remind_all(assessment=assessment, by=user, base_url=base_url, units=grant.part)
    except WrongStateError:
        messages.warning(request, _("The assessment is no longer open; nothing was changed."))
        return redirect(grant.home, pk=pk)
    if n:
        message = ngettext("%(n)d reminder is on its way.", "%(n)d reminders are on their way.", n)
        messages.success(request, message % {"n": n})
    else:
        messages.info(request, _("No e-mails were sent: everyone has submitted or been reminded today."))
    return redirect(grant.home, pk=grant.assessment.pk)
