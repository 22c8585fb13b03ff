"""The fields of one question on a pillar page."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from assessments.models import Answer
from assessments.scoring.bank import Question
from assessments.sentences import gettext as _

from .text import PlainText, text_field, tidy

FIELDS = ("choice", "reason", "comment", "evidence_grade", "evidence_text", "evidence_link")
GRADES = tuple((grade.value, grade.label) for grade in Answer.Grade)


class Link(forms.URLField):
    """A web address; https:// is added if the scheme is missing."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(tidy(value).strip() if isinstance(value, str) else value)


class NonNegativeIntegerField(forms.IntegerField):
    """A revision or a number of saves; anything else counts as 0."""

    def clean(self, value: Any) -> int:
        text = str(value or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class AnswerForm(forms.Form):
    """What was entered for one question; field names start with the question's key.

    `cleaned_data` holds the valid fields even if others have errors.
    """

    choice = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": gettext_lazy("Choose one of the statements shown.")}
    )
    reason = text_field(1000)
    comment = text_field()
    evidence_grade = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        choices=GRADES,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the grades shown.")},
    )
    evidence_text = text_field()
    evidence_link = Link(
        required=False,
        max_length=2000,
        assume_scheme="https",
        error_messages={
            "invalid": gettext_lazy("Enter a web address such as https://example.org/report"),
            "max_length": gettext_lazy("Shorten this address to %(limit_value)d characters; it has %(show_value)d."),
        },
    )
    revision = NonNegativeIntegerField(required=False)

    def __init__(self, question: Question, data: Mapping[str, Any]) -> None:
        self.question = question
        super().__init__(data)
        choice = self.fields["choice"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - for the type checker
        choice.choices = [(value, value) for value in choices_of(question)]

    def add_prefix(self, field_name: str) -> str:
        """Return `<question>` for the choice and `<question>:<field>` for the rest; a key never contains a colon."""
        return field_name_of(self.question.key, field_name)

    def left_out(self, *, partial: bool = False) -> frozenset[str]:
        """Return the fields to leave unchanged: those with an error and, for a `partial` form, those not sent.

        A respondent cannot choose the grade "Someone else has checked it", so a stored one is kept.
        """
        names = set(self.errors)
        if self.cleaned_data.get("evidence_grade") == Answer.Grade.CHECKED:
            names.add("evidence_grade")
        if partial:
            names |= {name for name in FIELDS if self.add_prefix(name) not in self.data}
        return frozenset(names)

    @property
    def chosen(self) -> str:
        """The choice as sent, valid or not; "" if there is none."""
        return str(self["choice"].value() or "")


def field_name_of(key: str, name: str) -> str:
    """Return the name of a question's field in the page's HTML."""
    return key if name == "choice" else f"{key}:{name}"


def choices_of(question: Question) -> tuple[str, ...]:
    """Return the values a respondent may choose for a question."""
    levels = tuple(str(level) for level in question.offered)
    other = (Answer.Other.DONT_KNOW.value, *([Answer.Other.NOT_APPLICABLE.value] if question.allows_na else []))
    return levels + other


def missing_phrase(question: Question) -> str:
    """Return the question's own error message, or one made from its text."""
    return question.error or _("Select the statement that best answers “%(question)s”") % {"question": question.text}


__all__ = ["FIELDS", "AnswerForm", "PlainText", "choices_of", "field_name_of", "missing_phrase"]
