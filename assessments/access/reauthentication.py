"""Sensitive actions require users to confirm their identity."""

import time
from collections.abc import Callable
from functools import wraps

from allauth.account import app_settings, decorators
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from assessments.sentences import gettext as _

type View = Callable[..., HttpResponseBase]


def reauthentication_required(view: View) -> View:
    """Allow a POST only within five minutes of entering a password or second factor for this purpose.

    The POST is saved and resumes automatically. Users who have neither sign in with an e-mailed code, so they must sign
    in again unless they did so in the last five minutes.
    """
    asking: View = decorators.reauthentication_required(view, enabled=lambda request: request.method == "POST")

    @wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "POST" and _must_sign_in(request):
            logout(request)
            return redirect_to_login(request.get_full_path())
        return asking(request, *args, **kwargs)

    return opened


def reauthentication_required_first(view: View) -> View:
    """The same before the page is shown, so that passwords entered on it are not saved but entered again."""
    asking: View = decorators.reauthentication_required(view)

    @wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if _must_sign_in(request):
            logout(request)
            return redirect_to_login(request.get_full_path())
        if request.method == "POST" and not did_recently_reauthenticate(request):
            messages.warning(request, _("That took a while. Confirm your identity again, then resubmit."))
            return redirect(request.get_full_path())
        return asking(request, *args, **kwargs)

    return opened


def _must_sign_in(request: HttpRequest) -> bool:
    """Whether the user has no method of reauthentication and has not just signed in."""
    return not get_adapter(request).get_reauthentication_methods(request.user) and not _is_new(request)


def _is_new(request: HttpRequest) -> bool:
    signed_in = [record["at"] for record in get_authentication_records(request, request.user)]
    return bool(signed_in) and time.time() - max(signed_in) < app_settings.REAUTHENTICATION_TIMEOUT
