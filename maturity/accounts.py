"""What the sign-in pages say when something is not in order: our words instead of the library's."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class HouseAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth brings no types
    """Each sentence says what to do next, and none tells whether an account exists."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask whoever runs your assessment."),
        "duplicate_email": _("This address belongs to your account already."),
        "email_password_mismatch": _("Check the e-mail address and the password: together they do not fit an account."),
        "enter_current_password": _("Enter your present password."),
        "incorrect_code": _("Check the code: it is not the one we sent, or it has expired."),
        "incorrect_password": _("Check the password: it is not the one of this account."),
        "invalid_or_expired_key": _("This link has been used or has expired. Ask for a new one."),
        "invalid_password_reset": _("This link has been used or has expired. Ask for a new one."),
        "same_as_current": _("Enter something other than the present value."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
    }
