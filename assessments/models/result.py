"""What a round came to, frozen when it closed."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from .assessment import Assessment


class ResultQuerySet(models.QuerySet["Result"]):
    """Results in the words of the house."""

    def current(self) -> Self:
        """The newest revision of each round; older ones are superseded."""
        newest = Result.objects.filter(assessment=models.OuterRef("assessment")).order_by("-revision")
        return self.filter(pk=models.Subquery(newest.values("pk")[:1]))


class Result(models.Model):
    """The result as JSON text, the pseudonymised answers it came from, and the engine that made it."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="results")
    revision = models.PositiveSmallIntegerField()
    result = models.TextField()
    answers = models.TextField()
    engine = models.CharField(max_length=20)
    checksum = models.CharField(max_length=80)
    frozen_at = models.DateTimeField(default=timezone.now)
    index = models.FloatField(null=True)
    level = models.PositiveSmallIntegerField(null=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("assessment", "revision"), name="one_result_a_revision"),
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
