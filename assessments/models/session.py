"""Browser sessions: their user, and what is shown to that user. IP addresses are not stored."""

import datetime
import hmac
from importlib import import_module
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from .person import User


class SessionQuerySet(models.QuerySet["Session"]):
    def running(self) -> Self:
        """Exclude expired sessions."""
        return self.filter(expire_date__gt=timezone.now())


SessionManager = BaseSessionManager.from_queryset(SessionQuerySet)


class Session(AbstractBaseSession):
    """Django's session row, with columns that the store copies from its content (`maturity/accounts/sessions.py`)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="sessions",
        db_constraint=False,  # the store takes an integrity error for a duplicate key and would retry for ever
    )
    browser = models.CharField(max_length=30, blank=True)
    system = models.CharField(max_length=30, blank=True)
    began_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(default=timezone.now)  # accurate to five minutes

    objects: ClassVar = SessionManager()

    @classmethod
    def get_session_store_class(cls) -> Any:
        return import_module(settings.SESSION_ENGINE).SessionStore

    @property
    def handle(self) -> str:
        """A name for the session on its user's page. Unlike its key, it gives no access."""
        return salted_hmac("a session in a list", self.session_key, algorithm="sha256").hexdigest()[:32]

    def is_open_to(self, user: User) -> bool:
        """Whether it still signs `user` in: not after a new password or signing out everywhere."""
        carried = str(self.get_decoded().get(HASH_SESSION_KEY, ""))
        fitting = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
        return any(hmac.compare_digest(carried, each) for each in fitting)

    @property
    def device(self) -> str:
        """For example `Firefox on Windows`, as far as the browser identifies itself."""
        words = {"browser": self.browser or _("A browser"), "system": self.system}
        return _("%(browser)s on %(system)s") % words if self.system else words["browser"]

    @property
    def began_hours_ago(self) -> int:
        return _hours_since(self.began_at)

    @property
    def used_hours_ago(self) -> int:
        return _hours_since(self.last_used_at)


def _hours_since(moment: datetime.datetime | None) -> int:
    return 0 if moment is None else int((timezone.now() - moment).total_seconds() // 3600)
