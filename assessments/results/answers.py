"""Submitted answers as rows -> answers for scoring: numbers under pseudonyms, no texts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from assessments.models import Answer, Assessment, Citation, Participant, Submission
from assessments.scoring.answers import DONT_KNOW, NOT_APPLICABLE, Answers, Document, Evidence, Respondent, Value
from assessments.scoring.documents import grade_on

OTHERS: dict[str, Value] = {Answer.Other.DONT_KNOW: DONT_KNOW, Answer.Other.NOT_APPLICABLE: NOT_APPLICABLE}

type Row = tuple[str, int | None, str, int | None]  # key of the question, level, another choice, grade of the evidence


class Dates(NamedTuple):
    """The day of closing in the organisation's time zone, and the documents by reference."""

    day: date
    documents: Mapping[str, Document]


def _respondent(
    participant: Participant, answers: Iterable[Row], cited: Mapping[str, tuple[str, ...]], dates: Dates
) -> Respondent:
    """One person's numbers; `cited` are the references of the documents by question key."""
    values: dict[str, Value] = {}
    chosen: dict[str, int] = dict.fromkeys(cited, 0)
    for key, level, other, grade in answers:
        value = OTHERS.get(other) if level is None else level
        if value is not None:
            values[key] = value
        if grade is not None:
            chosen[key] = grade
    evidence = {key: _evidence(grade, cited.get(key, ()), dates) for key, grade in chosen.items()}
    return Respondent(id=participant.pseudonym, role=participant.function, answers=values, evidence=evidence)


def _evidence(chosen: int, cited: tuple[str, ...], dates: Dates) -> Evidence:
    return Evidence(grade_on(chosen, [dates.documents[each] for each in cited], dates.day), documents=cited)


def _cited_in(submissions: Sequence[Submission], day: date) -> tuple[dict[object, dict[str, tuple[str, ...]]], Dates]:
    """(references by submission and question key, the documents). One query."""
    cited: dict[object, dict[str, tuple[str, ...]]] = {}
    documents: dict[str, Document] = {}
    rows = Citation.objects.filter(submission__in=submissions).select_related("evidence", "question")
    for row in rows.order_by("evidence__reference"):
        reference, keys = row.evidence.reference, cited.setdefault(row.submission_id, {})
        keys[row.question.key] = (*keys.get(row.question.key, ()), reference)
        documents[reference] = Document(row.evidence.as_of, row.evidence.valid_until)
    return cited, Dates(day, documents)


def answers_of(assessment: Assessment, submissions: Iterable[Submission]) -> Answers:
    """The numeric answers of these submissions under pseudonyms, sorted by pseudonym; no texts. Four queries.

    Documents that have expired by today, in the organisation's time zone, no longer support an answer.
    """
    given = list(submissions)
    people = Participant.objects.filter(submission__in=given).select_related("submission").order_by("pseudonym")
    rows: dict[str, list[Row]] = {person.pseudonym: [] for person in people}
    # Hundreds of thousands of rows: a pseudonym is read in half of the time of an id
    columns = ("submission__participant__pseudonym", "question__key", "level", "other", "evidence_grade")
    for pseudonym, *row in Answer.objects.filter(submission__in=given).values_list(*columns):
        rows[pseudonym].append(tuple(row))
    cited, dates = _cited_in(given, assessment.organisation.today)
    return Answers(
        id=str(assessment.pk),
        respondents=tuple(
            _respondent(person, rows[person.pseudonym], cited.get(person.submission.pk, {}), dates) for person in people
        ),
        invited=assessment.participants.count(),
        targets={key: entry["target"] for key, entry in assessment.targets.items()},
        day=dates.day if dates.documents else None,
        documents=dates.documents,
    )
