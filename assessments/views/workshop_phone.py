"""A workshop on a participant's phone: joining, voting, and polling for changes every two seconds."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments import access
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import workshops
from assessments.charts.answers import votes_svg
from assessments.forms.answering import missing_phrase
from assessments.forms.workshop import VoteForm
from assessments.models import Participant
from assessments.pages import workshop


@signed_in("GET")
def join(request: UserRequest) -> HttpResponse:
    """Redirect from the short address on the big screen to the running workshop."""
    running = list(access.running_workshops(request.user))
    if len(running) == 1:
        return redirect("workshop_vote", pk=running[0].pk)
    return render(request, "assessments/workshop/join.html", {"workshops": running})


@signed_in("GET, POST")
def vote(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show the current question to a participant. Nobody is ever shown a vote, not even their own."""
    user = request.user
    participant = access.participant_for(user, pk)
    view = workshop.workshop_view(participant.assessment)
    question = None if view.stage is None else view.stage.line.question
    form = VoteForm(request.POST if request.method == "POST" else None, question=question)
    if request.method == "POST" and (form.is_valid() or question is None):
        return _vote(request, participant, form)
    context = {
        "assessment": participant.assessment,
        "view": view,
        "problem": missing_phrase(question) if question is not None and form.errors else None,
        "votes": view.stage and votes_svg(view.stage.line.question, view.stage.counts),
        "has_voted": view.stage is not None and workshop.has_voted(view.stage.asking, participant),
        "late": view.stage is not None and workshop.comes_late(view.stage.asking, participant),
        "again": "again" in request.GET or bool(form.errors),
        "now": access.workshop_now(user, pk),
    }
    return render(request, "assessments/workshop/phone.html", context)


def _vote(request: HttpRequest, participant: Participant, form: VoteForm) -> HttpResponse:
    """Store the vote, or say that it came too late."""
    asking = workshop.asking_of(participant.assessment, form.cleaned_data.get("asking"))
    try:
        if asking is None or not form.is_valid():
            raise workshops.MovedOnError
        workshops.vote(asking=asking, participant=participant, level=form.level)
    except workshops.MovedOnError:
        messages.warning(request, _("Voting on that question is over; your vote was not counted."))
    return redirect("workshop_vote", pk=participant.assessment_id)


@never_cache
@require_safe
def now(request: UserRequest, pk: UUID) -> HttpResponseBase:
    """Return the workshop's state, so that its screens know whether to refresh. Three queries; 304 if unchanged.

    401 for anyone who is not signed in any more.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"signed_out": True}, status=401)
    state = access.workshop_now(request.user, pk)
    etag = quote_etag(f"{state.turn}-{state.votes}-{state.people}-{get_language()}")
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    html = render_to_string("assessments/workshop/_votes.html", {"now": state}).strip()
    return JsonResponse({"turn": state.turn, "votes": html}, headers={"ETag": etag})
