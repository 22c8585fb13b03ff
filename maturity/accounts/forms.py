"""Forms for signing in and up, with the product's label for addresses, revealing nothing about existing accounts."""

from typing import Any

from allauth.account import forms
from allauth.core import context
from django.db import transaction
from django.forms import TextInput
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessments.forms.plain import NameField
from assessments.models import User

ADDRESS = "address"  # session key: where the last e-mail of these pages was sent


class AddressLabelMixin:
    """Labels the address field as all other pages do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"email", "login"} & self.fields.keys():  # type: ignore[attr-defined]  # from the other base class
            self.fields[name].label = _("E-mail address")  # type: ignore[attr-defined]


class KeptAddressMixin(AddressLabelMixin):
    """Shows the address to which this browser last had an e-mail sent, so that it can be corrected."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"email", "login"} & self.fields.keys():  # type: ignore[attr-defined]  # from the other base class
            self.fields[name].initial = context.request.session.get(ADDRESS)  # type: ignore[attr-defined]


class SignInForm(KeptAddressMixin, forms.LoginForm):  # type: ignore[misc]  # allauth brings no types
    pass


class AddressForm(AddressLabelMixin, forms.AddEmailForm):  # type: ignore[misc]
    pass


class ResetForm(AddressLabelMixin, forms.ResetPasswordForm):  # type: ignore[misc]
    pass


class CodeForm(KeptAddressMixin, forms.RequestLoginCodeForm):  # type: ignore[misc]
    pass


class CorrectionForm(AddressLabelMixin, forms.ChangeEmailForm):  # type: ignore[misc]
    pass


class SignUpForm(KeptAddressMixin, forms.SignupForm):  # type: ignore[misc]
    """Takes the same time whether or not the address has an account."""

    name = NameField(label=_("Your name"), widget=TextInput(attrs={"autocomplete": "name"}))
    field_order = ("name", "email", "password1")

    def signup(self, _request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])  # hash it anyway, which takes most of the time
        return super().try_save(request)

    @transaction.atomic
    def save(self, request: HttpRequest) -> Any:
        """Save the account and its address together or not at all. The e-mail is sent afterwards."""
        return super().save(request)
