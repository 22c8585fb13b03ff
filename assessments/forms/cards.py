"""One question of a pillar page, as displayed."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from assessments.models import Answer, Evidence
from assessments.reader_language import Wording, wording_of
from assessments.scoring.bank import Bank, Question
from assessments.wording.remarks import answer_name, descriptor

from .answering import FIELDS, AnswerForm, choices_of

FOLDED_FROM = 1000  # letters of help; longer ones are folded
TEXTS = ("comment", "evidence_text", "evidence_link")


@dataclass(frozen=True)
class Choice:
    """One answer card of a question."""

    value: str
    name: str
    descriptor: str
    chosen: bool
    last_round: bool


@dataclass(frozen=True)
class Card:
    """Everything the page shows for one question: the stored answer, or what was just sent and could not be saved.

    `last` is the choice in the previous round; `other` is a conflicting answer that someone saved in the meantime;
    `author` gave the stored answer, if that was not the reader; `files` are what it cites, None where there are none to add;
    `editable` are those that the reader can change.
    """

    bank: Bank
    number: int
    total: int
    question: Question
    values: Mapping[str, Any]
    revision: int = 0
    last: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    other: Answer | None = None
    author: str | None = None
    files: tuple[Evidence, ...] | None = None
    editable: Collection[Evidence] = ()

    @property
    def chosen(self) -> str:
        return str(self.values["choice"] or "")

    @property
    def wording(self) -> Wording:
        """The language of the question, which can differ from that of the page."""
        return wording_of(self.bank.language)

    @cached_property
    def levels(self) -> tuple[Choice, ...]:
        asked = self.question
        return tuple(
            self._choice(
                str(answer),
                answer_name(self.bank, asked, answer),
                descriptor(self.bank, asked, answer) or "",
            )
            for answer in asked.offered
        )

    @property
    def folds_help(self) -> bool:
        """Whether the help is long enough to be folded."""
        return len(self.question.help or "") > FOLDED_FROM

    @cached_property
    def others(self) -> tuple[Choice, ...]:
        values = choices_of(self.question)[len(self.question.offered) :]
        return tuple(self._choice(value, str(Answer.Other(value).label), "") for value in values)

    def _choice(self, value: str, name: str, descriptor: str) -> Choice:
        return Choice(value, name, descriptor, self.chosen == value, self.last == value)

    @property
    def grades(self) -> tuple[tuple[int, str, bool], ...]:
        """The grades offered, as (value, label, chosen); the highest only if it is already set."""
        current = self.values["evidence_grade"]
        return tuple(
            (grade.value, str(grade.label), str(current) == str(grade.value))
            for grade in Answer.Grade
            if grade != Answer.Grade.CHECKED or str(current) == str(grade.value)
        )

    @property
    def opened(self) -> bool:
        """Whether the section for comment and evidence starts open: it has content or an error."""
        return bool(self.files) or any(self.values[name] or name in self.errors for name in TEXTS)

    @property
    def other_choice(self) -> str:
        """The label of the conflicting answer's choice, or ""."""
        if self.other is None or self.other.level is None:
            return "" if self.other is None else str(self.other.get_other_display())
        return answer_name(self.bank, self.question, self.other.level)

    @property
    def other_json(self) -> str:
        return json.dumps(version_of(self.other)) if self.other else ""

    @property
    def is_cacheable(self) -> bool:
        """Whether there is no error, conflict, other author or written reason."""
        return not self.errors and self.other is None and self.author is None and self.values["reason"] == ""

    @property
    def html(self) -> SafeString:
        """The rendered question. Cached, apart from its files and what a person wrote, which have marks."""
        html: str = self._remember(QUESTION) if self.is_cacheable else _rendered(QUESTION, self)
        for name, mark in MARKS.items():
            html = html.replace(mark, conditional_escape(self.values[name] or ""))
        context = {"cited": self.files, "editable": self.editable, "at": files_page(self.question.key)}
        cited = render_to_string(CITED, context) if self.files else ""
        return mark_safe(html.replace(FILES, cited))  # noqa: S308 - rendered templates and escaped texts

    @property
    def statement(self) -> SafeString:
        """The question and its choices, rendered without comment and evidence."""
        return self._remember(STATEMENT) if self.is_cacheable else _rendered(STATEMENT, self)

    def _remember(self, template: str) -> SafeString:
        if not self.bank.checksum:
            return _rendered(template, self)
        more = (self.files is None, self.opened, self.values["evidence_grade"]) if template == QUESTION else ()
        place = (self.number, self.total)  # another one in a pulse
        shape = (template, self.bank.levels, get_language(), self.question, place, self.chosen, self.last, *more)
        if shape not in (remembered := _remembered()):
            if len(remembered) >= REMEMBERED:
                remembered.clear()
            remembered[shape] = _rendered(template, self, MARKS)
        return remembered[shape]


QUESTION, STATEMENT = "assessments/answering/_question.html", "assessments/answering/_statement.html"
CITED = "assessments/evidence/_cited.html"
# Where files and texts belong in a cached question; nobody can write a mark, as what people write is escaped
FILES = mark_safe("<!-- files -->")
MARKS = {name: mark_safe(f"<!-- {name} -->") for name in TEXTS}  # noqa: S308 - names of our own
REMEMBERED = 2000  # questions of about 4 KB


def files_page(key: str) -> str:
    """Where the files of a question are, from its pillar page; relative, as in the question's cached text."""
    return f"../../questions/{key}/evidence/"


@cache
def _remembered() -> dict[tuple[object, ...], SafeString]:
    """Cache rendered questions of published banks, which never change. A key's only personal data is the choice."""
    return {}


def _rendered(template: str, card: Card, texts: Mapping[str, str] = MappingProxyType({})) -> SafeString:
    """`texts` replace what the card holds."""
    return render_to_string(template, {"card": card, "values": {**card.values, **texts}, "cited": FILES})


def card_of(
    bank: Bank,
    number: int,
    total: int,
    question: Question,
    *,
    answer: Answer | None,
    last: str | None = None,
    form: AnswerForm | None = None,
    errors: Mapping[str, str] | None = None,
    other: Answer | None = None,
    author: str | None = None,
    files: tuple[Evidence, ...] | None = None,
    editable: Collection[Evidence] = (),
) -> Card:
    """Return the card of a question: from what was just sent (`form`), else from the stored answer."""
    return Card(
        bank=bank,
        number=number,
        total=total,
        question=question,
        values=_stored(answer) if form is None else {name: form[name].value() or "" for name in FIELDS},
        revision=0 if answer is None else answer.revision,
        last=last,
        errors=errors or {},
        other=other,
        author=author,
        files=files,
        editable=editable,
    )


def _stored(answer: Answer | None) -> dict[str, Any]:
    return {name: "" if answer is None else getattr(answer, name) for name in FIELDS}


def version_of(answer: Answer) -> dict[str, Any]:
    """Return the stored answer as the page's script reads it. `saved_at` is ISO 8601 in UTC."""
    stored = {name: "" if value is None else str(value) for name, value in _stored(answer).items()}
    return {**stored, "revision": answer.revision, "saved_at": answer.saved_at.isoformat()}
