"""A consultancy's reusable phrases for commentaries, by pillar and level."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .commentary import COMMENTARY_LIMIT
from .organisation import Consultancy


class SnippetQuerySet(models.QuerySet["Snippet"]):
    def fitting(self, pillar: str, level: int | None) -> Self:
        """Snippets for this pillar ("" for the whole assessment), at this level or at any."""
        return self.filter(Q(level=level) | Q(level=None), pillar=pillar)


class Snippet(models.Model):
    """One text. `pillar` is a key, "" for the whole assessment; `level` is None for any level or no level."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultancy = models.ForeignKey(Consultancy, models.CASCADE, related_name="snippets")
    pillar = models.CharField(_("pillar"), max_length=64, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=COMMENTARY_LIMIT)

    objects = SnippetQuerySet.as_manager()

    class Meta:
        ordering = ("pillar", "level", "title", "pk")
        verbose_name = _("snippet")
        verbose_name_plural = _("snippets")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(level=None) | Q(level__range=(1, 7)), name="snippet_level_1_to_7")
        ]

    def __str__(self) -> str:
        return self.title
