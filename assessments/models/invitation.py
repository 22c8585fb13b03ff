"""Invitations to an assessment, and reminders."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .answer import Submission
from .assessment import Assessment, Participant
from .clock import today
from .link import MailedLink, MailedLinkQuerySet


class InvitationQuerySet(MailedLinkQuerySet["Invitation"]):
    def newest_first(self) -> "InvitationQuerySet":
        return self.order_by("-created_at", "-pk")


class Invitation(MailedLink):
    """A link that lets one address join one assessment. Resending creates a new row and revokes the old one.

    `participant` is None once the person has been removed.
    """

    LASTS = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="invitations")
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="invitations")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=("assessment", "email"), name="invitations_of_a_round")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("participant",), condition=Q(used_at=None, revoked_at=None), name="one_standing_invitation"
            )
        ]


class Reminder(models.Model):
    """A reminder to answer, at most one a day per participant. `sent_at` is None until a mail server accepts it."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="reminders")
    day = models.DateField(default=today)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("participant", "day"), name="one_reminder_a_day")]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.day}"


class Notice(models.Model):
    """A scheduled e-mail about one due date: `kind` is a number of days before it, or LAST_CALL.

    `sent_at` is None until a mail server accepts it. Moving the due date starts a new set of notices.
    """

    LAST_CALL = "last call"

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10)
    due_on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("participant", "due_on", "kind"), name="one_notice_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.kind}, {self.due_on}"


class Reopening(models.Model):
    """Why a submission was reopened. The respondent can read the reason; the audit log does not contain it."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="reopenings")
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.at:%Y-%m-%d}"
