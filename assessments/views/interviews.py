"""Recording answers in an interview, and their confirmation by the person interviewed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments import access
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import interviews, links
from assessments.actions.assessments import WrongStateError
from assessments.pages.review import review_of
from assessments.sentences import gettext as _


@signed_in("POST")
def interview(request: UserRequest, pk: UUID, person: UUID) -> HttpResponse:
    """Start or resume recording one person's answers."""
    participant = access.person_of(access.managed_assessment_for(request.user, pk), person)
    try:
        submission = interviews.begin(participant=participant, by=request.user)
    except interviews.HasBegunError:
        messages.warning(
            request, _("%(name)s has already started answering; nothing was changed.") % {"name": participant}
        )
    except WrongStateError:
        messages.warning(request, _("You can interview someone else only in an open assessment for several people."))
    else:
        return redirect("overview", pk=submission.pk)
    return redirect("manage", pk=pk)


@signed_in("POST")
def ask(request: UserRequest, pk: UUID, person: UUID) -> HttpResponse:
    """Resend the confirmation link."""
    participant = access.person_of(access.managed_assessment_for(request.user, pk), person)
    name, base_url = {"name": participant}, request.build_absolute_uri("/")
    try:
        if not hasattr(participant, "submission"):
            raise WrongStateError
        if interviews.ask(submission=participant.submission, by=request.user, base_url=base_url) is None:
            messages.warning(request, _("We have no address for %(name)s; nothing was sent.") % name)
        else:
            messages.success(request, _("A confirmation link is on its way to %(name)s.") % name)
    except WrongStateError:
        messages.info(request, _("There is nothing for %(name)s to confirm; nothing was sent.") % name)
    except links.TooOftenError:
        messages.warning(request, _("%(name)s has received several e-mails today. Try again tomorrow.") % name)
    return redirect("manage", pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the recorded answers to the holder of the link; POST confirms them. GET changes nothing."""
    confirmation = access.confirmation_with(token)
    if confirmation is not None and confirmation.used_at is not None and confirmation.revoked_at is None:
        return render(request, "assessments/interviews/confirmed.html", {"link": confirmation})
    if confirmation is None or not confirmation.is_usable or not confirmation.submission.is_submitted:
        return render(request, "assessments/interviews/unusable.html", status=410)
    if request.method == "POST":
        try:
            interviews.confirm(token=token)
        except links.DeadLinkError:
            return render(request, "assessments/interviews/unusable.html", status=410)
        return redirect("confirm", token=token)
    context = {"link": confirmation, "review": review_of(confirmation.submission)}
    context["assessment"] = confirmation.submission.participant.assessment
    return render(request, "assessments/interviews/confirm.html", context)
