"""A workshop on the phone of a participant or guest: joining, voting, and polling for changes every two seconds."""

from typing import NamedTuple
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessments import access
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import workshop_guests, workshops
from assessments.charts.answers import votes_svg
from assessments.forms.answering import missing_phrase
from assessments.forms.workshop import JoinForm, VoteForm, bare_code
from assessments.models import Assessment, Guest, Voter
from assessments.pages import workshop
from assessments.sentences import gettext as _
from assessments.wording.credit import credit


class Seat(NamedTuple):
    """Someone with a phone in the room. `page` and `poll` are the addresses of the phone's page and of its state."""

    voter: Voter
    assessment: Assessment
    now: access.WorkshopState
    page: str
    poll: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str = "") -> HttpResponse:
    """Take people to the workshop: by their account if they take part in one, otherwise by code and first name."""
    form = JoinForm(request.POST if request.method == "POST" else None, code=bare_code(code))
    code = form.cleaned_data.get("code", "") if form.is_valid() else bare_code(code)
    running = list(access.running_workshops(request.user)) if request.user.is_authenticated else []
    own = [assessment for assessment in running if code in ("", assessment.workshop.code)]
    if len(own) == 1:
        return redirect("workshop_vote", pk=own[0].pk)
    guest = access.guest_on(request)
    if guest is not None and code in ("", guest.workshop.code):
        return redirect("guest_vote")
    status = 200
    if request.method == "POST" and form.is_valid():
        status, joined = _join(request, form)
        if joined is not None:
            return access.admit(redirect("guest_vote"), joined)
    context = {"workshops": own, "form": form, "is_over": "over" in request.GET}
    return render(request, "assessments/workshop/join.html", context, status=status)


def _join(request: HttpRequest, form: JoinForm) -> tuple[int, Guest | None]:
    """Join as a guest. Only wrong codes count towards the limit, so a whole room behind one address gets in."""
    if not ratelimit.consume(request, action="join_workshop", dry_run=True):
        form.add_error("code", _("Too many codes from this network were wrong. Wait a minute, then try again."))
        return 429, None
    try:
        return 200, workshop_guests.join(code=form.cleaned_data["code"], name=form.cleaned_data["name"])
    except workshop_guests.UnknownCodeError:
        ratelimit.consume(request, action="join_workshop")
        form.add_error("code", _("No workshop with this code is running. Check the letters on the big screen."))
    except workshop_guests.WorkshopFullError:
        form.add_error(None, _("This workshop has as many guests as it can take. Ask the person who runs it."))
    return 200, None


@signed_in("GET, POST")
def vote(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show the current question to a participant. Nobody is ever shown a vote, not even their own."""
    participant = access.participant_for(request.user, pk)
    page, poll = reverse("workshop_vote", args=[pk]), reverse("workshop_now", args=[pk])
    return _phone(request, Seat(participant, participant.assessment, access.workshop_now(request.user, pk), page, poll))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest_vote(request: HttpRequest) -> HttpResponse:
    """The same for a guest, who sees neither the organisation nor the assessment."""
    guest = access.guest_on(request)
    if guest is None:
        return redirect(f"{reverse('join_workshop')}?over")
    assessment, now = guest.workshop.assessment, access.workshop_now_for(guest)
    return _phone(request, Seat(guest, assessment, now, reverse("guest_vote"), reverse("guest_now")))


def _phone(request: HttpRequest, seat: Seat) -> HttpResponse:
    view = workshop.workshop_view(seat.assessment)
    question = None if view.stage is None else view.stage.line.question
    form = VoteForm(request.POST if request.method == "POST" else None, question=question)
    if request.method == "POST" and (form.is_valid() or question is None):
        return _vote(request, seat, form)
    context = {
        "seat": seat,
        "guest": seat.voter if isinstance(seat.voter, Guest) else None,
        "view": view,
        "bank_credit": credit(workshop.bank_for(seat.assessment)) if view.stage else "",
        "problem": missing_phrase(question) if question is not None and form.errors else None,
        "votes": view.stage and votes_svg(view.stage.bank, view.stage.line.question, view.stage.counts),
        "has_voted": view.stage is not None and workshop.has_voted(view.stage.asking, seat.voter),
        "late": view.stage and workshop.lateness(view.stage.asking, seat.voter).value,
        "again": "again" in request.GET or bool(form.errors),
    }
    return render(request, "assessments/workshop/phone.html", context)


def _vote(request: HttpRequest, seat: Seat, form: VoteForm) -> HttpResponse:
    """Store the vote, or say that it came too late."""
    asking = workshop.asking_of(seat.assessment, form.cleaned_data.get("asking"))
    try:
        if asking is None or not form.is_valid():
            raise workshops.MovedOnError
        workshops.vote(asking=asking, voter=seat.voter, level=form.level)
    except workshops.MovedOnError:
        messages.warning(request, _("Voting on that question is over; your vote was not counted."))
    return redirect(seat.page)


@never_cache
@require_safe
def now(request: UserRequest, pk: UUID) -> HttpResponseBase:
    """Return the workshop's state, so that its screens know whether to refresh. Three queries; 304 if unchanged.

    401 for anyone who is not signed in any more.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"signed_out": True}, status=401)
    return _state(request, access.workshop_now(request.user, pk))


@never_cache
@require_safe
def guest_now(request: HttpRequest) -> HttpResponseBase:
    """The same for a guest. Two queries. Without one no workshop is running, so the phone loads its page and is told."""
    guest = access.guest_on(request)
    return _state(request, access.WorkshopState(None, 0, 0) if guest is None else access.workshop_now_for(guest))


def _state(request: HttpRequest, state: access.WorkshopState) -> HttpResponseBase:
    etag = quote_etag(f"{state.turn}-{state.votes}-{state.people}-{get_language()}")
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    html = render_to_string("assessments/workshop/_votes.html", {"now": state}).strip()
    return JsonResponse({"turn": state.turn, "votes": html, "people": state.people}, headers={"ETag": etag})
