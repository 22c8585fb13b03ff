"""Files that an answer cites."""

from datetime import date

from django.db import transaction

from assessments.models import Citation, Delegation, Evidence, Question, Submission, User

from . import answering
from .evidence_files import Upload, forget, save, stored


def add(
    *, upload: Upload, submission: Submission, question: Question, by: User, delegation: Delegation | None = None
) -> Evidence:
    """Store a file and cite it in an answer.

    Raises AnsweringClosedError, InfectedError, QuotaError, StorageUnavailableError.
    """
    assessment = submission.participant.assessment
    with stored(upload, assessment.organisation, by) as columns, transaction.atomic():
        answering.lock_for(submission, delegation)
        row = save(columns, assessment=assessment)
        Citation.objects.create(evidence=row, submission=submission, question=question)
    return row


@transaction.atomic
def cite(
    *, evidence: Evidence, submission: Submission, question: Question, delegation: Delegation | None = None
) -> None:
    """Cite a piece in an answer, once. Raises AnsweringClosedError."""
    answering.lock_for(submission, delegation)
    Citation.objects.get_or_create(evidence=evidence, submission=submission, question=question)


@transaction.atomic
def change(
    *,
    evidence: Evidence,
    submission: Submission,
    delegation: Delegation | None = None,
    **columns: str | date | bool | None,
) -> None:
    """Change title, dates or offer of a piece that an open answer cites. Raises AnsweringClosedError."""
    answering.lock_for(submission, delegation)
    Evidence.objects.filter(pk=evidence.pk, in_register=False).update(**columns)


@transaction.atomic
def withdraw(
    *, evidence: Evidence, submission: Submission, question: Question, delegation: Delegation | None = None
) -> None:
    """Cite a piece no longer; without a citation or a place in the register it is deleted. Raises AnsweringClosedError."""
    answering.lock_for(submission, delegation)
    Citation.objects.filter(evidence=evidence, submission=submission, question=question).delete()
    forget(Evidence.objects.uncited().filter(pk=evidence.pk))
