"""Placing examples on the levels of their questions."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from crispy_forms.layout import HTML
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from assessments.scoring.bank import Question
from assessments.sentences import gettext as _

from .helper import with_button


class Asked(NamedTuple):
    """An invented organisation, and the question on whose levels it is placed."""

    key: str
    question: Question
    organisation: str
    sector: str
    text: str


class CalibrationForm(forms.Form):
    """One field an example: the levels of its question."""

    def __init__(self, *args: Any, examples: Iterable[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        layout: list[object] = []
        for example in examples:
            key = example.key
            self.fields[key] = forms.TypedChoiceField(
                label=example.question.text,
                coerce=int,
                widget=forms.RadioSelect,
                choices=[(n, anchor) for n, anchor in enumerate(example.question.anchors, start=1) if anchor],
                error_messages={"required": gettext_lazy("Choose the statement that fits this organisation")},
            )
            layout += [HTML(_described(example)), key]
        self.helper = with_button(*layout, button=_("Show reasons"), name="place")


def _described(example: Asked) -> str:
    """The organisation as markup above its field; braces would be read as a template."""
    texts = (example.organisation, example.sector, example.text)
    return format_html('<h2 class="group">{}</h2><p class="muted">{}</p><p>{}</p>', *texts)
