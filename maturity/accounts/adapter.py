"""Where sign-in differs from the library's own: what its pages say, and whose password counts."""

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

from . import events  # noqa: F401 - from the first sign-in on, the audit log is told

logger = logging.getLogger(__name__)
DELAYED = "email_delayed"  # in a session: the e-mail that its last page spoke of was not sent at once


class Noting:
    """Whoever watches the site sees guessing, at sign-in or where a code proves something; no log learns who was meant."""

    def authentication_failed(self, request: HttpRequest, **_credentials: object) -> None:
        logger.warning("Signing in failed: address and password do not fit.")

    def validation_error(self, code: str, *args: Any) -> Exception:
        if code == "incorrect_code":
            logger.warning("Refused: a code does not fit.")
        error: Exception = super().validation_error(code, *args)  # type: ignore[misc]  # what it is mixed into has it
        return error


class SecondFactorAdapter(Noting, DefaultMFAAdapter):  # type: ignore[misc]  # allauth brings no types
    """Seeds of authenticator apps and of recovery codes are sealed in the database."""

    def encrypt(self, text: str) -> str:
        return totp_encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return totp_encryption.decrypt(encrypted_text)
        except encryption.UnreadableError:
            logger.error("A second factor fits no key: SECRET_KEY was changed without SECRET_KEY_FALLBACKS.")
            return base64.b32encode(secrets.token_bytes(20)).decode()  # no one's: no code fits it


def _worth_sending(context: Mapping[str, Any]) -> datetime.timedelta:
    """How long we go on trying: a code expires before an e-mail is given up."""
    if "code" not in context:
        return TRIED_FOR
    seconds = (
        app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT if "user" in context else app_settings.LOGIN_BY_CODE_TIMEOUT
    )
    return datetime.timedelta(seconds=seconds)


class AccountAdapter(Noting, DefaultAccountAdapter):  # type: ignore[misc]  # allauth brings no types
    """Each sentence says what to do next, and none tells whether an account exists."""

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
        """Only a path of this site: the library trips over an address that is none."""
        return is_within(url)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One count an account, by whatever name and port of the site someone guesses."""
        login: str = credentials.get("email", "")
        return login.lower()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Try at once, for someone waits; where the mail server refuses, the page that follows says so.

        Every one of these pages sends one e-mail, whether there is an account or not: what it says and how long it takes
        tell nothing about it.
        """
        request: HttpRequest = self.request
        context = {"request": request, "email": email, "current_site": get_current_site(request), **context}
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
    """A sign-in code proves an address, not who chose the password before: anyone can begin to register another's.

    Such a password is forgotten when the account's first address is proven this way. The library offers no other hook.
    """
    user = email_address.user
    by_code = any(record.get("method") == "code" for record in get_authentication_records(request, user))
    others = EmailAddress.objects.filter(user=user, verified=True).exclude(pk=email_address.pk)
    if by_code and not others.exists():
        user.set_unusable_password()
        user.save(update_fields=["password"])
