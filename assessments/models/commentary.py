"""Commentary that a consultant or lead writes on a result, shown next to the figures and never part of them."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .assessment import Assessment
from .organisation import Consultancy
from .result import Result

COMMENTARY_LIMIT = 10_000  # characters per text


class CommentaryQuerySet(models.QuerySet["Commentary"]):
    def written(self) -> Self:
        """Exclude empty commentaries. Their rows remain, so that an outdated page cannot overwrite them."""
        return self.exclude(text="")

    def stale(self) -> Self:
        """Those written for another than the current result of their assessment."""
        newest = Result.objects.filter(assessment=models.OuterRef("assessment")).order_by("-revision")
        return self.written().exclude(checksum=models.Subquery(newest.values("checksum")[:1]))


class Commentary(models.Model):
    """One text about a pillar (by key), or about the whole assessment (`pillar` is "").

    `checksum` identifies the result it was written for. `consultancy` is the author's; None if a lead wrote it.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="commentaries")
    pillar = models.CharField(max_length=64, blank=True)
    text = models.TextField(_("commentary"), max_length=COMMENTARY_LIMIT, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)  # of the text; "" if its author did not say
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
