"""The answers of one assessment from JSON and back: the format `maturity-answers/1`.

`AnswersReader(bank)` learns the bank once and then reads any number of assessments, each in one pass. Positions are
looked up only when there is something to complain about.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from assessments.scoring.answers import DONT_KNOW, NOT_APPLICABLE, Answers, Evidence, Respondent, Value
from assessments.scoring.bank import Bank, Question

from .documents import documents
from .files import open_binary
from .json_cursor import JsonCursor, JsonFields
from .json_text import Json, Out, described, json_line, parse_json
from .problems import ProblemsError, listed, one_problem, shown

FORMAT = "maturity-answers/1"
MAX_ID = 255
MAX_LINK = 2_000
MAX_RESPONDENTS = 100_000
MAX_INVITED = 1_000_000_000


def load_answers(text: str, bank: Bank, name: str = "answers.json", first_line: int = 1) -> Answers:
    """One assessment's answers to a bank. Raises ProblemsError with everything that is wrong with them."""
    return AnswersReader(bank).read(text, name, first_line)


def read_answers(file: BinaryIO, bank: Bank, name: str) -> Iterator[Answers | ProblemsError]:
    """Every assessment of a JSON or JSON Lines file in order, or what is wrong with it; holds one at a time."""
    reader = AnswersReader(bank)
    for document in documents(file, name):
        if isinstance(document, ProblemsError):
            yield document
            continue
        try:
            yield reader.read(document.text, name, document.line)
        except ProblemsError as error:
            yield error


def read_one(path: str | pathlib.Path, bank: Bank) -> Answers:
    """The one assessment of a file; raises ProblemsError if there is another number of them, or it is wrong."""
    name = str(path)
    with open_binary(path) as file:
        found = list(islice(read_answers(file, bank, name), 2))
    if not found:
        raise one_problem(name, 1, "the file is empty; one assessment expected")
    if isinstance(found[0], ProblemsError):
        raise found[0]
    if len(found) > 1:
        raise one_problem(name, 1, "more than one assessment stands here; one expected")
    return found[0]


class AnswersReader:
    """Reads assessments of one bank."""

    def __init__(self, bank: Bank) -> None:
        self.questions = bank.questions
        self.pillars = {pillar.key for pillar in bank.pillars}

    def read(self, text: str, name: str = "answers.json", first_line: int = 1) -> Answers:
        """One assessment. `first_line` is where the text begins in its file; raises ProblemsError."""
        cursor = JsonCursor.root(parse_json(text, name, first_line), name)
        answers = self._answers(cursor)
        cursor.raise_if_any(text, first_line)
        return answers

    def _answers(self, cursor: JsonCursor) -> Answers:
        fields = cursor.fields(("respondents",), ("format", "id", "invited", "targets"))
        if (form := fields["format"]) and form.value != FORMAT:
            form.refuse(f"{shown(FORMAT)} expected, found {described(form.value)}")
        respondents = tuple(self._respondent(entry) for entry in fields.items("respondents", MAX_RESPONDENTS))
        _check_ids(fields, respondents)
        return Answers(
            respondents=respondents,
            id=fields.text("id", MAX_ID),
            invited=_invited(fields, len(respondents)),
            targets=self._targets(fields),
        )

    def _respondent(self, cursor: JsonCursor) -> Respondent:
        fields = cursor.fields(("id", "answers"), ("role", "evidence", "reasons", "comments"))
        return Respondent(
            id=fields.text("id", MAX_ID) or "",
            answers=self._values(fields),
            evidence=self._evidence(fields),
            reasons=self._texts(fields, "reasons"),
            comments=self._texts(fields, "comments"),
            role=fields.text("role", MAX_ID),
        )

    def _values(self, fields: JsonFields) -> dict[str, Value]:
        """The answers by question; a blank one is left out."""
        values: dict[str, Value] = {}
        questions = self.questions
        for key, value in fields.entries("answers"):
            question = questions.get(key)
            if question is not None and type(value) is int and value in question.offered:
                values[key] = value
            elif question is not None and value == DONT_KNOW:
                values[key] = DONT_KNOW
            elif question is not None and value == NOT_APPLICABLE and question.allows_na:
                values[key] = NOT_APPLICABLE
            elif question is None or value is not None:
                fields.refuse("answers", key, _no_answer(question, key, value))
        return values

    def _evidence(self, fields: JsonFields) -> dict[str, Evidence]:
        evidence: dict[str, Evidence] = {}
        for key, value in fields.entries("evidence"):
            if key not in self.questions:
                fields.refuse("evidence", key, _unknown("question", key))
            elif type(value) is int and 0 <= value <= 3:
                evidence[key] = Evidence(value)
            elif isinstance(value, dict):
                evidence[key] = _described_evidence(fields.at("evidence", key, value))
            elif value is not None:
                fields.refuse("evidence", key, _no_grade(value))
        return evidence

    def _texts(self, fields: JsonFields, name: str) -> dict[str, str]:
        texts: dict[str, str] = {}
        for key, value in fields.entries(name):
            if key not in self.questions:
                fields.refuse(name, key, _unknown("question", key))
            elif value is not None:
                texts[key] = fields.at(name, key, value).text()
        return texts

    def _targets(self, fields: JsonFields) -> dict[str, float]:
        """The targets by pillar, each as it was given: whole or with a fraction."""
        targets: dict[str, float] = {}
        for key, value in fields.entries("targets"):
            if key not in self.pillars:
                fields.refuse("targets", key, _unknown("pillar", key))
            elif type(value) in {int, float} and isinstance(value, int | float) and 1 <= value <= 5:
                targets[key] = value
            elif value is not None:
                fields.refuse("targets", key, f"a target from 1 to 5 expected, found {described(value)}")
        return targets


