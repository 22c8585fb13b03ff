"""A link that goes to one person by mail, and proves to be theirs once."""

import datetime
import hashlib
import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from .locking import LockingQuerySet
from .person import User

LINK_LASTS = datetime.timedelta(days=7)


def token_hash_of(token: str) -> str:
    """What the database keeps of a token: SHA-256, from which no one gets back to 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


class MailedLinkQuerySet[Link: "MailedLink"](LockingQuerySet[Link]):
    """Query set of links."""

    def standing(self) -> Self:
        """Neither used nor taken back; they may have expired."""
        return self.filter(used_at=None, revoked_at=None)

    def with_token(self, token: str) -> Self:
        """The one link of this token, whatever its state. The comparison is one of hashes, by index."""
        return self.filter(token_hash=token_hash_of(token))


class MailedLink(models.Model):
    """A single-use token bound to an address. The token itself exists only in the mail; it is made when that is sent."""

    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 - absent until sent
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    requested_at = models.DateTimeField(null=True, editable=False)  # when its holder last asked for a new one

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_standing(self) -> bool:
        return self.used_at is None and self.revoked_at is None

    @property
    def has_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def opens(self) -> bool:
        """Whether the token may still be used."""
        return self.is_standing and self.expires_at is not None and not self.has_expired

    def new_token(self, token: str = "") -> str:
        """Set a token, by default a new one, and start its seven days; the caller saves the row and sends it away."""
        token = token or secrets.token_urlsafe(32)
        self.token_hash, self.expires_at = token_hash_of(token), timezone.now() + LINK_LASTS
        return token

    def belongs_to(self, user: object) -> bool:
        """Whether someone is signed in with the address that the link was sent to."""
        return isinstance(user, User) and user.email.lower() == self.email.lower()
