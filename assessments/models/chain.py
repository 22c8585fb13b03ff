"""The audit log as a chain: each row holds a hash over itself and the hash of the row before.

Rows are linked right after their transaction has committed, in a short one of their own: whoever changes something never
waits for someone else's change, no two locks can cross, and what is rolled back leaves no gap.
"""

import hashlib
import json
from datetime import UTC

from django.db import connection, transaction

from .audit_event import AuditEvent

LOCK = 4_701_985  # PostgreSQL's name for "I append to the chain"; SQLite lets one transaction write at a time
BEFORE_THE_FIRST = ""
BATCH_SIZE = 2000
LINK = "UPDATE assessments_auditevent SET number = %s, hash = %s WHERE id = %s"


def hash_of(event: AuditEvent, number: int, before: str) -> str:
    """SHA-256 over a JSON array without blanks: number, id, moment, actor, verb, kind, object, hash of the row before."""
    moment = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    actor = None if event.actor is None else str(event.actor)
    row = [number, event.pk, moment, actor, event.verb, event.object_type, event.object_id, before]
    return hashlib.sha256(json.dumps(row, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def extend() -> None:
    """Link every committed row that has no number yet, in the order of ids."""
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
    """Number and hash of the last linked row."""
    last = AuditEvent.objects.exclude(number=None).order_by("-number").values_list("number", "hash").first()
    return (0, BEFORE_THE_FIRST) if last is None or last[0] is None else (last[0], last[1])
