"""Ending sessions."""

from django.db import transaction
from django.db.models import F

from assessments import audit
from assessments.models import Session, User

from . import tokens


@transaction.atomic
def sign_out_everywhere(*, user: User, by: User) -> None:
    """End every session of a user at its next request, and invalidate every open page and API token."""
    User.objects.filter(pk=user.pk).update(signed_out=F("signed_out") + 1)
    audit.record(by=by, verb=audit.Verb.SIGNED_OUT_EVERYWHERE, what=user)
    tokens.revoke_all(user=user, by=by)


@transaction.atomic
def end(*, session: Session, by: User) -> None:
    """End one session of `by` at its next request."""
    Session.objects.filter(pk=session.pk).delete()
    audit.record(by=by, verb=audit.Verb.SESSION_ENDED, what=by)


@transaction.atomic
def end_others(*, keep: str, by: User) -> None:
    """End every session of `by` except the one with this key."""
    Session.objects.filter(user=by).exclude(pk=keep).delete()
    audit.record(by=by, verb=audit.Verb.OTHER_SESSIONS_ENDED, what=by)
