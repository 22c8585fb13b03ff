"""Saving answers and submitting them."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assessments.models import Answer, Assessment, Question, Submission, User

from . import audit, rounds


class AnsweringClosedError(Exception):
    """The submission is locked or its round is not open; nothing was saved."""


class StaleAnswerError(Exception):
    """Somebody saved this answer in the meantime; `current` is what stands in the database."""

    def __init__(self, current: Answer) -> None:
        super().__init__()
        self.current = current


@dataclass(frozen=True)
class Given:
    """What a person entered for one question. `choice`: "1"-"5", "dont_know", "not_applicable" or ""."""

    choice: str = ""
    reason: str = ""
    comment: str = ""
    evidence_grade: int | None = None
    evidence_text: str = ""
    evidence_link: str = ""

    @property
    def columns(self) -> dict[str, object]:
        """The same as columns of an `Answer`; a reason is kept only where something does not apply."""
        level = int(self.choice) if self.choice.isdigit() else None
        other = "" if level is not None else self.choice
        return {
            "level": level,
            "other": other,
            "reason": self.reason if other == Answer.Other.NOT_APPLICABLE else "",
            "comment": self.comment,
            "evidence_grade": self.evidence_grade,
            "evidence_text": self.evidence_text,
            "evidence_link": self.evidence_link,
        }


def lock(submission: Submission) -> Submission:
    """The submission's row, locked for this transaction, if its answers may still change.

    Raises AnsweringClosedError otherwise.
    """
    locked = Submission.objects.select_for_update(of=("self",)).select_related("participant__assessment")
    current = locked.get(pk=submission.pk)
    if current.is_submitted or not current.participant.assessment.is_open:
        raise AnsweringClosedError
    return current


@transaction.atomic
def save_answer(*, submission: Submission, question: Question, given: Given, revision: int, by: User) -> Answer:
    """Save one answer if nobody changed it since `revision` (0: there was none).

    Saving what already stands changes nothing, whatever the revision. Raises StaleAnswerError, AnsweringClosedError.
    """
    lock(submission)
    answer = Answer.objects.filter(submission=submission, question=question).first()
    columns = given.columns
    if answer is None:
        if columns == Given().columns:
            return Answer(submission=submission, question=question, revision=0)
        return Answer.objects.create(submission=submission, question=question, answered_by=by, **columns)
    if all(getattr(answer, name) == value for name, value in columns.items()):
        return answer
    if answer.revision != revision:
        raise StaleAnswerError(answer)
    for name, value in columns.items():
        setattr(answer, name, value)
    answer.revision, answer.answered_by, answer.saved_at = revision + 1, by, timezone.now()
    answer.save()
    return answer


@transaction.atomic
def submit(*, submission: Submission, by: User) -> bool:
    """Lock the answers; a round for one person is closed and released at once. False if it was done before.

    Raises AnsweringClosedError when the round is not open.
    """
    current = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    assessment = Assessment.objects.get(participants=current.participant_id)
    if current.is_submitted:
        return False
    if not assessment.is_open:
        raise AnsweringClosedError
    current.state, current.submitted_at = Submission.State.SUBMITTED, timezone.now()
    current.save()
    audit.record(by=by, verb="submitted", what=current)
    if assessment.for_one:
        rounds.close(assessment=assessment, by=by)
        rounds.release(assessment=assessment, by=by)
    return True
