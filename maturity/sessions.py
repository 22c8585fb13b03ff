"""Sessions in the database that know when they end."""

import datetime

from django.contrib.sessions.backends.db import SessionStore as DatabaseSession
from django.contrib.sessions.models import Session


class SessionStore(DatabaseSession):
    """Remembers the end of the session as it was read, so that a page can say it without another query."""

    ends: datetime.datetime | None = None

    def _get_session_from_db(self) -> Session | None:
        found: Session | None = super()._get_session_from_db()  # type: ignore[misc]  # the stubs leave it out
        self.ends = found.expire_date if found else None
        return found
