"""A person's profile: their name, and how they read pages and e-mails."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .helper import with_button
from .plain import NameField
from .time_zones import time_zones


class ProfileForm(forms.Form):
    name = NameField(label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    addressed_as = NameField(
        label=_("Form of address"),
        help_text=_("How e-mails greet you, such as “Dr Weber”. If you leave it blank, they use your name."),
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), help_text=_("Of pages and of e-mails to you."))
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("In which you read times. Deadlines end in the time zone of the organisation."),
    )

    wants_action_reminders = forms.BooleanField(
        label=_("Remind me of actions that I own"),
        help_text=_("By e-mail, a week before an action of a roadmap is due and once it is late."),
        required=False,
    )

    def __init__(self, *args: Any, languages: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """`languages` are those offered, as (code, name)."""
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = time_zones()  # type: ignore[attr-defined]
        self.helper = with_button(*self.fields, button=_("Save"))
