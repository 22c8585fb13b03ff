"""Rating the questions of last time again, as a person sees that time today."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from assessments.scoring.bank import Question

from .helper import with_button


class ThenForm(forms.Form):
    """One optional field a question of a pillar: its answers, lowest first."""

    def __init__(self, *args: Any, questions: Mapping[str, Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, question in questions.items():
            choices = [(n, text) for n, text in enumerate(question.texts, start=1) if text]
            self.fields[key] = forms.TypedChoiceField(
                label=question.text, coerce=int, empty_value=None, required=False, choices=choices,
                widget=forms.RadioSelect,
            )  # fmt: skip
            self.fields[key].depends = True  # type: ignore[attr-defined]  # every question may be left out
        self.helper = with_button(*self.fields, button=gettext_lazy("Save and continue"))
