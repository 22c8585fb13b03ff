"""Workshops on an assessment: each question is presented, voted on secretly and revealed."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .assessment import Assessment, Participant
from .bank import LEVEL, Question


class Workshop(models.Model):
    """The state of an assessment's workshop. `turn` increases with every change that its screens must show.

    `order` holds the question keys as sorted at the start, most disagreement first.
    """

    assessment = models.OneToOneField(Assessment, models.CASCADE, primary_key=True, related_name="workshop")
    turn = models.PositiveIntegerField(default=1)
    order = models.JSONField(default=list)
    current = models.ForeignKey("Asking", models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_running(self) -> bool:
        return self.ended_at is None


class Asking(models.Model):
    """One presentation of a question. `counts` are the votes at levels 1-5, set when they are revealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="askings")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    revealed_at = models.DateTimeField(null=True, editable=False)
    counts = models.JSONField(default=list, editable=False)
    dont_know = models.PositiveSmallIntegerField(null=True, editable=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=("workshop", "question"), name="askings_of_a_question")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(revealed_at=None, dont_know=None) | Q(revealed_at__isnull=False, dont_know__isnull=False),
                name="counted_when_revealed",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_revealed(self) -> bool:
        return self.revealed_at is not None


class Vote(models.Model):
    """A participant's vote. Once votes are revealed and counted, individual levels are deleted. No time is stored,
    because the order of votes could identify voters."""

    asking = models.ForeignKey(Asking, models.CASCADE, related_name="votes")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField(null=True, validators=LEVEL)  # None: doesn't know, or deleted

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("asking", "participant"), name="one_vote_a_person"),
            models.CheckConstraint(condition=Q(level=None) | Q(level__gte=1, level__lte=5), name="vote_level_1_to_5"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
