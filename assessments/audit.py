"""One line in the audit log for each change of state."""

import logging

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from assessments.models import Actor, AuditEvent, User, chain

logger = logging.getLogger(__name__)
Verb = AuditEvent.Verb
TWO_DAYS = 2 * 24 * 60 * 60  # seconds


def record(*, by: User | None, verb: AuditEvent.Verb, what: Model, form: str = "") -> None:
    """Note that someone (None: the system) did `verb` to `what`, downloaded as `form`; call it inside the action's transaction."""
    actor = None if by is None else Actor.objects.get_or_create(user=by)[0].pk
    AuditEvent.objects.create(
        actor=actor,
        verb=f"{verb} {form}".rstrip(),
        object_type=what._meta.model_name or "",
        object_id=str(what.pk),
    )
    transaction.on_commit(link, robust=True)  # what could not be linked now is by the next one, or by `run_due`


def link() -> None:
    """Link what is not in the chain yet."""
    chain.extend()


def note_head() -> None:
    """Once a day a line of the log says how long the chain is, and its last hash: what is kept elsewhere cannot be rewritten."""
    if cache.add(f"audit-head-{timezone.localdate()}", value=True, timeout=TWO_DAYS):
        rows, head = chain.head()
        logger.info(
            "The audit log has %d rows and the head %s", rows, head, extra={"audit_rows": rows, "audit_head": head}
        )
