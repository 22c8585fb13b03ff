"""API tokens, with which a program reads what their owner may see."""

import datetime
import secrets
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .link import token_hash_of

TOKEN_LASTS = datetime.timedelta(days=365)
PREFIX = "mat_"  # lets secret scanners recognise leaked tokens


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def active(self) -> Self:
        """Tokens that can be used now."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), user__is_active=True)

    def with_token(self, token: str) -> Self:
        """The row with this token, in any state. Looks up the hash by index."""
        return self.filter(token_hash=token_hash_of(token))


class ApiToken(models.Model):
    """A read-only token with scopes. The token itself is shown once and stored only as a hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=80)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    reads_portfolio = models.BooleanField(_("portfolio"), default=False)
    reads_results = models.BooleanField(_("results"), default=False)
    reads_exports = models.BooleanField(_("exports"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        indexes: ClassVar = [models.Index(fields=("user", "-created_at"), name="tokens_of_a_person")]

    def __str__(self) -> str:
        return str(self.pk)

    def new_token(self) -> str:
        """Set a token and its expiry. The caller saves the row and shows the token."""
        token = PREFIX + secrets.token_urlsafe(32)
        self.token_hash, self.expires_at = token_hash_of(token), timezone.now() + TOKEN_LASTS
        return token
