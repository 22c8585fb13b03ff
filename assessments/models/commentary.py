"""What a consultant, or a lead, has to say about an assessment's result: next to the figures and never one of them."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .assessment import Assessment
from .organisation import Consultancy

COMMENTARY_LIMIT = 10_000  # characters a text


class CommentaryQuerySet(models.QuerySet["Commentary"]):
    """Query set of commentaries."""

    def written(self) -> Self:
        """Those that say something. An emptied one stays as a row, so that an older page cannot overwrite it."""
        return self.exclude(text="")


class Commentary(models.Model):
    """One text about one pillar (by its key), or about the whole assessment (`pillar` is blank).

    `checksum` is that of the result which it was written for. `consultancy` is whose words these are; none: a lead's.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="commentaries")
    pillar = models.CharField(max_length=64, blank=True)
    text = models.TextField(_("commentary"), max_length=COMMENTARY_LIMIT, blank=True)
    checksum = models.CharField(max_length=80)
    consultancy = models.ForeignKey(Consultancy, models.SET_NULL, null=True, related_name="+")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CommentaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("commentary")
        verbose_name_plural = _("commentaries")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("assessment", "pillar"), name="one_commentary_a_pillar"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="commentary_revisions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.pillar}"
