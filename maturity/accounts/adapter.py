"""Sign-in where it differs from allauth: error messages, e-mails, and which passwords are accepted."""

import base64
import datetime
import logging
import secrets
from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.sites.shortcuts import get_current_site
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments import encryption
from assessments.emails import outbox
from assessments.http import is_within
from assessments.models import TRIED_FOR
from assessments.operations import totp_encryption

from . import (
    code_links,
    events,  # noqa: F401 - connects the signals of the audit log
)
from .forms import ADDRESS

logger = logging.getLogger(__name__)
DELAYED = "email_delayed"  # session key: the e-mail announced by the last page is delayed


class FailureLoggingMixin:
    """Logs failed sign-ins and wrong codes, so that operators notice guessing, but never whose account it was."""

    def authentication_failed(self, request: HttpRequest, **_credentials: object) -> None:
        logger.warning("Signing in failed: address and password do not fit.")

    def validation_error(self, code: str, *args: Any) -> Exception:
        if code == "incorrect_code":
            logger.warning("Refused: a code does not fit.")
        error: Exception = super().validation_error(code, *args)  # type: ignore[misc]  # from the other base
        return error


class SecondFactorAdapter(FailureLoggingMixin, DefaultMFAAdapter):  # type: ignore[misc]  # allauth brings no types
    """Encrypts the seeds of authenticator apps and recovery codes in the database."""

    def encrypt(self, text: str) -> str:
        return totp_encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return totp_encryption.decrypt(encrypted_text)
        except encryption.UnreadableError:
            logger.error("A second factor fits no key: SECRET_KEY was changed without SECRET_KEY_FALLBACKS.")
            return base64.b32encode(secrets.token_bytes(20)).decode()  # a random seed that no code matches


def _worth_sending(context: Mapping[str, Any]) -> datetime.timedelta:
    """Return how long to keep retrying an e-mail: until its code expires, or else the usual time."""
    if "code" not in context:
        return TRIED_FOR
    seconds = (
        app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT if "user" in context else app_settings.LOGIN_BY_CODE_TIMEOUT
    )
    return datetime.timedelta(seconds=seconds)


class AccountAdapter(FailureLoggingMixin, DefaultAccountAdapter):  # type: ignore[misc]  # allauth brings no types
    """Error messages say what to do next, and none reveals whether an account exists."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask the person who manages your assessment."),
        "duplicate_email": _("This address already belongs to your account."),
        "email_password_mismatch": _("Check the e-mail address and password: they do not match an account."),
        "enter_current_password": _("Enter your current password."),
        "incorrect_code": _("Check the code: it is wrong or has expired."),
        "incorrect_password": _("Check the password: it is not correct."),
        "invalid_or_expired_key": _("This link has already been used or has expired. Request a new one."),
        "invalid_password_reset": _("This link has already been used or has expired. Request a new one."),
        "same_as_current": _("Enter a value other than the current one."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def is_safe_url(self, url: str) -> bool:
        """Accept only paths of this site. allauth raises an exception for a malformed URL."""
        return is_within(url)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count attempts per account, whatever hostname and port of the site they come through."""
        login: str = credentials.get("email", "")
        return login.lower()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send at once, because someone is waiting; if the mail server refuses, the next page says so.

        Each of these pages sends one e-mail, with or without an account, so neither page nor timing reveals which.
        """
        request: HttpRequest = self.request
        request.session[ADDRESS] = email
        context = {"request": request, "email": email, "current_site": get_current_site(request), **context}
        if "code" in context:
            context["link"] = code_links.link_for(request, email, context["code"])
        sent = outbox.send_now(self.render_mail(template_prefix, email, context), until=_worth_sending(context))
        if sent:
            request.session.pop(DELAYED, None)
        else:
            request.session[DELAYED] = True

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.mfa.stages.AuthenticateStage": "maturity.middleware.second_factor.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]


@receiver(email_confirmed)
def drop_unverified_password(request: HttpRequest, email_address: EmailAddress, **_rest: object) -> None:
    """Remove a password set before the address was verified by a sign-in code.

    The code proves who owns the address, not who chose the password: anyone can start to register another person's
    address. Applies only to an account's first verified address. allauth offers no other hook.
    """
    user = email_address.user
    by_code = any(record.get("method") == "code" for record in get_authentication_records(request, user))
    others = EmailAddress.objects.filter(user=user, verified=True).exclude(pk=email_address.pk)
    if by_code and not others.exists():
        user.set_unusable_password()
        user.save(update_fields=["password"])
