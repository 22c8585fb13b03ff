"""A user's sessions: list them, end one, end all others."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessments import access
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import sessions as actions
from assessments.sentences import gettext as _


@signed_in("GET")
def sessions(request: UserRequest) -> HttpResponse:
    rows = access.sessions_of(request.user)
    return render(request, "account/sessions.html", {"sessions": rows, "this": request.session.session_key})


@signed_in("POST")
def end(request: UserRequest, handle: str) -> HttpResponse:
    """End one session without reauthentication: an unattended browser can then only sign someone out."""
    session = access.session_of(request.user, handle)
    actions.end(session=session, by=request.user)
    if session.pk == request.session.session_key:
        logout(request)
        messages.success(request, _("You are signed out on this device."))
        return redirect("account_login")
    messages.success(request, _("That session has ended."))
    return redirect("sessions")


@signed_in("POST")
def end_others(request: UserRequest) -> HttpResponse:
    actions.end_others(keep=request.session.session_key or "", by=request.user)
    messages.success(request, _("You are now signed in on this device only."))
    return redirect("sessions")
