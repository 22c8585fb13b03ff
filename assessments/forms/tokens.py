"""A new API token."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .helper import with_button
from .plain import validate_plain_name


class TokenForm(forms.Form):
    """Its name and scopes."""

    name = forms.CharField(
        label=_("What is it for?"),
        help_text=_("For example, the program that will use it."),
        max_length=80,
        validators=[validate_plain_name],
    )
    scopes = forms.MultipleChoiceField(
        label=_("What can it read?"),
        choices=[
            ("portfolio", _("Portfolio: your organisations and assessments, with level and index")),
            ("results", _("Results of the assessments you manage")),
            ("exports", _("Your exports and their files")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = with_button("name", "scopes", button=_("Create token"), name="make")
