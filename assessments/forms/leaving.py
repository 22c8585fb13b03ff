"""Saying twice that something goes for good."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class SureForm(forms.Form):
    """Goes through once the name of what goes was typed."""

    typed = forms.CharField(
        max_length=254, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )

    def __init__(self, *args: Any, name: str, label: str, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        self.fields["typed"].label = label
        self.fields["typed"].error_messages["required"] = label
        self.helper = FormHelper()
        self.helper.layout = Layout("typed", Div(Submit("go", button, css_class="button danger"), css_class="actions"))

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"]
        if " ".join(typed.casefold().split()) != " ".join(self.name.casefold().split()):
            raise ValidationError(_("This is not the same. Type “%(name)s”."), params={"name": self.name})
        return typed
