"""Forms that receive a passkey's response, which a browser can send as JSON of any shape or as no JSON at all."""

import struct
from typing import Any

from allauth.mfa.webauthn import forms
from django.core.exceptions import ValidationError
from django.forms import HiddenInput, JSONField
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext as _

UNREADABLE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, struct.error)


class Credential(JSONField):
    """A JSON field that also rejects numbers and nesting too large for Python, which Django's field does not catch."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as problem:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from problem

    def bound_data(self, data: Any, initial: Any) -> Any:
        return None if data is None else InvalidJSONInput(data)  # redisplay it as sent, without parsing


class CredentialMixin:
    """Rejects unreadable credentials with a message."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        messages = {"invalid": _("We couldn’t read this passkey. Try again, or sign in another way.")}
        self.fields["credential"] = Credential(widget=HiddenInput, error_messages=messages)  # type: ignore[attr-defined]

    def full_clean(self) -> None:
        try:
            super().full_clean()  # type: ignore[misc]  # defined by the other base class
        except UNREADABLE:
            invalid = self.fields["credential"].error_messages["invalid"]  # type: ignore[attr-defined]
            self.add_error("credential", invalid)  # type: ignore[attr-defined]


class AddForm(CredentialMixin, forms.AddWebAuthnForm):  # type: ignore[misc]  # allauth brings no types
    pass


class PasskeySignInForm(CredentialMixin, forms.LoginWebAuthnForm):  # type: ignore[misc]
    pass


class SecondStepForm(CredentialMixin, forms.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class OnceMoreForm(CredentialMixin, forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass
