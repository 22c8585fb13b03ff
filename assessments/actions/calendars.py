"""Creating, replacing and withdrawing the secret address of a person's calendar."""

import datetime

from django.db import transaction
from django.utils import timezone

from assessments import audit
from assessments.models import CalendarFeed, User

PRECISION = datetime.timedelta(hours=1)  # of `last_used_at`


@transaction.atomic
def make(*, by: User) -> str:
    """Create the secret of `by`, shown only once; an earlier address stops working."""
    User.objects.select_for_update().get(pk=by.pk)
    row = CalendarFeed.objects.filter(user=by).first() or CalendarFeed(user=by)
    token = row.new_token()
    row.save()
    audit.record(by=by, verb=audit.Verb.FEED_MADE, what=row)
    return token


@transaction.atomic
def withdraw(*, user: User, by: User) -> None:
    """Disable the address from now on."""
    row = CalendarFeed.objects.filter(user=user).first()
    if row is not None:
        audit.record(by=by, verb=audit.Verb.FEED_WITHDRAWN, what=row)
        row.delete()


def note_use(*, feed: CalendarFeed) -> None:
    """Record when the calendar was last read."""
    now = timezone.now()
    if feed.last_used_at is None or feed.last_used_at < now - PRECISION:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_used_at=now)
