"""Require a second factor of consultants, who see many clients, and of staff."""

from typing import Any

from allauth.mfa.signals import authenticator_removed
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from assessments.models import User
from maturity.accounts.provider import provider_checked_second_factor
from maturity.middleware.headers import GetResponse

MISSING = "second_factor_missing"  # session key: signed in without a required second factor
SETUP_PREFIXES = ("mfa_", "account_")  # URL name prefixes for setting one up and for signing out
PUBLIC_PAGES = {"privacy", "method", "landing"}


def is_needed(user: User) -> bool:
    """Whether the user must have a second factor. One query for users who are not staff."""
    return settings.SECOND_FACTOR_REQUIRED and (user.is_staff or user.consultancies.exists())


@receiver(user_logged_in)
@receiver(authenticator_removed)
def note_what_is_missing(request: HttpRequest, user: User, **_rest: Any) -> None:
    """Check at sign-in and when a factor is removed. New consultants are signed out, so they are checked too."""
    if is_needed(user) and not is_mfa_enabled(user) and not provider_checked_second_factor(request, user):
        request.session[MISSING] = True


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]  # allauth brings no types
    """Asks for the second factor at sign-in, unless the organisation's provider has asked for one."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return super()._should_handle(request) and not provider_checked_second_factor(request, self.login.user)


class SecondFactorMiddleware:
    """Redirects every page of such a session to the set-up of a second factor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        match = request.resolver_match
        name = (match.url_name or "") if match else ""
        if name in PUBLIC_PAGES or name.startswith(SETUP_PREFIXES) or MISSING not in request.session:
            return None
        if not isinstance(request.user, User) or is_mfa_enabled(request.user):
            del request.session[MISSING]
            return None
        messages.warning(request, _("You can see other people’s answers, so set up a second step first."))
        return redirect("mfa_index")
