"""Assessments and their participants."""

import secrets
import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from .bank import BankVersion
from .bank_content import Question
from .counting import number_of
from .locking import LockingQuerySet
from .organisation import Organisation, managed_by
from .person import User


class AssessmentQuerySet(LockingQuerySet["Assessment"]):
    def present(self) -> Self:
        """Exclude assessments of deleted organisations."""
        return self.filter(organisation__deleted_at=None)

    def managed_by(self, user: User) -> Self:
        """Assessments of organisations that `user` leads or currently serves as a consultant."""
        return self.present().filter(organisation__in=managed_by(user))

    def taken_by(self, user: User) -> Self:
        """Assessments in which `user` is a participant, excluding drafts."""
        return self.present().filter(participants__user=user).exclude(state=Assessment.State.DRAFT)

    def visible_to(self, user: User) -> Self:
        """Every assessment that `user` may know exists."""
        joined = Q(pk__in=Participant.objects.filter(user=user).values("assessment")) & ~Q(state=Assessment.State.DRAFT)
        return self.present().filter(Q(organisation__in=managed_by(user)) | joined)

    def open(self) -> Self:
        return self.filter(state=Assessment.State.OPEN)

    def closed(self) -> Self:
        return self.filter(state__in=Assessment.CLOSED)

    def full(self) -> Self:
        """Exclude pulses."""
        return self.filter(subset="")

    def with_progress(self) -> Self:
        """Annotate `invited` and `submitted`, both counted in people."""
        people = Participant.objects.filter(assessment=OuterRef("pk"))
        submitted = people.filter(submission__state="submitted")
        return self.annotate(invited=number_of(people, "assessment"), submitted=number_of(submitted, "assessment"))

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "pk")


class Assessment(models.Model):
    """An assessment: one organisation, one bank version, from draft to released.

    `targets` maps a pillar key to `{"target": 1-5, "reason": str}`, plus `approved_by` and `approved_on` if
    known. An assessment for one person closes and is released when that person submits.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        RELEASED = "released", _("Released")

    UNDER_WAY = (State.DRAFT, State.OPEN)
    CLOSED = (State.CLOSED, State.RELEASED)
    PULSE_FILES = ("csv", "json")  # a pulse has figures, and no report

    class Confidentiality(models.TextChoices):
        CONFIDENTIAL = "confidential", _("Confidential")
        NAMED = "named", _("Named")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="assessments")
    bank_version = models.ForeignKey(BankVersion, models.PROTECT, related_name="assessments")
    name = models.CharField(_("name of the assessment"), max_length=120)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    confidentiality = models.CharField(
        _("who can see answers"), max_length=12, choices=Confidentiality, default=Confidentiality.CONFIDENTIAL
    )
    subset = models.CharField(_("questions asked"), max_length=64, blank=True)  # key of a subset of the bank; "": all
    unit_kind = models.CharField(
        _("asked by"), max_length=6, blank=True, choices=(("unit", _("Unit")), ("system", _("AI system")))
    )
    unit_roots: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "Unit", blank=True, related_name="+"
    )  # addressed with all below; none: all
    then_test = models.BooleanField(_("asks how people see last time today"), default=False)
    for_one = models.BooleanField(_("for one person"), default=False)
    is_reviewed = models.BooleanField(_("reviewed before it closes"), default=False)
    targets = models.JSONField(_("targets"), default=dict, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    reminder_days = models.JSONField(_("reminders, in days before the due date"), default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    released_at = models.DateTimeField(null=True, editable=False)
    result_for_everyone = models.BooleanField(_("result shown to everyone invited"), default=False)
    completion_told_at = models.DateTimeField(null=True, editable=False)  # when its managers heard that all answered
    result_was_erased = models.BooleanField(default=False, editable=False)  # with a respondent, after it was shown
    erased_result_closed_at = models.DateTimeField(null=True, editable=False)  # None: unknown, or nothing was erased

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        indexes: ClassVar = [models.Index(fields=("organisation", "-created_at"), name="rounds_of_an_organisation")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=("draft", "open", "closed", "released")), name="round_state_known"
            ),
            models.CheckConstraint(
                condition=Q(confidentiality__in=("confidential", "named")), name="round_confidentiality_known"
            ),
            models.CheckConstraint(condition=Q(unit_kind__in=("", "unit", "system")), name="round_unit_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.name}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def has_result(self) -> bool:
        return self.state in self.CLOSED

    @property
    def takes_invitations(self) -> bool:
        """Whether it is open and meant for more than one person."""
        return self.is_open and not self.for_one

    @property
    def is_pulse(self) -> bool:
        """Whether it asks only a subset of the bank: it then has a change, and no index, level or pillar score."""
        return bool(self.subset)

    def questions_asked(self) -> models.QuerySet[Question]:
        """The questions of its bank, or of the subset that it asks."""
        rows = Question.objects.filter(pillar__version=self.bank_version_id)
        if not self.subset:
            return rows
        return rows.filter(key__in=self.bank_version.keys_of(self.subset))

    @property
    def is_named(self) -> bool:
        return self.confidentiality == self.Confidentiality.NAMED


def new_pseudonym() -> str:
    """Return an opaque name for one person in one organisation: 60 random bits."""
    return f"p-{secrets.token_hex(8)[:15]}"


class Participant(models.Model):
    """A person in an assessment. Their pseudonym is the same in every assessment of the organisation."""

    class Function(models.TextChoices):
        CHIEF_EXECUTIVE = "ceo", _("Chief executive")
        TECHNOLOGY = "technology", _("Technology")
        PEOPLE = "people", pgettext_lazy("function", "People")
        LEGAL = "legal", _("Legal")
        OPERATIONS = "operations", _("Operations")
        OTHER = "other", _("Other")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="participants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="participations"
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    function = models.CharField(_("function"), max_length=12, choices=Function, default=Function.OTHER)
    unit = models.ForeignKey("Unit", models.SET_NULL, null=True, blank=True, related_name="participants")
    pseudonym = models.CharField(max_length=40, default=new_pseudonym, editable=False)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("assessment", "user"), name="a_person_takes_part_once"),
            models.UniqueConstraint(fields=("assessment", "pseudonym"), name="one_pseudonym_a_participant"),
        ]

    @property
    def is_asked_locally(self) -> bool:
        """Whether this person answers for a unit, and is not asked the central questions of the bank."""
        return bool(self.assessment.unit_kind) and self.unit_id is not None

    @property
    def sees_result(self) -> bool:
        """Whether the released result is shown to this person: those who submitted, and everyone if so decided."""
        submitted = hasattr(self, "submission") and self.submission.is_submitted
        released = self.assessment.state == Assessment.State.RELEASED
        return released and (submitted or self.assessment.result_for_everyone)

    def __str__(self) -> str:
        """The name shown to people. Never the pseudonym, which appears next to the answers in exported files."""
        return self.name or (str(self.user) if self.user else "") or str(_("A person without a name"))
