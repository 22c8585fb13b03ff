"""Answers sent after a session expired, kept until the person signs in again."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from .answer import Submission
from .person import User

KEPT_FOR = datetime.timedelta(hours=1)


class KeptAnswersQuerySet(models.QuerySet["KeptAnswers"]):
    def waiting_for(self, user: User) -> "KeptAnswersQuerySet":
        """Sent by `user` within the last hour and not yet applied."""
        return self.filter(user=user, kept_at__gt=timezone.now() - KEPT_FOR)

    def expired(self) -> "KeptAnswersQuerySet":
        return self.filter(kept_at__lte=timezone.now() - KEPT_FOR)


class KeptAnswers(models.Model):
    """One submitted pillar page. `content` maps field names to texts; it is applied once or deleted after an hour."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="kept")
    pillar = models.CharField(max_length=64)
    content = models.JSONField()
    kept_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = KeptAnswersQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("user", "submission", "pillar"), name="one_page_is_kept_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.pillar}"
