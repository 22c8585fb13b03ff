"""Delegating a pillar to a colleague."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from assessments.sentences import gettext as _

from .helper import with_button
from .plain import AddressField, NameField


class DelegationForm(forms.Form):
    """The colleague, and a message to them."""

    email = AddressField(label=gettext_lazy("Your colleague’s e-mail address"))
    name = NameField(label=gettext_lazy("Your colleague’s name"))
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Included in the e-mail. For example, what you would like them to look at."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, own: str, **kwargs: Any) -> None:
        """`own` is the address of the person who delegates."""
        super().__init__(*args, **kwargs)
        self.own = own.lower()
        self.helper = with_button("email", "name", "note", button=gettext_lazy("Send link"), name="pass")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email == self.own:
            raise ValidationError(_("Enter someone else’s address. You can always answer this section yourself."))
        return email
