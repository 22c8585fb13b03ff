"""What waits in the database: background tasks, e-mails and exports, for monitoring."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.models import Export, OutgoingEmail


@dataclass(frozen=True)
class Queue:
    """`oldest` is how many seconds its first entry has been due, 0 if it is empty."""

    name: str
    length: int
    oldest: float


def queues() -> Iterator[Queue]:
    """Yield each queue, with one query each."""
    yield _queue("tasks", DBTaskResult.objects.ready(), "enqueued_at")
    yield _queue("emails", OutgoingEmail.objects.due(), "next_attempt_at")
    yield _queue("exports", Export.objects.unfinished(), "created_at")


def _queue(name: str, rows: QuerySet, since: str) -> Queue:  # type: ignore[type-arg]  # of any model
    found = rows.order_by().aggregate(length=Count("pk"), first=Min(since))
    first: datetime.datetime | None = found["first"]
    return Queue(name, found["length"], max((timezone.now() - first).total_seconds(), 0) if first else 0)


def undelivered_emails() -> int:
    """The number of e-mails that were given up, as long as their rows are kept (`KEEP_EMAILS_DAYS`)."""
    return OutgoingEmail.objects.filter(state=OutgoingEmail.State.DEAD).count()
