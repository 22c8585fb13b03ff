"""Scheduled e-mails: reminders before a due date, and a last call to people who have started. `run_due` sends them.

Each e-mail is recorded by participant, due date and kind in the transaction that queues it, so that later,
concurrent and interrupted runs never send it twice.
"""

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from assessments import audit, emails
from assessments.actions import invitations, links
from assessments.actions.assessments import WrongStateError
from assessments.actions.invitations import HasJoinedError
from assessments.models import Assessment, Notice, Participant, Reminder, Submission
from assessments.models.clock import today

LAST_CALL = 2  # days before the due date: 48 hours before that day begins


def send_due(*, base_url: str, now: datetime.datetime | None = None) -> int:
    """Send everything that is due and was not sent; returns the number of e-mails."""
    open_assessments = Assessment.objects.present().filter(state=Assessment.State.OPEN).exclude(due_on=None)
    assessments = open_assessments.select_related("organisation", "programme_run__programme").order_by("due_on", "pk")
    return sum(_send_for(assessment, now or timezone.now(), base_url) for assessment in assessments)


def _send_for(assessment: Assessment, now: datetime.datetime, base_url: str) -> int:
    today = now.astimezone(assessment.organisation.zone).date()
    days = (assessment.due_on - today).days if assessment.due_on else -1
    if days < 0:
        return 0
    run = getattr(assessment, "programme_run", None)
    is_off = run is not None and run.programme.is_off(today)
    return sum(
        _send(participant, kind, base_url)
        for kind in _kinds(assessment, days)
        if kind == Notice.LAST_CALL or not is_off  # a reminder waits for a working day
        for participant in _waiting(assessment, kind)
    )


def _kinds(assessment: Assessment, days_left: int) -> Iterator[str]:
    """The kinds due with this many days left. Of several missed reminders only the latest is sent, and none that were
    past when the assessment opened."""
    if days_left <= LAST_CALL:
        yield Notice.LAST_CALL
    reached = [days for days in assessment.reminder_days if days_left <= days < _days_open(assessment)]
    if reached:
        yield str(min(reached))


def _days_open(assessment: Assessment) -> int:
    """The days from opening to the due date."""
    if assessment.due_on is None or assessment.opened_at is None:
        return 0
    return (assessment.due_on - assessment.opened_at.astimezone(assessment.organisation.zone).date()).days


def _waiting(assessment: Assessment, kind: str) -> QuerySet[Participant]:
    """People who have not submitted or been sent this e-mail; a last call needs an account and a started submission."""
    notices = Notice.objects.filter(
        participant__assessment=assessment, participant__assessment__due_on=F("due_on"), kind=kind
    )
    waiting = assessment.participants.exclude(submission__state=Submission.State.SUBMITTED)
    waiting = waiting.exclude(pk__in=notices.values("participant"))
    if kind == Notice.LAST_CALL:
        return waiting.filter(submission__isnull=False, user__isnull=False)
    return waiting.exclude(pk__in=Reminder.objects.filter(day=today()).values("participant"))


def _send(participant: Participant, kind: str, base_url: str) -> bool:
    """Send one e-mail; returns False if it was sent concurrently or is not needed."""
    try:
        with transaction.atomic():
            return _noted(participant, kind, base_url)
    except (links.TooOftenError, HasJoinedError, WrongStateError):
        return False


def _noted(participant: Participant, kind: str, base_url: str) -> bool:
    locked = Participant.objects.select_for_update(of=("self",)).select_related("assessment")
    current = locked.filter(pk=participant.pk).first()
    if current is None or not current.assessment.is_open or current.assessment.due_on is None:
        return False
    notice, created = Notice.objects.get_or_create(participant=current, due_on=current.assessment.due_on, kind=kind)
    if not created:
        return False
    if kind != Notice.LAST_CALL:
        return invitations.remind(participant=current, by=None, base_url=base_url)
    Reminder.objects.get_or_create(participant=current, day=today())  # one e-mail per day is enough
    emails.queue(kind="last_call", about=notice, base_url=base_url)
    audit.record(by=None, verb=audit.Verb.REMINDED, what=current)
    return True
