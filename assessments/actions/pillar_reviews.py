"""The review before an assessment closes: what was checked pillar by pillar, and evidence that somebody else checked."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from assessments import audit
from assessments.models import Answer, Assessment, Citation, EvidenceCheck, Pillar, PillarReview, Submission, User

from .assessments import WrongStateError
from .evidence_checks import take_back


def _open(assessment: Assessment) -> Assessment:
    current = Assessment.objects.locked(assessment.pk)
    if not current.is_open:
        raise WrongStateError
    return current


@transaction.atomic
def set_reviewed(*, assessment: Assessment, is_reviewed: bool, by: User) -> None:
    """Turn the review on or off; what was reviewed stays. Raises WrongStateError unless the assessment is open."""
    current = _open(assessment)
    if current.is_reviewed != is_reviewed:
        Assessment.objects.filter(pk=current.pk).update(is_reviewed=is_reviewed)
        audit.record(by=by, verb=audit.Verb.CHANGED, what=current)


@transaction.atomic
def review(*, assessment: Assessment, pillar: Pillar, state: str, note: str, by: User) -> None:
    """Mark a pillar; "" takes the mark back. Raises WrongStateError unless the assessment is open."""
    current = _open(assessment)
    rows = PillarReview.objects.filter(assessment=current, pillar=pillar)
    if not state:
        rows.delete()
        return
    columns = {"state": state, "note": note, "reviewed_by": by, "reviewed_at": timezone.now()}
    row, _created = PillarReview.objects.update_or_create(assessment=current, pillar=pillar, defaults=columns)
    audit.record(by=by, verb=audit.Verb.PILLAR_REVIEWED, what=row)


def evidence_to_check(assessment: Assessment, pillar: Pillar) -> QuerySet[Answer]:
    """The submitted answers of a named assessment with evidence, in the order of questions and names.

    None in a confidential one: who checks would read whose evidence came in when.
    """
    if not assessment.is_named:
        return Answer.objects.none()
    rows = Answer.objects.filter(submission__participant__assessment=assessment, question__pillar=pillar)
    rows = rows.filter(submission__in=Submission.objects.submitted(), level__isnull=False)
    cited = Citation.objects.filter(submission=OuterRef("submission"), question=OuterRef("question"))
    rows = rows.filter(~Q(evidence_text="") | ~Q(evidence_link="") | Exists(cited.filter(evidence__in_register=True)))
    rows = rows.select_related("question", "submission__participant__user", "check_of_evidence__checked_by")
    return rows.order_by("question__order", "submission__participant__name", "pk")


def files_cited(assessment: Assessment, pillar: Pillar) -> Mapping[tuple[UUID, int], Sequence[str]]:
    """The titles of the register's files that answers cite, by the ids of submission and question. One query."""
    rows = Citation.objects.filter(submission__participant__assessment=assessment, question__pillar=pillar)
    rows = rows.filter(evidence__in_register=True).select_related("evidence").order_by("evidence__title", "pk")
    found: dict[tuple[UUID, int], list[str]] = {}
    for row in rows:
        found.setdefault((row.submission_id, row.question_id), []).append(row.evidence.title)
    return found


@transaction.atomic
def check_evidence(*, assessment: Assessment, pillar: Pillar, checked: Collection[int], by: User) -> None:
    """Give the answers with these ids grade 3, with name and date, and the others of the pillar the grade they had.

    Nobody checks their own evidence. Raises WrongStateError unless the assessment is open.
    """
    current = _open(assessment)
    for answer in evidence_to_check(current, pillar).exclude(submission__participant__user=by):
        is_checked = answer.evidence_grade == Answer.Grade.CHECKED
        if answer.pk in checked and not is_checked:
            _check(answer, by)
        elif answer.pk not in checked and is_checked and hasattr(answer, "check_of_evidence"):
            take_back(answer)
            audit.record(by=by, verb=audit.Verb.EVIDENCE_UNCHECKED, what=answer)


def _check(answer: Answer, by: User) -> None:
    columns = {"checked_by": by, "checked_at": timezone.now(), "grade_before": answer.evidence_grade or 0}
    EvidenceCheck.objects.update_or_create(answer=answer, defaults=columns)
    Answer.objects.filter(pk=answer.pk).update(evidence_grade=Answer.Grade.CHECKED)
    audit.record(by=by, verb=audit.Verb.EVIDENCE_CHECKED, what=answer)
