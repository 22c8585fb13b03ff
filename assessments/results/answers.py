"""Submitted answers as rows -> answers for scoring: numbers under pseudonyms, no texts."""

from collections.abc import Iterable

from assessments.models import Answer, Assessment, Participant, Submission
from assessments.scoring.answers import DONT_KNOW, NOT_APPLICABLE, Answers, Evidence, Respondent, Value


def _value(answer: Answer) -> Value | None:
    if answer.level is not None:
        return answer.level
    if answer.other == Answer.Other.DONT_KNOW:
        return DONT_KNOW
    return NOT_APPLICABLE if answer.other == Answer.Other.NOT_APPLICABLE else None


def _respondent(participant: Participant, answers: Iterable[Answer]) -> Respondent:
    values: dict[str, Value] = {}
    evidence: dict[str, Evidence] = {}
    for answer in answers:
        value = _value(answer)
        if value is not None:
            values[answer.question.key] = value
        if answer.evidence_grade is not None:
            evidence[answer.question.key] = Evidence(grade=answer.evidence_grade)
    return Respondent(id=participant.pseudonym, role=participant.function, answers=values, evidence=evidence)


def answers_of(assessment: Assessment, submissions: Iterable[Submission]) -> Answers:
    """The numeric answers of these submissions under pseudonyms, sorted by pseudonym; no texts. Three queries."""
    rows: dict[object, list[Answer]] = {submission.pk: [] for submission in submissions}
    for answer in Answer.objects.filter(submission__in=list(rows)).select_related("question"):
        rows[answer.submission_id].append(answer)
    people = Participant.objects.filter(submission__in=list(rows)).select_related("submission").order_by("pseudonym")
    return Answers(
        id=str(assessment.pk),
        respondents=tuple(_respondent(person, rows[person.submission.pk]) for person in people),
        invited=assessment.participants.count(),
        targets={key: entry["target"] for key, entry in assessment.targets.items()},
    )
