"""Submissions and the answers in them."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .assessment import Participant
from .bank import LEVEL
from .bank_content import Question
from .locking import LockingQuerySet
from .person import User


class SubmissionQuerySet(LockingQuerySet["Submission"]):
    def of(self, user: User) -> Self:
        return self.filter(participant__user=user)

    def submitted(self) -> Self:
        return self.filter(state=Submission.State.SUBMITTED)

    def counted(self) -> Self:
        """Answered in person, or recorded in an interview and confirmed by the participant, signed in."""
        return self.filter(Q(mode=Submission.Mode.SELF) | Q(confirmed_at__isnull=False))


class Submission(models.Model):
    """All of one participant's answers; locked once submitted."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")

    class Mode(models.TextChoices):
        SELF = "self", _("Answered in person")
        INTERVIEW = "interview", _("Recorded in an interview")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    participant = models.OneToOneField(Participant, models.CASCADE, related_name="submission")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.SELF)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)  # by the person interviewed
    calibrated_at = models.DateTimeField(null=True, editable=False)  # when they had placed the examples

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=("draft", "submitted")), name="submission_state_known"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False), name="submitted_has_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def receipt(self) -> str:
        """The number that page and e-mail give for these answers."""
        return str(self.pk)[:8]

    @property
    def is_submitted(self) -> bool:
        return self.state == self.State.SUBMITTED

    @property
    def is_interview(self) -> bool:
        return self.mode == self.Mode.INTERVIEW


class AnswerQuerySet(models.QuerySet["Answer"]):
    def given(self) -> Self:
        """Answered with a level, *don't know* or *not applicable*. These count as progress."""
        return self.filter(Q(level__isnull=False) | ~Q(other=""))


class Answer(models.Model):
    """The answer to one question: a level, another choice, or neither (only a comment or evidence)."""

    class Other(models.TextChoices):
        DONT_KNOW = "dont_know", _("I don’t know")
        NOT_APPLICABLE = "not_applicable", _("Not applicable")

    class Grade(models.IntegerChoices):
        ASSERTED = 0, _("My own view")
        DESCRIBED = 1, _("Described here")
        CITED = 2, _("Document cited")
        CHECKED = 3, _("Checked by someone else")

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    level = models.PositiveSmallIntegerField(null=True, blank=True, validators=LEVEL)
    other = models.CharField(max_length=14, choices=Other, blank=True)
    reason = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    evidence_grade = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(3)])
    evidence_text = models.TextField(blank=True)
    evidence_link = models.CharField(max_length=2000, blank=True)
    revision = models.PositiveIntegerField(default=1)
    pages = models.JSONField(default=list, blank=True, editable=False)  # [id, last save] of open pages with this answer
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=("submission", "-saved_at"), name="last_save_of_a_submission")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("submission", "question"), name="one_answer_a_question"),
            models.CheckConstraint(condition=Q(level=None) | Q(level__gte=1, level__lte=7), name="answer_level_1_to_7"),
            models.CheckConstraint(condition=Q(level=None) | Q(other=""), name="a_level_or_another_choice"),
            models.CheckConstraint(
                condition=Q(other__in=("", "dont_know", "not_applicable")), name="other_choice_known"
            ),
            models.CheckConstraint(
                condition=Q(evidence_grade=None) | Q(evidence_grade__lte=3), name="evidence_grade_0_to_3"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.choice or '–'}"

    @property
    def choice(self) -> str:
        """The choice as the form spells it: "1"-"5", "dont_know", "not_applicable", or "" if unanswered."""
        return self.choice_of(self.level, self.other)

    @staticmethod
    def choice_of(level: int | None, other: str) -> str:
        """The same as `choice`, from the two columns that store it."""
        return str(level) if level is not None else other
