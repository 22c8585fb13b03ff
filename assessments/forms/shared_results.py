"""Sharing a result with someone without an account, and the code that they enter."""

import datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy

from assessments.models.shared_result import NOTE_LIMIT
from assessments.sentences import gettext as _

from .helper import with_button
from .plain import AddressField, NameField
from .text import text_field

USUAL_DAYS, MAX_DAYS = 30, 365


class ShareForm(forms.Form):
    """Who reads a result, and until when."""

    name = NameField(label=gettext_lazy("Name"))
    email = AddressField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("The link and the codes that open it are sent here. No account is needed."),
    )
    expires_on = forms.DateField(
        label=gettext_lazy("Can be read until"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    note = text_field(NOTE_LIMIT)

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        """`today` is the current date of the organisation."""
        super().__init__(*args, **kwargs)
        self.initial["expires_on"] = today + datetime.timedelta(days=USUAL_DAYS)
        last = today + datetime.timedelta(days=MAX_DAYS)
        self.fields["expires_on"].validators += [
            MinValueValidator(today, _("Choose today or a later date.")),
            MaxValueValidator(last, _("Choose a date within a year.")),
        ]
        self.fields["note"].label = _("Note")
        self.fields["note"].widget.attrs["rows"] = 3
        self.fields["note"].help_text = _("Included in the e-mail.")
        self.helper = with_button(*self.fields, button=_("Send link"), name="share")


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
