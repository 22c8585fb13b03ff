"""The first step of preparing an assessment for a new client."""

import zoneinfo
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Consultancy

from .helper import with_button
from .plain import validate_plain_name
from .planning import SAVE_AND_CONTINUE, BasicsForm

AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
type Zones = Sequence[tuple[str, Sequence[tuple[str, str]]]]


class NewClientForm(BasicsForm):
    """A new client's name and time zone, and the consultancy that serves it if there are several."""

    client_name = forms.CharField(
        label=gettext_lazy("Name of the client"),
        max_length=200,
        help_text=gettext_lazy("As it should appear on the report."),
        validators=[validate_plain_name],
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"), help_text=gettext_lazy("Determines when a day ends for this client.")
    )
    consultancy = forms.ModelChoiceField(
        queryset=Consultancy.objects.none(),
        label=gettext_lazy("Consultancy"),
        help_text=gettext_lazy("All consultants at this consultancy see the client."),
    )
    field_order = ("client_name", "time_zone", "consultancy")

    def __init__(self, *args: Any, consultancies: QuerySet[Consultancy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = _zones()  # type: ignore[attr-defined]
        if len(consultancies) > 1:
            self.fields["consultancy"].queryset = consultancies  # type: ignore[attr-defined]
        else:
            del self.fields["consultancy"]
        self.only = consultancies.first() if len(consultancies) == 1 else None
        self.helper = with_button(*self.fields, button=SAVE_AND_CONTINUE)

    def clean(self) -> dict[str, Any]:
        """Add the user's only consultancy, or None if they have none."""
        data = super().clean() or {}
        return {"consultancy": self.only, **data}


def _zones() -> Zones:
    """Return the time zones by region: `Europe` holds (`Europe/Berlin`, `Berlin`)."""
    names = sorted(zone for zone in zoneinfo.available_timezones() if zone.partition("/")[0] in AREAS and "/" in zone)
    grouped = groupby(names, key=lambda zone: zone.partition("/")[0])
    areas = [(area, [(zone, _city(zone)) for zone in zones]) for area, zones in grouped]
    return [(_("Everywhere"), [("UTC", "UTC")]), *areas]


def _city(zone: str) -> str:
    return zone.partition("/")[2].replace("_", " ").replace("/", ", ")
