"""Scenarios: a result recalculated with some questions moved to other levels, stored apart from actual answers."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .assessment import Assessment


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def newest_first(self) -> Self:
        return self.order_by("-created_at", "pk")


class Scenario(models.Model):
    """`levels` maps question keys to levels 1-5; `checksum` identifies the result it is based on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scenarios")
    name = models.CharField(_("name"), max_length=120)
    levels = models.JSONField(_("levels"))
    checksum = models.CharField(max_length=80)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        indexes: ClassVar = [models.Index(fields=("assessment", "-created_at"), name="scenarios_of_a_round")]

    def __str__(self) -> str:
        """The name, which is blank once its author has been erased."""
        return self.name or str(_("Untitled"))
