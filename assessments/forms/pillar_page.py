"""A submitted pillar page: its questions, the button pressed, and the messages about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assessments.models import Answer
from assessments.scoring.bank import Pillar, Question
from assessments.sentences import gettext as _

from .answering import FIELDS, AnswerForm, field_name_of, missing_phrase

KEPT_LIMIT = 1_000_000  # characters stored of one page for someone who was signed out
BUTTONS = ("skip", "warned", "clear", "use", "keep", "at", "stay", "page", "save")
ELEMENTS = {"choice": "", "evidence_text": "-evidence", "evidence_link": "-link", "evidence_grade": "-grade"}


@dataclass(frozen=True)
class FieldProblem:
    """An entry of the error summary: the element it links to, and a message."""

    target: str
    message: str


@dataclass(frozen=True)
class RefusedQuestion:
    """A question that could not be saved as sent; on a conflict, `other` is the stored answer."""

    form: AnswerForm
    other: Answer | None = None

    @property
    def errors(self) -> dict[str, str]:
        if self.other is not None:
            return {"choice": _("This answer was changed elsewhere. Choose which version to keep.")}
        return {name: str(errors[0]) for name, errors in self.form.errors.items()}


class SentPage:
    """The data of one submitted pillar page."""

    def __init__(self, pillar: Pillar, data: Mapping[str, str]) -> None:
        self.pillar = pillar
        self.data = {name: value for name, value in data.items() if isinstance(value, str)}
        self.data.pop(self._pressed("clear") or "", None)
        used = self._pressed("use")
        self.forms = {q.key: AnswerForm(q, self.data) for q in pillar.questions if q.key != used}

    def _pressed(self, button: str) -> str | None:
        """Return the question whose button was pressed, if it belongs to this page."""
        key = self.data.get(button)
        return key if any(question.key == key for question in self.pillar.questions) else None

    @property
    def place(self) -> str:
        """The URL fragment of the question the person was at: "#question" or ""."""
        key = self._pressed("clear") or self._pressed("use") or self._pressed("keep") or self._pressed("at")
        return f"#{key}" if key else ""

    @property
    def stays(self) -> bool:
        """Whether the button pressed returns to the same page."""
        return any(self._pressed(button) for button in ("clear", "use", "keep")) or bool(
            {"stay", "language"} & self.data.keys()
        )

    @property
    def goes_on(self) -> bool:
        """Whether the person has seen the warning about blank answers and continues."""
        return "skip" in self.data or "warned" in self.data

    @cached_property
    def blank(self) -> dict[str, str]:
        """Messages for questions without an answer and for *not applicable* without a reason, by question key."""
        return {q.key: problem for q in self.pillar.questions if (problem := self._left_blank(q))}

    def _left_blank(self, question: Question) -> str:
        form = self.forms.get(question.key)
        if form is None:
            return ""
        if not form.chosen:
            return missing_phrase(question)
        if form.chosen == Answer.Other.NOT_APPLICABLE and not form["reason"].value():
            return _("Give a reason why this does not apply: “%(question)s”") % {"question": question.text}
        return ""

    def problems(self, refused: Mapping[str, RefusedQuestion]) -> list[FieldProblem]:
        """Return the error summary in page order."""
        return [p for question in self.pillar.questions for p in self._problems_of(question, refused)]

    def _problems_of(self, question: Question, refused: Mapping[str, RefusedQuestion]) -> list[FieldProblem]:
        if question.key in refused:
            errors = refused[question.key].errors.items()
            return [FieldProblem(element_of(question, name), message) for name, message in errors]
        if question.key in self.blank:
            field = "reason" if self.forms[question.key].chosen else "choice"
            return [FieldProblem(element_of(question, field), self.blank[question.key])]
        return []

    def to_keep(self) -> dict[str, str] | None:
        """Return the page's own fields, to be stored for an hour; None if they are larger than any real page."""
        names = [field_name_of(q.key, name) for q in self.pillar.questions for name in (*FIELDS, "revision")]
        fields = {name: self.data[name].replace("\0", "") for name in (*names, *BUTTONS) if name in self.data}
        return fields if sum(map(len, fields.values())) <= KEPT_LIMIT else None


def element_of(question: Question, name: str) -> str:
    """Return the id of the control that a message refers to."""
    if name == "choice":
        return f"{question.key}-{question.offered[0]}"
    return question.key + ELEMENTS.get(name, f"-{name}")
