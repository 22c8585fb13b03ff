"""Single-use links sent to one person by e-mail."""

import datetime
import hashlib
import secrets
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from .locking import LockingQuerySet
from .person import User

LINK_LASTS = datetime.timedelta(days=7)


def token_hash_of(token: str) -> str:
    """The stored hash of a token: SHA-256, which does not reveal its 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


class MailedLinkQuerySet[Link: "MailedLink"](LockingQuerySet[Link]):
    def pending(self) -> Self:
        """Neither used nor revoked; may have expired."""
        return self.filter(used_at=None, revoked_at=None)

    def with_token(self, token: str) -> Self:
        """The link with this token, in any state. Looks up the hash by index."""
        return self.filter(token_hash=token_hash_of(token))


class MailedLink(models.Model):
    """A single-use token for one address, generated when the e-mail is sent. The row stores only its hash.

    `LASTS` is None for links that work as long as their assessment is open, which whoever follows one checks.
    """

    LASTS: ClassVar[datetime.timedelta | None] = LINK_LASTS

    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 - absent until sent
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    requested_at = models.DateTimeField(null=True, editable=False)  # when the recipient last requested a new one

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_pending(self) -> bool:
        return self.used_at is None and self.revoked_at is None

    @property
    def has_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def is_usable(self) -> bool:
        """Whether the token can still be used."""
        return self.is_pending and self.token_hash is not None and not self.has_expired

    def new_token(self, token: str = "") -> str:
        """Set a token, a random one by default, valid for `LASTS`. The caller saves the row and sends the token."""
        token = token or secrets.token_urlsafe(32)
        self.token_hash = token_hash_of(token)
        self.expires_at = None if self.LASTS is None else timezone.now() + self.LASTS
        return token

    def belongs_to(self, user: object) -> bool:
        """Whether `user` is signed in with the address the link was sent to."""
        return isinstance(user, User) and user.email.lower() == self.email.lower()
