"""One line in the audit log for each change of state."""

from django.db.models import Model

from assessments.models import Actor, AuditEvent, User


def record(*, by: User | None, verb: str, what: Model) -> None:
    """Note that somebody (None: the system) did `verb` to `what`; call it inside the action's transaction."""
    actor = None if by is None else Actor.objects.get_or_create(user=by)[0].pk
    AuditEvent.objects.create(actor=actor, verb=verb, object_type=what._meta.model_name or "", object_id=str(what.pk))
