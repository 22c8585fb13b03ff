"""The query string of the portfolio. Values that make no sense are ignored, because old links stay in use."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, Organisation

MAX_CLIENTS = 200  # beyond this, searching is quicker than choosing from a list
STATES = [
    ("", _("All statuses")),
    (Assessment.State.OPEN, _("Open")),
    ("overdue", _("Open and overdue")),
    (Assessment.State.CLOSED, _("Closed, not released")),
    (Assessment.State.RELEASED, _("Released")),
    (Assessment.State.DRAFT, _("Draft")),
]


class PortfolioForm(forms.Form):
    """Search and filter above the list."""

    q = forms.CharField(
        label=_("Organisation or assessment"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    client = forms.UUIDField(label=_("Organisation"), required=False, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    page = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, consultant: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.everyone = _("All organisations")
        if consultant:
            self.fields["q"].label, self.fields["client"].label = _("Client or assessment"), _("Client")
            self.everyone = _("All clients")

    def set_client_choices(self, clients: Sequence[Organisation]) -> None:
        """Offer these clients as a filter, if there are few enough."""
        if 1 < len(clients) <= MAX_CLIENTS:
            choices = [("", self.everyone), *((client.pk, client.name) for client in clients)]
            self.fields["client"].widget = forms.Select(choices=choices)

    def filters(self) -> dict[str, Any]:
        """Return the valid values that were sent."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    def client_id(self) -> UUID | None:
        self.is_valid()
        return self.cleaned_data.get("client")
