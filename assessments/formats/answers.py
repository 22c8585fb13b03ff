"""Read and write the answers of one assessment as JSON: the format `maturity-answers/1`.

`AnswersReader(bank)` prepares the rules of a bank once and then reads any number of assessments.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from assessments.scoring.answers import DONT_KNOW, NOT_APPLICABLE, Answers, Document, Evidence, Respondent, Unit, Value
from assessments.scoring.bank import LEVELS, MAX_ANSWERS, Bank, Question

from .answer_units import problems_of_units
from .documents import documents, open_binary
from .json_text import Json, Out, json_line, parse_json
from .problems import Finding, Problems, ProblemsError, in_quotes, listed, one_problem

if TYPE_CHECKING:
    from .shapes import AnswersFile, DocumentEntry, RespondentEntry, UnitEntry


def load_answers(text: str, bank: Bank, name: str = "answers.json", first_line: int = 1) -> Answers:
    """One assessment's answers to the questions of a bank. Raises ProblemsError with every problem."""
    return AnswersReader(bank).read(text, name, first_line)


def read_answers(file: BinaryIO, bank: Bank, name: str) -> Iterator[Answers | ProblemsError]:
    """The assessments of a JSON or JSON Lines file in order, or a ProblemsError each; keeps one at a time in memory."""
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
    """The only assessment in a file. Raises ProblemsError if there is none or more than one, or if it is invalid."""
    name = str(path)
    with open_binary(path) as file:
        first = list(islice(read_answers(file, bank, name), 2))
    if not first:
        raise one_problem(name, 1, "the file is empty; one assessment expected")
    if isinstance(first[0], ProblemsError):
        raise first[0]
    if len(first) > 1:
        raise one_problem(name, 1, "more than one assessment stands here; one expected")
    return first[0]


class AnswersReader:
    """Reads assessments of one bank."""

    def __init__(self, bank: Bank) -> None:
        self.bank, self.questions = bank, bank.questions
        self.pillars = {pillar.key for pillar in bank.pillars}
        self.allowed = {key: _allowed(question) for key, question in bank.questions.items()}

    def read(self, text: str, name: str = "answers.json", first_line: int = 1) -> Answers:
        """One assessment. `first_line` is the line of the file on which `text` begins. Raises ProblemsError."""
        from .pydantic_messages import placed
        from .shapes import ANSWERS, ANSWERS_2

        value, twice = parse_json(text, name, first_line)
        problems = Problems(name)
        fields, faults = (ANSWERS if self.bank.format == 1 else ANSWERS_2).read(value, problems)
        broken = dict(self._broken(value))
        if fields is None or twice or broken:
            raise placed([*twice, *{**faults, **broken}.items()], text, problems, first_line)
        return _answers(fields)

    def _broken(self, value: Json) -> Iterator[Finding]:
        """A finding for each broken rule of the bank; malformed parts of the file are ignored."""
        people = _field(value, "respondents")
        people = people if isinstance(people, list) else []
        for index, person in enumerate(people):
            for key, answer in _object(person, "answers").items():
                if answer not in self.allowed.get(key, ()) and (wrong := self._refusal(key, answer)):
                    yield ("respondents", index, "answers", key), wrong
            for name in ("evidence", "reasons", "comments"):
                for key in _object(person, name):
                    if key not in self.questions:
                        yield ("respondents", index, name, key), f"this bank has no question {in_quotes(key)}"
        for key, target in _object(value, "targets").items():
            if key not in self.pillars:
                yield ("targets", key), f"this bank has no pillar {in_quotes(key)}"
            elif self.bank.format > 1 and type(target) in {int, float} and not self._on_scale(target):
                low, high = self.bank.scale.low, self.bank.scale.high
                yield ("targets", key), f"a target from {low:g} to {high:g} expected, found {target}"
        yield from _repeated(people)
        yield from _unknown_documents(_object(value, "documents"), people)
        yield from problems_of_units(_field(value, "units"), people)
        invited = _field(value, "invited")
        if type(invited) is int and 0 <= invited < len(people):
            yield ("invited",), f"{invited} invited, but {len(people)} respondents: nobody answers uninvited"

    def _on_scale(self, target: Any) -> bool:
        return bool(self.bank.scale.low <= target <= self.bank.scale.high)

    def _refusal(self, key: str, value: Json) -> str | None:
        """Why the question does not exist or does not accept a well-formed answer; None if the answer is malformed."""
        if key not in self.questions:
            return f"this bank has no question {in_quotes(key)}"
        question = self.questions[key]
        offered = listed(map(str, question.offered))
        if value == NOT_APPLICABLE:
            return f"this question always applies; choose {offered}, or {in_quotes(DONT_KNOW)}"
        if self.bank.format == 1:
            return f"this question does not offer level {value}; choose {offered}" if value in LEVELS else None
        if type(value) is not int or not 1 <= value <= MAX_ANSWERS:
            return None
        what = "level" if question.choices is None else "answer"
        return f"this question does not offer {what} {value}; choose {offered}"


