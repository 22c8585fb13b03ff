"""Recording what a workshop agreed on. What people answered is never touched."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from assessments import audit
from assessments.models import AgreedAnswer, Asking, Assessment, Question, User, Workshop
from assessments.scoring.voters import MIN_VOTES

from .assessments import WrongStateError


@dataclass(frozen=True)
class Consensus:
    """A level 1-5, why it fits, and what those say who do not agree."""

    level: int
    reason: str
    dissent: str = ""


class AgreedElsewhereError(Exception):
    """Someone else has recorded an agreed answer meanwhile: `current`. Nothing was changed."""

    def __init__(self, current: AgreedAnswer | None) -> None:
        super().__init__(current)
        self.current = current


@transaction.atomic
def agree(*, assessment: Assessment, question: Question, agreement: Consensus, revision: int, by: User) -> AgreedAnswer:
    """Record the agreed answer; `revision` is that of the one that anyone who records has seen, 0 for none.

    What was there before is kept. Raises WrongStateError where `may_agree` does not hold, and AgreedElsewhereError
    where another revision stands. The same words twice change nothing.
    """
    if not may_agree(assessment, question):
        raise WrongStateError
    Workshop.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    current = AgreedAnswer.objects.filter(assessment=assessment, question=question).first()
    if current is not None and _of(current) == agreement:
        return current
    if revision != (0 if current is None else current.revision):
        raise AgreedElsewhereError(current)
    agreed = current or AgreedAnswer(assessment=assessment, question=question, revision=0)
    if current is not None:
        agreed.earlier = [*agreed.earlier, _kept(current)]
    agreed.level, agreed.reason, agreed.dissent = agreement.level, agreement.reason, agreement.dissent
    agreed.revision, agreed.agreed_by, agreed.agreed_at = agreed.revision + 1, by, timezone.now()
    agreed.save()
    _show_again(assessment)
    audit.record(by=by, verb=audit.Verb.AGREED_ANSWER_RECORDED, what=agreed)
    return agreed


@transaction.atomic
def withdraw(*, agreed: AgreedAnswer, by: User) -> None:
    """Take an agreed answer back, with what stood before it; the individual answers count again alone."""
    list(Workshop.objects.select_for_update(of=("self",)).filter(pk=agreed.assessment_id))  # after whoever records one
    if AgreedAnswer.objects.filter(pk=agreed.pk).delete()[0]:
        audit.record(by=by, verb=audit.Verb.AGREED_ANSWER_WITHDRAWN, what=agreed)
        _show_again(agreed.assessment)


def may_agree(assessment: Assessment, question: Question) -> bool:
    """Whether the room has seen its votes on this question, or is too small to be shown any. Two queries at most."""
    revealed = Asking.objects.filter(workshop=assessment.pk, question=question).exclude(revealed_at=None)
    return revealed.exists() or _too_small(assessment)


def _too_small(assessment: Assessment) -> bool:
    """Whether fewer can vote than it takes to show votes."""
    room = Assessment.objects.filter(pk=assessment.pk, workshop__isnull=False)
    return room.annotate(voters=Count("participants__user")).filter(voters__lt=MIN_VOTES).exists()


def _show_again(assessment: Assessment) -> None:
    Workshop.objects.filter(pk=assessment.pk).update(turn=F("turn") + 1)


def _of(agreed: AgreedAnswer) -> Consensus:
    return Consensus(agreed.level, agreed.reason, agreed.dissent)


def _kept(agreed: AgreedAnswer) -> dict[str, object]:
    return {
        "level": agreed.level,
        "reason": agreed.reason,
        "dissent": agreed.dissent,
        "revision": agreed.revision,
        "agreed_at": agreed.agreed_at.isoformat(),
    }
