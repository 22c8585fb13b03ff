"""Who did what to which object when: append-only, and silent about people once they are erased."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Actor(models.Model):
    """Resolves an opaque id to a person; deleted with the person, after which the id means no one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="actor")

    def __str__(self) -> str:
        return str(self.pk)


class AuditEvent(models.Model):
    """One change of state. Holds no answer, no text of a person, no address, no token."""

    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    actor = models.UUIDField(_("actor"), null=True)
    verb = models.CharField(_("what"), max_length=40)
    object_type = models.CharField(_("kind of object"), max_length=40)
    object_id = models.CharField(_("object"), max_length=64)
    # Its place in the chain (models/chain.py); none for a moment, until its transaction has committed
    number = models.PositiveBigIntegerField(_("number"), null=True, unique=True, editable=False)
    hash = models.CharField(_("hash"), max_length=64, default="", db_default="", editable=False)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("audit event")
        verbose_name_plural = _("audit log")
        indexes: ClassVar = [
            models.Index(fields=("object_type", "object_id"), name="events_of_an_object"),
            models.Index(fields=("id",), name="events_to_link", condition=models.Q(number=None)),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"