def _allowed(question: Question) -> tuple[Value | None, ...]:
    return (*question.offered, DONT_KNOW, None, *((NOT_APPLICABLE,) if question.allows_na else ()))


def _field(value: Json, name: str) -> Json:
    return value.get(name) if isinstance(value, dict) else None


def _object(value: Json, name: str) -> dict[str, Json]:
    inner = _field(value, name)
    return inner if isinstance(inner, dict) else {}


def _unknown_documents(documents: dict[str, Json], people: list[Json]) -> Iterator[Finding]:
    for index, person in enumerate(people):
        for key, entry in _object(person, "evidence").items():
            cited = _field(entry, "documents")
            for place, name in enumerate(cited if isinstance(cited, list) else []):
                if isinstance(name, str) and name not in documents:
                    there = ("respondents", index, "evidence", key, "documents", place)
                    yield there, f"there is no document {in_quotes(name)}"


def _repeated(people: list[Json]) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for index, person in enumerate(people):
        name = _field(person, "id")
        if isinstance(name, str) and first.setdefault(name, index) != index:
            yield ("respondents", index, "id"), f"the id {in_quotes(name)} is taken by respondents[{first[name]}]"


def _answers(fields: AnswersFile) -> Answers:
    return Answers(
        respondents=tuple(map(_respondent, fields["respondents"])),
        id=fields.get("id"),
        invited=fields.get("invited"),
        targets=_given(fields.get("targets")),
        day=date.fromisoformat(day) if (day := fields.get("date")) else None,
        units=tuple(map(_unit, fields.get("units") or ())),
        documents={key: _document(each) for key, each in (fields.get("documents") or {}).items()},
    )


def _respondent(fields: RespondentEntry) -> Respondent:
    evidence: dict[str, Any] = _given(fields.get("evidence"))
    return Respondent(
        id=fields["id"],
        answers=_given(fields["answers"]),
        evidence={key: _evidence(one) for key, one in evidence.items()},
        reasons=_given(fields.get("reasons")),
        comments=_given(fields.get("comments")),
        role=fields.get("role"),
        unit=fields.get("unit"),
    )


def _evidence(one: Any) -> Evidence:
    if type(one) is not dict:
        return Evidence(one)
    return Evidence(**{**one, "documents": tuple(one.get("documents") or ())})


def _document(fields: DocumentEntry) -> Document:
    days = {name: date.fromisoformat(str(day)) for name, day in fields.items() if day}
    return Document(days.get("as_of"), days.get("valid_until"))


def _unit(fields: UnitEntry) -> Unit:
    weight = fields.get("weight")
    return Unit(fields["id"], fields["name"], fields.get("parent"), 1.0 if weight is None else weight)


def _given[T](values: Mapping[str, T | None] | None) -> dict[str, T]:
    """The values that are not None."""
    return {key: value for key, value in (values or {}).items() if value is not None}


def dump_answers(answers: Answers) -> str:
    """One assessment as a line of JSON, without absent values."""
    people: list[Out] = [_respondent_out(person) for person in answers.respondents]
    head = _some(
        format="maturity-answers/1",
        id=answers.id,
        date=answers.day.isoformat() if answers.day else None,
        invited=answers.invited,
        targets=dict(answers.targets),
    )
    units: list[Out] = [_some(**vars(unit)) for unit in answers.units]
    documents: dict[str, Out] = {key: _document_out(each) for key, each in sorted(answers.documents.items())}
    return json_line(
        {**head, **({"units": units} if units else {}), **_some(documents=documents), "respondents": people}
    )


def _document_out(document: Document) -> Out:
    days = {"as_of": document.as_of, "valid_until": document.valid_until}
    return {name: day.isoformat() for name, day in days.items() if day is not None}


def _respondent_out(person: Respondent) -> Out:
    evidence = {key: _evidence_out(evidence) for key, evidence in person.evidence.items()}
    return {
        **_some(id=person.id, role=person.role, unit=person.unit),
        "answers": dict(person.answers),
        **_some(evidence=evidence, reasons=dict(person.reasons), comments=dict(person.comments)),
    }


def _evidence_out(evidence: Evidence) -> Out:
    documents: Out = list(evidence.documents) or None
    described = _some(grade=evidence.grade, text=evidence.text, link=evidence.link, documents=documents)
    return described if len(described) > 1 else evidence.grade


def _some(**fields: Out) -> dict[str, Out]:
    return {name: value for name, value in fields.items() if value is not None and value != {}}
