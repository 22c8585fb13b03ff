"""Where one is signed in: the list, ending one session, ending all but this one."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assessments import access
from assessments.actions import sessions as actions


@login_required
@never_cache
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    found = access.sessions_of(access.signed_in(request.user))
    return render(request, "account/sessions.html", {"sessions": found, "this": request.session.session_key})


@login_required
@require_POST
def end(request: HttpRequest, handle: str) -> HttpResponse:
    """Without asking who it is: whoever finds an open browser can sign somebody out, and no more."""
    user = access.signed_in(request.user)
    session = access.session_of(user, handle)
    actions.end(session=session, by=user)
    if session.pk == request.session.session_key:
        logout(request)
        messages.success(request, _("You are signed out on this device."))
        return redirect("account_login")
    messages.success(request, _("That session has ended."))
    return redirect("sessions")


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    user = access.signed_in(request.user)
    actions.end_others(keep=request.session.session_key or "", by=user)
    messages.success(request, _("You are now signed in on this device only."))
    return redirect("sessions")
