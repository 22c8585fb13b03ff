"""The PDF of a result that was made once, so that no one waits for the same one again."""

import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone

from .assessment import Assessment

REPORT_LASTS = datetime.timedelta(days=7)


class KeptReportQuerySet(models.QuerySet["KeptReport"]):
    """Query set of kept reports."""

    def expired(self) -> "KeptReportQuerySet":
        return self.filter(kept_at__lte=timezone.now() - REPORT_LASTS)


class KeptReport(models.Model):
    """Where a PDF lies in the storage. `key` is a checksum over everything that decides its bytes: anyone who may see
    something else has another key."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="kept_reports")
    key = models.CharField(max_length=64)
    file = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    kept_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = KeptReportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("assessment", "key"), name="one_kept_report_a_round_and_key")
        ]

    def __str__(self) -> str:
        return self.key
