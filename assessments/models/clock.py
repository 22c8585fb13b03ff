"""The date for rules that hold for everyone alike, in whatever time zone a reader sees times."""

import datetime

from django.utils import timezone


def today() -> datetime.date:
    """The current date in UTC. What is due for an organisation goes by `Organisation.today` instead."""
    return timezone.localdate(timezone=datetime.UTC)