def _described_evidence(cursor: JsonCursor) -> Evidence:
    fields = cursor.fields(("grade",), ("text", "link"))
    grade, link = fields["grade"], fields.text("link", MAX_LINK)
    if grade is not None and not (type(grade.value) is int and 0 <= grade.value <= 3):
        grade.refuse(_no_grade(grade.value))
        grade = None
    if link is not None and not link.lower().startswith(("https://", "http://")):
        fields.refuse("link", None, "a link starts with https:// or http://")
    level = grade.value if grade is not None and isinstance(grade.value, int) else 0
    return Evidence(level, fields.text("text"), link)


def _invited(fields: JsonFields, respondents: int) -> int | None:
    cursor = fields["invited"]
    if cursor is None:
        return None
    if type(cursor.value) is not int or not 0 <= cursor.value <= MAX_INVITED:
        cursor.refuse(f"a whole number of people expected, found {described(cursor.value)}")
        return None
    if cursor.value < respondents:
        cursor.refuse(f"{cursor.value} invited, but {respondents} respondents: nobody answers uninvited")
    return cursor.value


def _check_ids(fields: JsonFields, respondents: tuple[Respondent, ...]) -> None:
    first: dict[str, int] = {}
    for index, respondent in enumerate(respondents):
        if respondent.id and first.setdefault(respondent.id, index) != index:
            taken = f"the id {shown(respondent.id)} is taken by respondents[{first[respondent.id]}]"
            fields.owner.problems.add(0, ("respondents", index, "id"), taken)


def _unknown(thing: str, key: str) -> str:
    return f"this bank has no {thing} {shown(key)}"


def _no_grade(value: Json) -> str:
    return f"an evidence grade is 0, 1, 2 or 3, found {described(value)}"


def _no_answer(question: Question | None, key: str, value: Json) -> str:
    """Why this is no answer to the question."""
    if question is None:
        return _unknown("question", key)
    if value == NOT_APPLICABLE:
        return f"this question always applies; choose {listed(map(str, question.offered))}, or {shown(DONT_KNOW)}"
    if type(value) is int and 1 <= value <= 5:
        return f"this question does not offer level {value}; choose {listed(map(str, question.offered))}"
    return f"a level from 1 to 5 expected, written as a whole number, found {described(value)}"


def dump_answers(answers: Answers) -> str:
    """One assessment as a line of JSON; what is absent is left out."""
    data: dict[str, Out] = {
        "format": FORMAT,
        "id": answers.id,
        "invited": answers.invited,
        "targets": dict(answers.targets),
        "respondents": [_respondent_out(person) for person in answers.respondents],
    }
    return json_line({name: value for name, value in data.items() if value is not None and value != {}})


def _respondent_out(person: Respondent) -> Out:
    data: dict[str, Out] = {
        "id": person.id,
        "role": person.role,
        "answers": dict(person.answers),
        "evidence": {key: _evidence_out(evidence) for key, evidence in person.evidence.items()},
        "reasons": dict(person.reasons),
        "comments": dict(person.comments),
    }
    return {
        name: value for name, value in data.items() if name in ("id", "answers") or (value is not None and value != {})
    }


def _evidence_out(evidence: Evidence) -> Out:
    if evidence.text is None and evidence.link is None:
        return evidence.grade
    data: dict[str, Out] = {"grade": evidence.grade, "text": evidence.text, "link": evidence.link}
    return {name: value for name, value in data.items() if value is not None}
