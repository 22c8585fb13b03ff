"""Delegating a pillar to a colleague, and withdrawing the delegation."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments import access
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import delegation, links
from assessments.actions.answering import AnsweringClosedError
from assessments.forms.delegation import DelegationForm
from assessments.models import Delegation, Pillar, Submission, User
from assessments.pages import questionnaire
from assessments.sentences import gettext as _


@signed_in("GET, POST")
def delegate(request: UserRequest, pk: UUID, key: str) -> HttpResponse:
    """Show who the pillar is delegated to, or the form to delegate it."""
    user = request.user
    submission, pillar = _mine(user, pk, key)
    if submission.is_submitted or not submission.participant.assessment.is_open:
        return redirect("review", pk=pk)
    current = access.delegations_of(submission).get(key)
    form = DelegationForm(request.POST or None, own=user.email)
    if request.method == "POST" and current is None and form.is_valid():
        return _delegate(request, submission, pillar, form, user)
    context = {
        "assessment": submission.participant.assessment,
        "pillar": questionnaire.pillar_named(submission, key),
        "form": form,
        "delegation": current,
        "again": current is not None and current.used_at is None,
        "email": access.email_of(current) if current is not None and current.sent_at is None else None,
    }
    return render(request, "assessments/delegation/delegate.html", context)


def _mine(user: User, pk: UUID, key: str) -> tuple[Submission, Pillar]:
    """Return the user's own submission and a pillar of its bank. A colleague cannot pass a delegation on.

    Nobody can in a pulse: it asks too little.
    """
    submission = access.submission_for(user, pk)
    pillar = access.pillar_of(submission, key)
    if pillar is None or submission.participant.assessment.is_pulse:
        raise Http404
    return submission, pillar


def _delegate(
    request: HttpRequest, submission: Submission, pillar: Pillar, form: DelegationForm, user: User
) -> HttpResponse:
    base_url = request.build_absolute_uri("/")
    try:
        delegated = delegation.delegate(
            submission=submission, pillar=pillar, by=user, base_url=base_url, **form.cleaned_data
        )
    except links.TooOftenError:
        _say_too_often(request)
    except AnsweringClosedError:
        messages.warning(request, _("Your answers are locked; nothing was delegated."))
    else:
        words = {"pillar": questionnaire.pillar_named(submission, pillar.key).name, "name": delegated.colleague}
        messages.success(request, _("“%(pillar)s” is delegated to %(name)s. A link is on its way by e-mail.") % words)
    return redirect("overview", pk=submission.participant.assessment_id)


def _say_too_often(request: HttpRequest) -> None:
    messages.warning(request, _("You have sent too many links today. Try again tomorrow; nothing was sent."))


@signed_in("POST")
def send_again(request: UserRequest, pk: UUID, key: str) -> HttpResponse:
    submission, _pillar = _mine(request.user, pk, key)
    current = access.delegations_of(submission).get(key)
    try:
        if current is None:
            raise links.DeadLinkError
        delegation.send_again(delegation=current, by=request.user, base_url=request.build_absolute_uri("/"))
    except links.TooOftenError:
        _say_too_often(request)
    except (links.DeadLinkError, AnsweringClosedError):
        messages.warning(request, _("There is no link to resend; nothing was sent."))
    else:
        words = {"name": current.colleague}
        messages.success(request, _("A new link is on its way to %(name)s. The old one no longer works.") % words)
    return redirect("overview", pk=pk)


@signed_in("POST")
def take_back(request: UserRequest, pk: UUID, key: str) -> HttpResponse:
    submission, pillar = _mine(request.user, pk, key)
    current: Delegation | None = access.delegations_of(submission).get(key)
    if current is not None and delegation.take_back(delegation=current, by=request.user):
        words = {"pillar": questionnaire.pillar_named(submission, pillar.key).name, "name": current.colleague}
        message = _("“%(pillar)s” is yours again. %(name)s can no longer open it; their answers are kept.")
        messages.success(request, message % words)
    else:
        messages.info(request, _("This section was not delegated to anyone; nothing was changed."))
    return redirect("overview", pk=pk)
