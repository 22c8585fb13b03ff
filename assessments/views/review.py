"""Reviewing and submitting one's answers."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments import access, languages
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import answering, assessments, interviews, links
from assessments.models import Assessment, Submission, User
from assessments.pages import questionnaire
from assessments.pages.review import review_of
from assessments.sentences import gettext as _
from assessments.wording.credit import credit


@signed_in("GET")
def review(request: UserRequest, pk: UUID) -> HttpResponse:
    grant = access.require_answers(request.user, pk)
    submission = grant.submission
    if unsaved := access.kept_answers(request.user, submission).first():
        return redirect("pillar", pk=pk, key=unsaved.pillar)
    assessment = submission.participant.assessment
    context = {
        "place": pk,
        "grant": grant,
        "submission": submission,
        "assessment": assessment,
        "review": review_of(submission),
        "may_change": assessment.is_open and not submission.is_submitted,
        "languages": languages.choices(assessment.bank_version),
        "bank_credit": credit(questionnaire.bank_for(submission)),
    }
    return render(request, "assessments/answering/review.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Submit and lock the answers. GET leads to the review, for example after signing in or from a bookmark."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("review", args=[pk]))
    user = request.user
    grant = access.require_answers(user, pk)
    submission = grant.submission
    if request.method != "POST":
        return redirect("review", pk=pk)
    if "confirmed" not in request.POST and (progress := _gaps_of(submission)):
        context = {"submission": submission, "place": pk, "progress": progress}
        return render(request, "assessments/answering/confirm.html", context)
    try:
        first = answering.submit(submission=submission, by=user, base_url=request.build_absolute_uri("/"))
    except answering.AnsweringClosedError:
        return render(request, "assessments/answering/closed.html", {"submission": submission, "place": pk}, status=409)
    if grant.is_interview:
        return _recorded(request, submission, user, first=first)
    return _thanked(request, submission.participant.assessment, first=first)


def _thanked(request: HttpRequest, assessment: Assessment, *, first: bool) -> HttpResponse:
    """Lead to the result of an assessment for one person, otherwise to the receipt."""
    if assessment.for_one:
        return redirect("result", pk=assessment.pk)
    if first:
        messages.success(request, _("Your answers are submitted. Thank you."))
    return redirect("overview", pk=assessment.pk)


def _gaps_of(submission: Submission) -> questionnaire.Progress | None:
    """The progress of answers whose submission ends an assessment for one person, if any of them is missing."""
    assessment = submission.participant.assessment
    if not (assessment.for_one and assessment.is_open) or submission.is_submitted:
        return None
    progress = questionnaire.progress_of(submission)
    return progress if progress.answered < progress.total else None


def _recorded(request: HttpRequest, submission: Submission, user: User, *, first: bool) -> HttpResponse:
    """Finish a submitted interview: ask the person to confirm, only once however often the button is pressed."""
    message = _asked(request, submission, user) if first else _("The answers of %(name)s are submitted.")
    messages.success(request, message % {"name": submission.participant})
    return redirect("manage", pk=submission.participant.assessment_id)


def _asked(request: HttpRequest, submission: Submission, user: User) -> str:
    """Ask the person to confirm the recorded answers. Return the message to show."""
    try:
        email = interviews.ask(submission=submission, by=user, base_url=request.build_absolute_uri("/"))
    except (assessments.WrongStateError, links.TooOftenError):
        return _("The answers of %(name)s are submitted.")
    if email is None:
        return _(
            "The answers of %(name)s are submitted. We have no address for them, so no one can confirm the answers."
        )
    return _("The answers of %(name)s are submitted. A confirmation link is on its way.")
