"""The roadmap after a result: actions with an owner, date, state and manual order."""

import datetime
import uuid
from typing import ClassVar, NamedTuple, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .assessment import Assessment
from .bank_content import NextStep
from .organisation import Membership

MAX_EFFORT = 1000  # person-months per action
MAX_NOTE = 2000  # characters


class RoadmapActionQuerySet(models.QuerySet["RoadmapAction"]):
    def in_order(self) -> Self:
        """In the manual order, within and across horizons."""
        return self.order_by("position", "created_at", "pk")

    def done(self) -> Self:
        return self.filter(status=RoadmapAction.Status.DONE)

    def open(self) -> Self:
        return self.filter(status__in=(RoadmapAction.Status.PLANNED, RoadmapAction.Status.STARTED))

    def with_owner(self) -> Self:
        """Actions whose owner has an account."""
        return self.exclude(owner_account=None)

    def with_who_left(self) -> Self:
        """Annotate `owner_left`: whether the owner's account is closed or no longer in the organisation."""
        here = Membership.objects.filter(
            organisation=OuterRef("assessment__organisation"), user=OuterRef("owner_account"), user__is_active=True
        )
        return self.annotate(owner_left=Case(When(owner_account=None, then=Value(False)), default=~Exists(here)))


class RoadmapAction(models.Model):
    """An action of an assessment's roadmap; `checksum` identifies the result it is based on.

    `question` is the key of the question it improves, "" for a custom action; an assessment has at most one action
    per question. `effort` is in person-months. `requires` are actions of the same assessment that come first.
    `owner` is the owner's name; `owner_account` their account if they are a person of the organisation. `unit` is the
    unit or AI system where it is done, if not in the whole organisation.
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
    owner_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="roadmap_actions"
    )
    unit = models.ForeignKey("Unit", models.SET_NULL, null=True, blank=True, related_name="roadmap_actions")
    due_on = models.DateField(_("due on"), null=True, blank=True)
    horizon = models.CharField(_("within"), max_length=3, choices=Horizon)
    effort = models.FloatField(_("effort in person-months"), null=True, blank=True)
    status = models.CharField(_("state"), max_length=8, choices=Status, default=Status.PLANNED)
    done_on = models.DateField(null=True, editable=False)
    position = models.PositiveIntegerField(default=0)
    requires = models.ManyToManyField("self", symmetrical=False, related_name="required_by", blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RoadmapActionQuerySet.as_manager()

    owner_left: bool  # by `with_who_left`

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


class DueAction(NamedTuple):
    """An action as a calendar shows it; `assessment` and `organisation` are an id and a name."""

    pk: uuid.UUID
    title: str
    due_on: datetime.date | None
    created_at: datetime.datetime
    assessment: uuid.UUID
    organisation: str


class ProgressNote(models.Model):
    """How far an action was at a time: its state then, and a note if there is one. `text` is "" for a change of state."""

    action = models.ForeignKey(RoadmapAction, models.CASCADE, related_name="progress")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    status = models.CharField(max_length=8, choices=RoadmapAction.Status)
    text = models.TextField(_("note"), max_length=MAX_NOTE, blank=True)

    class Meta:
        verbose_name = _("note of progress")
        verbose_name_plural = _("notes of progress")
        indexes: ClassVar = [models.Index(fields=("action", "-at"), name="progress_of_an_action")]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.status}"


class ActionNotice(models.Model):
    """A scheduled e-mail about one due date of an action. Moving the due date starts a new set of notices."""

    class Kind(models.TextChoices):
        SOON = "soon", _("Due soon")
        LATE = "late", _("Late")

    action = models.ForeignKey(RoadmapAction, models.CASCADE, related_name="notices")
    due_on = models.DateField()
    kind = models.CharField(max_length=4, choices=Kind)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("action", "due_on", "kind"), name="one_action_notice_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.kind}, {self.due_on}"
