"""Creating and revoking API tokens."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assessments import audit
from assessments.models import ApiToken, User

from . import calendars

SCOPES = ("portfolio", "results", "exports")
MAX_TOKENS = 20  # active tokens per person
DOUBLE_CLICK = datetime.timedelta(seconds=10)  # a repeated request within this time is a double click
PRECISION = datetime.timedelta(minutes=1)  # of `last_used_at`: a hundred requests write once


class TooManyTokensError(Exception):
    """The user has the maximum number of tokens; nothing was changed."""


@transaction.atomic
def make(*, name: str, scopes: Collection[str], by: User) -> str:
    """Create a token for `by`, which is shown only once. Raises TooManyTokensError.

    After a double click only the last response is seen, so the first token is revoked.
    """
    User.objects.select_for_update().get(pk=by.pk)
    active = ApiToken.objects.active().filter(user=by)
    fields = {"name": name, **{f"reads_{scope}": scope in scopes for scope in SCOPES}}
    for unseen in active.filter(**fields, last_used_at=None, created_at__gt=timezone.now() - DOUBLE_CLICK):
        revoke(token=unseen, by=by)
    if active.count() >= MAX_TOKENS:
        raise TooManyTokensError
    row = ApiToken(user=by, **fields)
    token = row.new_token()
    row.save()
    audit.record(by=by, verb=audit.Verb.TOKEN_MADE, what=row)
    return token


@transaction.atomic
def revoke(*, token: ApiToken, by: User) -> None:
    """Disable a token from now on."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        audit.record(by=by, verb=audit.Verb.TOKEN_REVOKED, what=token)


@transaction.atomic
def revoke_all(*, user: User, by: User) -> None:
    """Revoke all tokens, which outlive sessions: after a new password, address or rights they must be recreated.

    The secret address of the calendar, too.
    """
    calendars.withdraw(user=user, by=by)
    for token in ApiToken.objects.filter(user=user, revoked_at=None, expires_at__gt=timezone.now()):
        revoke(token=token, by=by)


def note_use(*, token: ApiToken) -> None:
    """Record when the token was last used, for the page of tokens."""
    now = timezone.now()
    old = Q(last_used_at=None) | Q(last_used_at__lt=now - PRECISION)
    if token.last_used_at is None or token.last_used_at < now - PRECISION:
        ApiToken.objects.filter(old, pk=token.pk).update(last_used_at=now)
