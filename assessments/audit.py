"""Records one event in the audit log for each action."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model

from assessments.models import Actor, AuditEvent, Programme, User, chain
from assessments.models.clock import today

logger = logging.getLogger(__name__)
Verb = AuditEvent.Verb
TWO_DAYS = 2 * 24 * 60 * 60  # seconds

_cause: ContextVar[UUID | None] = ContextVar("cause", default=None)


@contextmanager
def caused_by(programme: Programme) -> Iterator[None]:
    """Record the programme as the actor, whatever `by` says: nobody acted, though e-mails go out in a person's name."""
    token = _cause.set(programme.pk)
    try:
        yield
    finally:
        _cause.reset(token)


def record(*, by: User | None, verb: AuditEvent.Verb, what: Model, form: str = "") -> None:
    """Record who (None: the system) did what to which object; a download has its `form`. Call it in the transaction."""
    actor = _cause.get()
    if actor is None and by is not None:
        actor = Actor.objects.get_or_create(user=by)[0].pk
    AuditEvent.objects.create(
        actor=actor,
        verb=f"{verb} {form}".rstrip(),
        object_type=what._meta.model_name or "",
        object_id=str(what.pk),
    )
    transaction.on_commit(link, robust=True)  # a row not linked now is linked after the next event, or by `run_due`


def link() -> None:
    """Add new rows to the chain."""
    chain.extend()


def note_head() -> None:
    """Log the length and last hash of the chain once a day, so that copies of the log make rewriting it detectable."""
    if cache.add(f"audit-head-{today()}", value=True, timeout=TWO_DAYS):
        rows, head = chain.head()
        logger.info(
            "The audit log has %d rows and the head %s", rows, head, extra={"audit_rows": rows, "audit_head": head}
        )
