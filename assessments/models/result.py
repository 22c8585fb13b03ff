"""The result of an assessment, frozen on closing."""

import secrets
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .assessment import Assessment

MAX_SCORE = 1e12


def new_salt() -> str:
    """Return 128 random bits; mixed into a checksum, they keep it from revealing what was hashed."""
    return secrets.token_hex(16)


def is_level(column: str) -> Q:
    """A level of a ladder, or null."""
    return Q(**{column: None}) | Q(**{f"{column}__gte": 1, f"{column}__lte": 7})


def is_finite(column: str) -> Q:
    """A score on any scale, or null: an infinite figure would break every list containing it."""
    return Q(**{column: None}) | Q(**{f"{column}__gte": -MAX_SCORE, f"{column}__lte": MAX_SCORE})


class ResultQuerySet(models.QuerySet["Result"]):
    def current(self) -> Self:
        """The latest revision for each assessment; older ones are superseded."""
        newest = Result.objects.filter(assessment=models.OuterRef("assessment")).order_by("-revision")
        return self.filter(pk=models.Subquery(newest.values("pk")[:1]))

    def without_texts(self) -> Self:
        """Defer the JSON columns (hundreds of kilobytes) for lists."""
        return self.defer("result", "answers")


class Result(models.Model):
    """The result as JSON text, the pseudonymised answers it is based on, and the engine version that computed it.

    `checksum` is printed and every reader may know it; `salt` is never shown: with it, the few possible values of a
    hidden answer could be tried one by one (`docs/decisions/0012-salted-checksums.md`).
    `change` is the like-for-like change of the index since `compared_with`; `change_is_real` is None if undetermined.
    Both are None without an earlier round or figures in common. `index` and `change` are what every reader of the
    result may know: for a confidential assessment, the printed figures.

    `counted` are the people who answered themselves or confirmed their interview before this was frozen: only they
    count towards disclosure limits. `differing` are the one to four people by whom it differs from an earlier
    published result of the same assessment; if there are any, no figure for a single question is shown.
    """

    class Comparability(models.TextChoices):
        COMPARABLE = "comparable", _("Comparable")
        INDICATIVE = "indicative", _("Indicative")
        NONE = "none", _("Not comparable")

    class Origin(models.TextChoices):
        HERE = "here", _("Scored here")
        RESCORED = "rescored", _("Imported; scoring it again gave the same result")
        DELIVERED = "delivered", _("As delivered, not verified")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="results")
    revision = models.PositiveSmallIntegerField()
    result = models.TextField()
    answers = models.TextField()
    engine = models.CharField(max_length=20)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    checksum = models.CharField(max_length=80)
    origin = models.CharField(max_length=9, choices=Origin, default=Origin.HERE, editable=False)
    frozen_at = models.DateTimeField(default=timezone.now)
    index = models.FloatField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    compared_with = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    comparability = models.CharField(max_length=10, choices=Comparability, null=True)  # noqa: DJ001 - no earlier round
    change = models.FloatField(null=True)
    change_is_real = models.BooleanField(null=True)
    counted = models.JSONField(default=dict)  # pseudonym -> id of the user who recorded the answers, or null
    differing = models.JSONField(default=list)  # pseudonyms
    calibrated = models.PositiveSmallIntegerField(default=0)  # how many had practised on examples
    then_people = models.PositiveSmallIntegerField(default=0)  # who rated last time as they see it today
    then_shift = models.FloatField(null=True)  # how much lower (below 0) or higher than they answered then
    then_margin = models.FloatField(null=True)  # half of its 90 % interval

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
            models.CheckConstraint(condition=is_finite("index"), name="index_is_finite"),
            models.CheckConstraint(condition=is_level("level"), name="level_1_to_7"),
            models.CheckConstraint(condition=is_finite("change"), name="change_is_finite"),
            models.CheckConstraint(condition=is_finite("then_shift"), name="then_shift_is_finite"),
            models.CheckConstraint(condition=Q(origin__in=("here", "rescored", "delivered")), name="origin_known"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} r{self.revision}"

    @property
    def is_unverified(self) -> bool:
        """Whether it was imported as delivered and not recomputed here."""
        return self.origin == self.Origin.DELIVERED


class PillarResult(models.Model):
    """A summary row per pillar, for lists: score and level on 1-5, as far as every reader may know them."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="pillars")
    order = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=64)
    status = models.CharField(max_length=14)
    score = models.FloatField(null=True)
    level = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ("order",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("result", "key"), name="one_row_a_pillar"),
            models.CheckConstraint(condition=is_finite("score"), name="pillar_score_is_finite"),
            models.CheckConstraint(condition=is_level("level"), name="pillar_level_1_to_7"),
        ]

    def __str__(self) -> str:
        return self.key
