"""Links by which people without an account read a released result."""

import datetime
import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .assessment import Assessment
from .link import MailedLink, MailedLinkQuerySet

NOTE_LIMIT = 1000  # characters
CODE_LASTS = datetime.timedelta(minutes=10)
CODE_WAIT = datetime.timedelta(seconds=60)  # between two codes
MAX_ATTEMPTS = 5  # per code


class SharedResultQuerySet(MailedLinkQuerySet["SharedResult"]):
    def active(self) -> Self:
        """Neither withdrawn nor expired."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")


class SharedResult(MailedLink):
    """A link to one released result for one address, which also has to enter a code sent there. It is used repeatedly.

    `code_hash` is "" if no code works; `opened_at` is when a code was last entered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="shared_results")
    name = models.CharField(max_length=150)
    note = models.TextField(max_length=NOTE_LIMIT, blank=True)
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    code_sent_at = models.DateTimeField(null=True, editable=False)
    code_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)

    objects = SharedResultQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=("assessment", "-created_at"), name="shared_results_of_a_round")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(expires_at__isnull=False), name="shared_result_expires")
        ]

    @property
    def shows_result(self) -> bool:
        """Whether the link works, and its result is released."""
        return self.is_usable and self.assessment.state == Assessment.State.RELEASED

    @property
    def last_day(self) -> datetime.date:
        """The last day on which it works, in the organisation's time zone."""
        assert self.expires_at is not None  # noqa: S101 - a constraint
        return timezone.localdate(self.expires_at - datetime.timedelta(seconds=1), self.assessment.organisation.zone)

    @property
    def is_active(self) -> bool:
        """Whether it can still be withdrawn; it may not have been sent yet."""
        return self.is_pending and not self.has_expired

    @property
    def code_works(self) -> bool:
        """Whether a code was sent that can still be entered."""
        sent_at = self.code_sent_at
        return bool(self.code_hash) and sent_at is not None and timezone.now() < sent_at + CODE_LASTS

    @property
    def wait(self) -> int:
        """The seconds until another code can be sent."""
        left = self.code_sent_at and self.code_sent_at + CODE_WAIT - timezone.now()
        return max(0, -int(-left.total_seconds() // 1)) if left else 0

    def new_token(self, token: str = "") -> str:
        """Set a token, as for other links, without moving the date chosen by whoever shares the result."""
        expires_at = self.expires_at
        token = super().new_token(token)
        self.expires_at = expires_at
        return token
