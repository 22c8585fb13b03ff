"""Sharing a result with people without an account, and following such a link.

Opening a link sends and uses up nothing, because mail scanners open links. Its reader asks for a code with a button.
"""

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments import access
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import links, shared_results as actions
from assessments.actions.assessments import WrongStateError
from assessments.forms.shared_results import CodeForm, ShareForm
from assessments.models import Assessment, SharedResult
from assessments.sentences import gettext as _


@signed_in("GET, POST")
def share(request: UserRequest, pk: UUID) -> HttpResponse:
    """List the links to a result, and mail another one."""
    assessment = access.managed_assessment_for(request.user, pk, pulses=False)
    is_released = assessment.state == Assessment.State.RELEASED
    form = ShareForm(request.POST or None, today=assessment.organisation.today) if is_released else None
    if form is not None and form.is_valid() and _share(request, assessment, form):
        return redirect("share", pk=pk)
    context = {"assessment": assessment, "form": form, "links": access.shared_results_of(assessment)}
    return render(request, "assessments/shared/share.html", context)


def _share(request: UserRequest, assessment: Assessment, form: ShareForm) -> bool:
    base_url = request.build_absolute_uri("/")
    try:
        actions.share(assessment=assessment, by=request.user, base_url=base_url, **form.cleaned_data)
    except links.TooOftenError:
        form.add_error(None, _("There are too many links to this result. Withdraw some of them first."))
        return False
    except WrongStateError:
        messages.warning(request, _("The result is not released any more; nothing was sent."))
        return True
    messages.success(request, _("The link is on its way to %(email)s.") % {"email": form.cleaned_data["email"]})
    return True


@signed_in("POST")
def send_again(request: UserRequest, pk: UUID, link: UUID) -> HttpResponse:
    """Mail a link again, for whoever shared the result: the e-mail comes in their name."""
    row = access.shared_result_in(access.managed_assessment_for(request.user, pk), link)
    if row.invited_by != request.user:
        raise Http404
    try:
        actions.send_again(link=row, by=request.user, base_url=request.build_absolute_uri("/"))
    except links.TooOftenError:
        messages.info(request, _("The link was sent a moment ago. Wait a minute, then try again."))
    except links.DeadLinkError:
        messages.warning(request, _("The link of %(name)s no longer works.") % {"name": row.name})
    else:
        message = _("A new link is on its way to %(name)s. The old link no longer works.")
        messages.success(request, message % {"name": row.name})
    return redirect("share", pk=pk)


@signed_in("POST")
def withdraw(request: UserRequest, pk: UUID, link: UUID) -> HttpResponse:
    row = access.shared_result_in(access.managed_assessment_for(request.user, pk, pulses=False), link)
    actions.withdraw(link=row, by=request.user)
    messages.success(request, _("The link of %(name)s no longer works.") % {"name": row.name})
    return redirect("share", pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def shared_result(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the code, then show the result. 404 for an unknown or withdrawn link."""
    link = access.shared_result_with(token)
    if not link.shows_result:
        return render(request, "assessments/shared/nothing.html", {"has_expired": link.has_expired}, status=410)
    if access.link_on(request, link.assessment_id) == link:
        return redirect("result", pk=link.assessment_id)
    form = CodeForm()
    if request.method == "POST":
        form = CodeForm(request.POST if "code" in request.POST else None)
        answer = _open(request, link, form) if "code" in request.POST else _send(request, link)
        if answer is not None:
            return answer
        link.refresh_from_db()
    return render(request, "assessments/shared/code.html", {"link": link, "form": form})


def _send(request: HttpRequest, link: SharedResult) -> HttpResponse | None:
    if not ratelimit.consume(request, action="shared_result_code", key=str(link.pk)):
        messages.error(request, _("Too many attempts. Wait a few minutes, then try again."))
        return None
    try:
        is_sent = actions.send_code(link=link)
    except links.TooOftenError:
        messages.warning(request, _("Please wait %(n)d seconds before you request another code.") % {"n": link.wait})
        return None
    except links.DeadLinkError:
        return redirect(request.path)
    if not is_sent:
        messages.warning(request, _("Our mail server is not accepting e-mails at the moment. We keep trying."))
    return redirect(request.path)


def _open(request: HttpRequest, link: SharedResult, form: CodeForm) -> HttpResponse | None:
    try:
        if form.is_valid() and actions.open_with(link=link, code=form.cleaned_data["code"]):
            access.admit_reader(request, link)
            return redirect("result", pk=link.assessment_id)
    except links.DeadLinkError:
        return redirect(request.path)
    if form.is_valid():
        form.add_error("code", _("Check the code: it is wrong or has expired."))
    return None
