"""The secret address of a person's calendar."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .link import token_hash_of


class CalendarFeed(models.Model):
    """A calendar that programs read without signing in. The secret is shown once and stored only as a hash."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.pk)

    def new_token(self) -> str:
        """Set a secret. The caller saves the row and shows the secret."""
        token = secrets.token_urlsafe(32)
        self.token_hash, self.created_at, self.last_used_at = token_hash_of(token), timezone.now(), None
        return token
