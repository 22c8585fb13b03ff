"""One question of a pillar page: what a person may send, and the card that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Answer
from assessments.scoring.bank import Bank, Question

COMMENT_LIMIT = 10_000
TOO_LONG = gettext_lazy("Shorten this text to %(limit_value)d characters; it has %(show_value)d.")


class PlainText(forms.CharField):
    """Text as a person types it: line breaks in one form, whatever the browser sends."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


def text_field(limit: int = COMMENT_LIMIT) -> PlainText:
    field = PlainText(required=False)
    field.validators.append(MaxLengthValidator(limit, TOO_LONG))
    return field


class AnswerForm(forms.Form):
    """What was entered for one question; field names begin with the question's key."""

    choice = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": gettext_lazy("Choose one of the statements shown.")}
    )
    reason = text_field(1000)
    comment = text_field()
    evidence_grade = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(grade.value, grade.label) for grade in Answer.Grade if grade != Answer.Grade.CHECKED],
    )
    evidence_text = text_field()
    evidence_link = forms.URLField(
        required=False,
        max_length=2000,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Enter a web address such as https://example.org/report")},
    )
    revision = forms.IntegerField(required=False, min_value=0)

    def __init__(self, question: Question, data: Mapping[str, Any]) -> None:
        self.question = question
        super().__init__(data)
        choice = self.fields["choice"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - for the type checker
        choice.choices = [(value, value) for value in choices_of(question)]

    def add_prefix(self, field_name: str) -> str:
        """`<question>` for the choice and `<question>:<field>` for the rest: a key never holds a colon."""
        return self.question.key if field_name == "choice" else f"{self.question.key}:{field_name}"


def choices_of(question: Question) -> tuple[str, ...]:
    """The values a respondent may choose for a question."""
    levels = tuple(str(level) for level in question.offered)
    other = (Answer.Other.DONT_KNOW.value, *([Answer.Other.NOT_APPLICABLE.value] if question.allows_na else []))
    return levels + other


@dataclass(frozen=True)
class Choice:
    """One card of a question."""

    value: str
    name: str
    descriptor: str
    chosen: bool
    last_round: bool


@dataclass(frozen=True)
class Card:
    """Everything the page shows of one question."""

    question: Question
    number: int
    levels: tuple[Choice, ...]
    others: tuple[Choice, ...]
    values: Mapping[str, Any]
    revision: int
    grades: tuple[tuple[int, str, bool], ...]
    errors: Mapping[str, str]

    @property
    def opened(self) -> bool:
        """Whether the disclosure with comment and evidence starts open: it holds something, or an error."""
        fields = ("comment", "evidence_text", "evidence_link")
        return any(self.values.get(name) for name in fields) or any(name in self.errors for name in fields)


def card(
    bank: Bank, number: int, question: Question, *, answer: Answer | None, last: str | None, form: AnswerForm | None
) -> Card:
    """The card of a question: from what was just sent (`form`), else from what is stored."""
    values = _stored(answer) if form is None else _sent(form)
    chosen = str(values["choice"] or "")
    return Card(
        question=question,
        number=number,
        levels=tuple(
            Choice(
                str(level),
                bank.levels[level - 1].name,
                question.anchors[level - 1] or "",
                chosen == str(level),
                last == str(level),
            )
            for level in question.offered
        ),
        others=tuple(
            Choice(value, str(Answer.Other(value).label), "", chosen == value, last == value)
            for value in choices_of(question)[len(question.offered) :]
        ),
        values=values,
        revision=0 if answer is None else answer.revision,
        grades=tuple(
            (grade.value, str(grade.label), str(values["evidence_grade"]) == str(grade.value))
            for grade in Answer.Grade
            if grade != Answer.Grade.CHECKED or values["evidence_grade"] == grade
        ),
        errors={} if form is None else {name: str(errors[0]) for name, errors in form.errors.items()},
    )


FIELDS = ("choice", "reason", "comment", "evidence_grade", "evidence_text", "evidence_link")


def _stored(answer: Answer | None) -> dict[str, Any]:
    return {name: "" if answer is None else getattr(answer, name) for name in FIELDS}


def _sent(form: AnswerForm) -> dict[str, Any]:
    return {name: form[name].value() or "" for name in FIELDS}


def missing_phrase(question: Question) -> str:
    """The question's own error phrase, or one made from its text."""
    return question.error or _("Select the statement that best answers “%(question)s”") % {"question": question.text}
