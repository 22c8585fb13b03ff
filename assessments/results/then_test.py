"""Ratings of last time as people see it today: who may give which, and their mean shift."""

from collections.abc import Mapping
from typing import TypedDict

from assessments.formats.answers import load_answers
from assessments.models import Assessment, Submission, ThenRating
from assessments.scoring.answers import Respondent
from assessments.scoring.bank import Question
from assessments.scoring.common import means_the_same
from assessments.scoring.then_test import Shift, shift

from .bank import bank_asked, bank_of
from .changes import previous_round


class ThenColumns(TypedDict):
    """The columns of a result that say how people now see last time."""

    then_people: int
    then_shift: float | None
    then_margin: float | None


def questions_of_last_time(submission: Submission) -> dict[str, Question]:
    """The questions that this person answered last time with a level and that mean the same today, by key.

    Empty unless the assessment asks for it and the person has submitted.
    """
    assessment = submission.participant.assessment
    if not (assessment.then_test and assessment.is_open and submission.is_submitted):
        return {}
    own = _earlier(assessment).get(submission.participant.pseudonym)
    return {} if own is None else {
        key: question for key, question in bank_asked(assessment).questions.items()
        if isinstance(own.answers.get(key), int)
    }  # fmt: skip


def ratings_of_last_time(submission: Submission) -> dict[str, int]:
    """How this person has rated last time so far, by question key. One query."""
    return dict(ThenRating.objects.filter(submission=submission).values_list("question__key", "level"))


def _earlier(assessment: Assessment) -> Mapping[str, Respondent]:
    """The recorded answers of last time by person, only to questions that mean the same today."""
    before = previous_round(assessment)
    if before is None:
        return {}
    old, new = bank_of(before.assessment.bank_version), bank_of(assessment.bank_version)
    same = {key for key in new.questions if key in old.questions and means_the_same(key, old, new)}
    people = load_answers(before.answers, old).respondents
    return {
        person.id: Respondent(person.id, answers={key: v for key, v in person.answers.items() if key in same})
        for person in people
    }


def then_columns(assessment: Assessment, counted: Mapping[str, int | None], *, differing: bool) -> ThenColumns:
    """The shift over those who count for every reader; none if a result that was shown differs by a few people."""
    found = None if differing or not assessment.then_test else _shift(assessment, counted)
    if found is None:
        return ThenColumns(then_people=0, then_shift=None, then_margin=None)
    return ThenColumns(then_people=found.people, then_shift=found.mean, then_margin=found.half_width)


def _shift(assessment: Assessment, counted: Mapping[str, int | None]) -> Shift | None:
    ratings: dict[str, dict[str, int]] = {}
    rows = ThenRating.objects.filter(submission__participant__assessment=assessment)
    for person, key, level in rows.values_list("submission__participant__pseudonym", "question__key", "level"):
        if person in counted and counted[person] is None:
            ratings.setdefault(person, {})[key] = level
    return shift(bank_of(assessment.bank_version), _earlier(assessment), ratings)
