"""The roadmap after a result: actions with an owner, date, state and manual order."""

import datetime
import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .assessment import Assessment
from .bank import NextStep

MAX_EFFORT = 1000  # person-months per action


class RoadmapActionQuerySet(models.QuerySet["RoadmapAction"]):
    def in_order(self) -> Self:
        """In the manual order, within and across horizons."""
        return self.order_by("position", "created_at", "pk")

    def done(self) -> Self:
        return self.filter(status=RoadmapAction.Status.DONE)


class RoadmapAction(models.Model):
    """An action of an assessment's roadmap; `checksum` identifies the result it is based on.

    `question` is the key of the question it improves, "" for a custom action; an assessment has at most one action
    per question. `effort` is in person-months. `requires` are actions of the same assessment that come first.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        STARTED = "started", _("Started")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    Horizon = NextStep.Horizon

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="roadmap")
    checksum = models.CharField(max_length=80)
    question = models.CharField(max_length=64, blank=True)
    title = models.CharField(_("action"), max_length=300)
    owner = models.CharField(_("owner"), max_length=150, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    horizon = models.CharField(_("within"), max_length=3, choices=Horizon)
    effort = models.FloatField(_("effort in person-months"), null=True, blank=True)
    status = models.CharField(_("state"), max_length=8, choices=Status, default=Status.PLANNED)
    done_on = models.DateField(null=True, editable=False)
    position = models.PositiveIntegerField(default=0)
    requires = models.ManyToManyField("self", symmetrical=False, related_name="required_by", blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RoadmapActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        indexes: ClassVar = [models.Index(fields=("assessment", "position"), name="actions_of_a_round")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("assessment", "question"), condition=~Q(question=""), name="one_action_a_question"
            ),
            models.CheckConstraint(
                condition=Q(status__in=("planned", "started", "done", "dropped")), name="action_state_known"
            ),
            models.CheckConstraint(condition=Q(horizon__in=("90d", "6m", "12m")), name="action_horizon_known"),
            models.CheckConstraint(condition=Q(effort=None) | Q(effort__gt=0), name="action_effort_above_0"),
            models.CheckConstraint(
                condition=Q(effort=None) | Q(effort__lte=MAX_EFFORT), name="action_effort_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(status="done", done_on__isnull=False) | (~Q(status="done") & Q(done_on=None)),
                name="done_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it is planned or started, and so can be late."""
        return self.status in (self.Status.PLANNED, self.Status.STARTED)

    def is_late(self, today: datetime.date) -> bool:
        """Whether it is open and was due before `today`."""
        return self.is_open and self.due_on is not None and self.due_on < today
