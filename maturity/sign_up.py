"""Signing up, which takes as long for an address that has an account as for one that has none."""

from typing import Any

from allauth.account.forms import SignupForm
from django.http import HttpRequest

from assessments.models import User


class SignUpForm(SignupForm):  # type: ignore[misc]  # allauth brings no types
    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])  # hashed in vain: that is what takes the time
        return super().try_save(request)
