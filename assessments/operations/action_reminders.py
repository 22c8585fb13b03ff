"""Reminders about actions of a roadmap: a week before the due date, and once it has passed. `run_due` queues them.

Each is recorded by action, due date and kind in the transaction that queues it, so that none is sent twice.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from assessments import audit, emails
from assessments.models import ActionNotice, RoadmapAction

SOON = datetime.timedelta(days=7)
LATE_FOR = datetime.timedelta(days=30)  # an action that was late before it had an owner is not brought up again
A_DAY = datetime.timedelta(days=1)


def send_due(*, base_url: str, now: datetime.datetime | None = None) -> int:
    """Queue every reminder that is due and was not sent; returns how many."""
    moment = now or timezone.now()
    today = moment.date()
    near = RoadmapAction.objects.open().with_owner().filter(due_on__range=(today - LATE_FOR, today + SOON + A_DAY))
    rows = near.filter(assessment__organisation__deleted_at=None).select_related("assessment__organisation")
    return sum(_send(action, moment, base_url) for action in rows.order_by("due_on", "pk"))


def _send(action: RoadmapAction, now: datetime.datetime, base_url: str) -> bool:
    today = now.astimezone(action.assessment.organisation.zone).date()
    if action.due_on is None or action.due_on - today > SOON:
        return False
    kind = ActionNotice.Kind.LATE if action.due_on < today else ActionNotice.Kind.SOON
    with transaction.atomic():
        notice, created = ActionNotice.objects.get_or_create(action=action, due_on=action.due_on, kind=kind)
        if created:
            emails.queue(kind="action_due", about=notice, base_url=base_url)
            audit.record(by=None, verb=audit.Verb.REMINDED, what=action)
    return created
