"""Sign-in by an organisation's own identity provider (OpenID Connect): which accounts it may sign in to.

The protocol is in `openid.py`, which is imported on first use. docs/decisions/0009-provider.md explains these rules.
"""

import logging
from typing import TYPE_CHECKING, Any

from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.models import User

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialApp, SocialLogin
    from requests import Session

    from .openid import Provider

TEMPORARY = ("cancelled", "unreachable", "failed")  # reasons for which trying again may help

logger = logging.getLogger(__name__)


class NotProvenError(Exception):
    """The provider may not sign this person in; `reason` is one that `refused` accepts."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def refused(request: HttpRequest, reason: str, *, status: int = 403) -> HttpResponse:
    """Render a page that says what happened and how else to sign in."""
    context = {"reason": reason, "provider": settings.OIDC_NAME, "again": reason in TEMPORARY}
    return render(request, "account/provider_refused.html", context, status=status)


def provider_checked_second_factor(request: HttpRequest, user: User) -> bool:
    """Whether the session started at the provider and the operator relies on the second factor asked for there."""
    records = get_authentication_records(request, user)
    return settings.OIDC_SECOND_FACTOR and any(record.get("method") == "socialaccount" for record in records)


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth brings no types
    """One provider, from the environment. It never creates an account, and only matches verified addresses."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> "list[SocialApp]":
        from allauth.socialaccount.models import SocialApp

        about = {"server_url": settings.OIDC_SERVER, "oauth_pkce_enabled": True, "scope": ["openid", "email"]}
        # Keyed by the server's URL, because another provider's user ids belong to other people
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=settings.OIDC_SERVER,
                name=settings.OIDC_NAME,
                client_id=settings.OIDC_CLIENT_ID,
                secret=settings.OIDC_CLIENT_SECRET,
                settings=about,
            )
        ]

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> "Provider":
        from .openid import Provider

        return Provider(request, app=self.list_apps(request)[0])

    def get_requests_session(self) -> "Session":
        """Follow no redirects: only the URLs that the provider published are trusted."""
        session: Session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def authenticate_by_email(self, sociallogin: "SocialLogin") -> tuple[User, str] | None:
        """Return the account at the first sign-in: verified on both sides and not linked to the provider yet."""
        email = next((each.email for each in sociallogin.email_addresses if each.verified), None)
        if email is None or not is_trusted_domain(email):
            raise ImmediateHttpResponse(refused(self.request, "unproven"))
        proven = EmailAddress.objects.filter(email=email.lower(), verified=True).select_related("user").first()
        if proven is None:
            return None
        if proven.user.socialaccount_set.filter(provider=settings.OIDC_SERVER).exists():
            raise ImmediateHttpResponse(refused(self.request, "taken"))
        return proven.user, email

    def pre_social_login(self, request: HttpRequest, sociallogin: "SocialLogin") -> None:
        """At every sign-in, require an account with a verified address in a trusted domain."""
        if not sociallogin.is_existing:
            raise ImmediateHttpResponse(refused(request, "unknown"))
        proven = EmailAddress.objects.filter(user=sociallogin.user, verified=True)
        if not any(is_trusted_domain(each.email) for each in proven):
            raise ImmediateHttpResponse(refused(request, "unproven"))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: object,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        logger.warning("Signing in by the provider: %s %r %r", error, exception, exception and exception.__cause__)
        raise ImmediateHttpResponse(refused(request, "cancelled" if error == "cancelled" else "failed"))


def is_trusted_domain(email: str) -> bool:
    """Whether the operator trusts the provider with this address's domain."""
    return email.rpartition("@")[2].lower() in settings.OIDC_DOMAINS
