"""Ending sessions."""

from django.db import transaction
from django.db.models import F

from assessments.models import User

from . import audit, tokens


@transaction.atomic
def sign_out_everywhere(*, user: User, by: User) -> None:
    """End every session of a person at its next request, every page left open, and every token."""
    User.objects.filter(pk=user.pk).update(signed_out=F("signed_out") + 1)
    audit.record(by=by, verb="signed out everywhere", what=user)
    tokens.revoke_all(user=user, by=by)
