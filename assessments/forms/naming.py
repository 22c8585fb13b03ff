"""Renaming an organisation or an assessment."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from assessments.models import Assessment, Organisation
from assessments.sentences import gettext as _

from .helper import with_button
from .plain import validate_plain_name
from .starting import StartForm, unused_name
from .time_zones import time_zones


class OrganisationForm(forms.Form):
    """An organisation's name and time zone."""

    name = forms.CharField(
        max_length=200,
        label=StartForm.base_fields["organisation_name"].label,
        help_text=StartForm.base_fields["organisation_name"].help_text,
        validators=[validate_plain_name],
    )
    time_zone = forms.ChoiceField(
        label=StartForm.base_fields["time_zone"].label, help_text=StartForm.base_fields["time_zone"].help_text
    )

    def __init__(self, data: Any = None, *, organisation: Organisation, others: QuerySet[Organisation]) -> None:
        """`others` are organisations whose names its manager would confuse with it."""
        super().__init__(data, initial={"name": organisation.name, "time_zone": organisation.time_zone})
        self.others = others
        zones = [*time_zones()]
        if all(organisation.time_zone != zone for _area, names in zones for zone, _name in names):
            zones.append((_("Everywhere"), [(organisation.time_zone, organisation.time_zone)]))
        self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]
        self.helper = with_button("name", "time_zone", button=_("Save"))

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.others.filter(name__iexact=name).exists():
            raise ValidationError(
                _("You already have an organisation called “%(name)s”. Enter another name.") % {"name": name}
            )
        return name


class AssessmentNameForm(forms.Form):
    """An assessment's name."""

    name = forms.CharField(
        max_length=120,
        label=StartForm.base_fields["name"].label,
        help_text=StartForm.base_fields["name"].help_text,
        validators=[validate_plain_name],
    )

    def __init__(
        self, data: Any = None, *, assessment: Assessment, is_used: Callable[[Organisation, str], bool | None]
    ) -> None:
        super().__init__(data, initial={"name": assessment.name})
        self.assessment, self.is_used = assessment, is_used
        self.helper = with_button("name", button=_("Save"))

    def clean_name(self) -> str:
        return unused_name(self.cleaned_data["name"], self.assessment, self.is_used)
