"""Recording a participant's answers in an interview, and having them confirmed."""

import datetime

from django.db import transaction
from django.utils import timezone

from assessments import audit, emails
from assessments.models import Confirmation, Invitation, Participant, Submission, User

from . import links
from .assessments import WrongStateError

EMAILS_PER_DAY = 3


class HasBegunError(Exception):
    """The participant answers in person, or someone else records the interview; nothing was changed."""


@transaction.atomic
def begin(*, participant: Participant, by: User) -> Submission:
    """The submission that `by` records for a participant, new or already started by the same person.

    Raises HasBegunError if the participant has started alone, because no one else may see those answers, and
    WrongStateError if the assessment is not open for several people or the participant is `by`.
    """
    locked = Participant.objects.select_for_update(of=("self",)).select_related("assessment")
    current = locked.get(pk=participant.pk)
    if not current.assessment.takes_invitations or current.user_id == by.pk:
        raise WrongStateError
    submission, created = Submission.objects.get_or_create(
        participant=current, defaults={"mode": Submission.Mode.INTERVIEW, "recorded_by": by}
    )
    if created:
        audit.record(by=by, verb=audit.Verb.INTERVIEW_STARTED, what=submission)
    elif not submission.is_interview or submission.recorded_by_id != by.pk:
        raise HasBegunError
    return submission


@transaction.atomic
def ask(*, submission: Submission, by: User, base_url: str) -> str | None:
    """Send a link to confirm the recorded answers, replacing earlier ones; returns the address, None if unknown.

    Raises WrongStateError unless it is submitted and unconfirmed, TooOftenError.
    """
    current = Submission.objects.locked(submission.pk)
    if not current.is_interview or not current.is_submitted or current.confirmed_at is not None:
        raise WrongStateError
    email = _address_of(current.participant)
    if email is None:
        return None
    day_ago = timezone.now() - datetime.timedelta(days=1)
    if current.confirmations.filter(created_at__gt=day_ago).count() >= EMAILS_PER_DAY:
        raise links.TooOftenError
    Confirmation.objects.pending().filter(submission=current).update(revoked_at=timezone.now())
    confirmation = Confirmation.objects.create(submission=current, email=email, invited_by=by)
    emails.queue(kind="confirmation", about=confirmation, base_url=base_url)
    audit.record(by=by, verb=audit.Verb.CONFIRMATION_ASKED, what=current)
    return email


def _address_of(participant: Participant) -> str | None:
    if participant.user is not None:
        return participant.user.email
    last = Invitation.objects.filter(participant=participant, revoked_at=None).newest_first().first()
    return None if last is None else last.email


@transaction.atomic
def confirm(*, token: str) -> None:
    """Confirm that the recorded answers are correct. Raises DeadLinkError."""
    confirmation = links.locked(Confirmation.objects.all(), token)
    submission = Submission.objects.locked(confirmation.submission_id)
    if not submission.is_submitted:
        raise links.DeadLinkError
    confirmation.used_at = submission.confirmed_at = timezone.now()
    confirmation.save()
    submission.save()
    audit.record(by=None, verb=audit.Verb.CONFIRMED, what=submission)
