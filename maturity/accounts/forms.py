"""The forms of signing in and up: addresses under our name for them, and no telling whether an account exists."""

from typing import Any

from allauth.account import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessments.models import User


class Addressed:
    """Calls an address by the name that every other page has for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"email", "login"} & self.fields.keys():  # type: ignore[attr-defined]  # what it is mixed into has them
            self.fields[name].label = _("E-mail address")  # type: ignore[attr-defined]


class SignInForm(Addressed, forms.LoginForm):  # type: ignore[misc]  # allauth brings no types
    pass


class AddressForm(Addressed, forms.AddEmailForm):  # type: ignore[misc]
    pass


class ResetForm(Addressed, forms.ResetPasswordForm):  # type: ignore[misc]
    pass


class CodeForm(Addressed, forms.RequestLoginCodeForm):  # type: ignore[misc]
    pass


class CorrectionForm(Addressed, forms.ChangeEmailForm):  # type: ignore[misc]
    pass


class SignUpForm(Addressed, forms.SignupForm):  # type: ignore[misc]
    """Takes as long for an address that has an account as for one that has none."""

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])  # hashed in vain: that is what takes the time
        return super().try_save(request)

    @transaction.atomic
    def save(self, request: HttpRequest) -> Any:
        """The account and its address, or neither; the e-mail comes after it."""
        return super().save(request)
