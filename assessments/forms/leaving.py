"""Confirming a permanent deletion."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .helper import with_button


class ConfirmDeletionForm(forms.Form):
    """Valid once the name of what is to be deleted has been typed."""

    typed = forms.CharField(
        max_length=254, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )

    def __init__(self, *args: Any, name: str, label: str, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        self.fields["typed"].label = label
        self.fields["typed"].error_messages["required"] = label
        self.helper = with_button("typed", button=button, name="go", style="button danger")

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"]
        if " ".join(typed.casefold().split()) != " ".join(self.name.casefold().split()):
            raise ValidationError(_("This does not match. Type “%(name)s”."), params={"name": self.name})
        return typed
