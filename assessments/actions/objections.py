"""Objections of units to the answers to central questions, and their decision by those who manage the assessment."""

from django.db import transaction

from assessments import audit
from assessments.models import Assessment, Question, Unit, UnitObjection, User

from .assessments import WrongStateError


class DecidedError(Exception):
    """The objection has been decided already; nothing was changed."""


@transaction.atomic
def make(*, assessment: Assessment, unit: Unit, question: Question, reason: str, by: User) -> None:
    """Object for a unit and what is below it, or change the reason of an objection that waits for its decision.

    Raises DecidedError, and WrongStateError for an assessment that asks no units or has not been opened.
    """
    current = Assessment.objects.locked(assessment.pk)
    if current.is_draft or not current.unit_kind:
        raise WrongStateError
    made = UnitObjection.objects.filter(assessment=current, unit=unit, question=question).first()
    if made is None:
        made = UnitObjection(assessment=current, unit=unit, question=question)
    elif made.state != UnitObjection.State.OPEN:
        raise DecidedError
    made.reason, made.made_by = reason, by
    made.save()
    audit.record(by=by, verb=audit.Verb.OBJECTED, what=made)


@transaction.atomic
def decide(*, objection: UnitObjection, accept: bool, by: User) -> None:
    """Accept or decline an objection. It can be decided otherwise later; the same again changes nothing."""
    row = UnitObjection.objects.select_for_update().get(pk=objection.pk)
    state = UnitObjection.State.ACCEPTED if accept else UnitObjection.State.DECLINED
    if row.state != state:
        row.state = state
        row.save(update_fields=["state"])
        verb = audit.Verb.OBJECTION_ACCEPTED if accept else audit.Verb.OBJECTION_DECLINED
        audit.record(by=by, verb=verb, what=row)
