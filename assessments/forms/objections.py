"""Objecting to the answer to a central question for a unit."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from assessments.models import OBJECTION_LIMIT
from assessments.sentences import gettext as _

from .helper import with_button


class ObjectionForm(forms.Form):
    """The question, the unit, and why its answer does not hold there."""

    question = forms.ChoiceField(label=gettext_lazy("Question"))
    unit = forms.TypedChoiceField(label=gettext_lazy("Unit"), coerce=UUID)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=OBJECTION_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Everyone who sees the results of this unit can read it."),
    )

    def __init__(
        self, data: Any = None, *, questions: Sequence[tuple[str, str]], units: Sequence[tuple[UUID, str]]
    ) -> None:
        """`questions` are keys and texts, `units` ids and names."""
        super().__init__(data)
        for name, choices in (("question", questions), ("unit", units)):
            self.fields[name].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]
        self.helper = with_button("question", "unit", "reason", button=_("Submit objection"), name="object")
