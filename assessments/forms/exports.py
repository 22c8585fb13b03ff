"""Choosing what to export."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.models import ExportFile, Organisation
from assessments.sentences import gettext
from assessments.wording import numbers

from .helper import with_button

USUAL = [ExportFile.Type.PDF, ExportFile.Type.XLSX]


class ExportForm(forms.Form):
    """The file formats for each assessment, each with a phrase of `about`. The page holds the assessments themselves in separate hidden fields."""

    types = forms.MultipleChoiceField(
        label=_("What do you want from each assessment?"),
        initial=USUAL,
        widget=forms.CheckboxSelectMultiple,
    )

    stale = forms.BooleanField(
        label=_("Include outdated commentary as it is"),
        error_messages={"required": _("Confirm that outdated commentary is included, or update it first.")},
    )

    def __init__(self, *args: Any, about: Mapping[str, str], stale: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["types"].choices = [  # type: ignore[attr-defined]
            (kind, f"{name}: {about[kind]}") for kind, name in ExportFile.Type.choices if kind in about
        ]
        if stale:
            message = gettext("Commentary written for an earlier result: %(names)s.")
            self.fields["stale"].help_text = message % {"names": numbers.listed(stale)}
        else:
            del self.fields["stale"]
        self.helper = with_button(*self.fields, button=_("Create ZIP"), name="make")
        self.helper.form_tag = False


class HandOverForm(forms.Form):
    """The client to hand over."""

    client = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        empty_label=_("Choose an organisation"),
        error_messages={
            "required": _("Choose the organisation to hand over."),
            "invalid_choice": _("Choose one of your organisations."),
        },
    )

    def __init__(self, *args: Any, clients: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = clients.order_by("name", "pk")  # type: ignore[attr-defined]
        self.helper = with_button("client", button=_("Create file"), name="make")
        self.helper.form_tag = False
