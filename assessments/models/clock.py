"""Time zones, and the date for rules that hold for everyone alike, in whatever time zone a reader sees times."""

import datetime
import zoneinfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def today() -> datetime.date:
    """The current date in UTC. What is due for an organisation goes by `Organisation.today` instead."""
    return timezone.localdate(timezone=datetime.UTC)


def validate_time_zone(name: str) -> None:
    """Raise ValidationError unless the time zone database knows `name`."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("Choose a time zone such as Europe/Berlin."))
