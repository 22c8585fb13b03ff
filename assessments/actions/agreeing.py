"""Recording the answers agreed in a workshop. Individual answers never change."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessments import audit
from assessments.models import AgreedAnswer, Asking, Assessment, Question, User, Workshop, with_voters
from assessments.scoring.voters import MIN_VOTES

from .assessments import WrongStateError


@dataclass(frozen=True)
class Consensus:
    """A level 1-5, its reason, and any dissent."""

    level: int
    reason: str
    dissent: str = ""


class AgreedElsewhereError(Exception):
    """Another user has since recorded an agreed answer, `current`. Nothing was changed."""

    def __init__(self, current: AgreedAnswer | None) -> None:
        super().__init__(current)
        self.current = current


@transaction.atomic
def agree(*, assessment: Assessment, question: Question, agreement: Consensus, revision: int, by: User) -> AgreedAnswer:
    """Record the agreed answer; `revision` is the one the user last saw, 0 for none.

    Keeps earlier versions. Raises WrongStateError unless `may_agree`, and AgreedElsewhereError if the stored revision
    differs. Recording the same answer again changes nothing.
    """
    if not may_agree(assessment, question):
        raise WrongStateError
    Workshop.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    current = AgreedAnswer.objects.filter(assessment=assessment, question=question).first()
    if current is not None and Consensus(current.level, current.reason, current.dissent) == agreement:
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
    """Withdraw an agreed answer and its earlier versions, so that only individual answers count."""
    list(Workshop.objects.select_for_update(of=("self",)).filter(pk=agreed.assessment_id))  # waits for `agree`
    if AgreedAnswer.objects.filter(pk=agreed.pk).delete()[0]:
        audit.record(by=by, verb=audit.Verb.AGREED_ANSWER_WITHDRAWN, what=agreed)
        _show_again(agreed.assessment)


def may_agree(assessment: Assessment, question: Question) -> bool:
    """Whether votes on this question were revealed, or the room is too small to reveal any. Two queries at most."""
    revealed = Asking.objects.filter(workshop=assessment.pk, question=question).exclude(revealed_at=None)
    return revealed.exists() or _too_small(assessment)


def _too_small(assessment: Assessment) -> bool:
    """Whether there are fewer voters than are needed to reveal votes."""
    room = with_voters(Assessment.objects.filter(pk=assessment.pk, workshop__isnull=False))
    return room.filter(voters__lt=MIN_VOTES).exists()


def _show_again(assessment: Assessment) -> None:
    Workshop.objects.filter(pk=assessment.pk).update(turn=F("turn") + 1)


def _kept(agreed: AgreedAnswer) -> dict[str, object]:
    return {
        "level": agreed.level,
        "reason": agreed.reason,
        "dissent": agreed.dissent,
        "revision": agreed.revision,
        "agreed_at": agreed.agreed_at.isoformat(),
    }
