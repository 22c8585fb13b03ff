"""The audit log as a hash chain: each row's hash covers the row and the hash of the previous row.

Rows are linked just after their transaction commits, in a short transaction of their own: writers never wait for each
other, locks cannot deadlock, and a rollback leaves no gap.
"""

import hashlib
import json
from datetime import UTC

from django.db import connection, transaction

from .audit_event import AuditEvent

LOCK = 4_701_985  # PostgreSQL advisory lock for appending to the chain; SQLite allows one writer at a time
BEFORE_THE_FIRST = ""
BATCH_SIZE = 2000
LINK = "UPDATE assessments_auditevent SET number = %s, hash = %s WHERE id = %s"


def hash_of(event: AuditEvent, number: int, before: str) -> str:
    """SHA-256 of a JSON array without spaces: number, id, time, actor, verb, type, object, hash of the previous row."""
    moment = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    actor = None if event.actor is None else str(event.actor)
    row = [number, event.pk, moment, actor, event.verb, event.object_type, event.object_id, before]
    return hashlib.sha256(json.dumps(row, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def extend() -> None:
    """Link every committed row that has no number yet, in id order."""
    while AuditEvent.objects.filter(number=None).exists():
        _link_some()


@transaction.atomic
def _link_some() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        number, before = head()
        links = []
        for event in AuditEvent.objects.filter(number=None).order_by("pk")[:BATCH_SIZE]:
            number, before = number + 1, hash_of(event, number + 1, before)
            links.append((number, before, event.pk))
        cursor.executemany(LINK, links)


def head() -> tuple[int, str]:
    """The number and hash of the last linked row, or (0, "")."""
    last = AuditEvent.objects.exclude(number=None).order_by("-number").values_list("number", "hash").first()
    return (0, BEFORE_THE_FIRST) if last is None or last[0] is None else (last[0], last[1])
