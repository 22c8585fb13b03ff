"""Database sessions, listed by user and device. They end when idle, and eight hours after sign-in in any case."""

import datetime
import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.db import SessionStore as DatabaseSession
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from assessments.models import Session
from maturity.middleware.headers import GetResponse

from .devices import device_of

DEVICE = "device"  # session key: the browser and operating system used to sign in
BEGAN = "began"  # session key: the time of sign-in, in seconds since 1970
MIN_EXTENSION = datetime.timedelta(minutes=5)  # save a use only if it extends the session by at least this much
POLLED_VIEWS = {"session", "workshop_now", "guest_now", "export"}  # polled by open pages, even if nobody uses them


class SessionStore(DatabaseSession):
    """Stores when the loaded session ends, so that a page can show it without another query."""

    ends: datetime.datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row, including the details shown to its user."""
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]  # our own model
        began = data.get(BEGAN)
        row.user_id = data.get(SESSION_KEY)
        row.browser, row.system = data.get(DEVICE, ("", ""))
        row.began_at = began and datetime.datetime.fromtimestamp(began, datetime.UTC)
        return row

    def _get_session_from_db(self) -> Session | None:
        found: Session | None = super()._get_session_from_db()  # type: ignore[misc]  # missing from the stubs
        self.ends = found.expire_date if found else None
        return found

    @property
    def latest(self) -> datetime.datetime | None:
        """The end of the session however much it is used; None before sign-in."""
        began = self.get(BEGAN)
        return began and datetime.datetime.fromtimestamp(began + settings.SESSION_COOKIE_AGE, datetime.UTC)

    @property
    def is_final(self) -> bool:
        """Whether the session cannot be extended any further."""
        return self.ends is not None and self.latest is not None and self.ends >= self.latest

    def get_expiry_date(self, **kwargs: Any) -> datetime.datetime:
        ends: datetime.datetime = super().get_expiry_date(**kwargs)
        if settings.SESSION_IDLE_MINUTES:
            ends = min(ends, timezone.now() + datetime.timedelta(minutes=settings.SESSION_IDLE_MINUTES))
        return min(ends, self.latest) if self.latest else ends

    def note_use(self) -> None:
        """Extend the session. No query, and at most one update in five minutes."""
        if self.ends is None:
            return
        ends = self.get_expiry_date()
        if ends - self.ends >= MIN_EXTENSION:
            uses = Session.objects.filter(session_key=self.session_key)
            uses.update(expire_date=ends, last_used_at=timezone.now())
            self.ends = ends


@receiver(user_logged_in)
def note_the_beginning(request: HttpRequest, **_rest: Any) -> None:
    request.session[BEGAN] = int(time.time())
    request.session[DEVICE] = device_of(request.META.get("HTTP_USER_AGENT", ""))


class SessionMiddleware:
    """Extends the session with each request by a person, but not by a script."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        match = request.resolver_match
        by_a_script = match is not None and match.url_name in POLLED_VIEWS and request.method != "POST"
        if isinstance(request.session, SessionStore) and not by_a_script:
            request.session.note_use()
