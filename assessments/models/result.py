"""What a round came to, frozen when it closed."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .assessment import Assessment


class ResultQuerySet(models.QuerySet["Result"]):
    """Results in the words of the house."""

    def current(self) -> Self:
        """The newest revision of each round; older ones are superseded."""
        newest = Result.objects.filter(assessment=models.OuterRef("assessment")).order_by("-revision")
        return self.filter(pk=models.Subquery(newest.values("pk")[:1]))

    def without_texts(self) -> Self:
        """For lists: the columns, and not the hundreds of kilobytes that they sum up."""
        return self.defer("result", "answers")


class Result(models.Model):
    """The result as JSON text, the pseudonymised answers it came from, and the engine that made it.

    `change` is that of the index since `compared_with`, like for like; `change_is_real` is None where nobody can say.
    Without an earlier round, and without figures in common, they are absent.
    """

    class Comparability(models.TextChoices):
        COMPARABLE = "comparable", _("Comparable")
        INDICATIVE = "indicative", _("Indicative")
        NONE = "none", _("Not comparable")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="results")
    revision = models.PositiveSmallIntegerField()
    result = models.TextField()
    answers = models.TextField()
    engine = models.CharField(max_length=20)
    checksum = models.CharField(max_length=80)
    frozen_at = models.DateTimeField(default=timezone.now)
    index = models.FloatField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    compared_with = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    comparability = models.CharField(max_length=10, choices=Comparability, null=True)  # noqa: DJ001 - no earlier round
    change = models.FloatField(null=True)
    change_is_real = models.BooleanField(null=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("assessment", "revision"), name="one_result_a_revision"),
            models.CheckConstraint(
                condition=Q(comparability=None) | Q(comparability__in=("comparable", "indicative", "none")),
                name="comparability_known",
            ),
            models.CheckConstraint(
                condition=Q(change_is_real=None) | Q(change__isnull=False), name="a_verdict_has_its_change"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} r{self.revision}"


class PillarResult(models.Model):
    """One small row a pillar, for lists: score on 1-5, level 1-5."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="pillars")
    order = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=64)
    status = models.CharField(max_length=14)
    score = models.FloatField(null=True)
    level = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ("order",)
        constraints: ClassVar = [models.UniqueConstraint(fields=("result", "key"), name="one_row_a_pillar")]

    def __str__(self) -> str:
        return self.key
