"""Cached PDF reports, so that the same one is not rendered twice."""

import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone

from .assessment import Assessment

REPORT_LASTS = datetime.timedelta(days=7)


class KeptReportQuerySet(models.QuerySet["KeptReport"]):
    def expired(self) -> "KeptReportQuerySet":
        return self.filter(kept_at__lte=timezone.now() - REPORT_LASTS)


class KeptReport(models.Model):
    """A PDF in storage. `key` is a checksum of everything that determines its bytes: readers who may see different
    content get different keys."""

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
