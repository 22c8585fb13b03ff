"""PDF reports are cached in storage for a week. Rows name the files; files without a row are deleted.

Errors here never prevent a report: it is rendered again.
"""

import datetime
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.crypto import get_random_string

from assessments.models import Assessment, KeptReport
from assessments.models.kept_report import KeptReportQuerySet

ROOT = "reports"
ON_ITS_WAY = datetime.timedelta(minutes=10)  # a newer file may still get its row
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Shelf:
    """The kept reports of one assessment, by key."""

    assessment: Assessment

    def get(self, key: str) -> bytes | None:
        row = self._rows(key).first()
        if row is None:
            return None
        try:
            with default_storage.open(row.file) as file:
                return bytes(file.read())
        except Exception as problem:  # each storage raises its own errors
            logger.warning("A kept report could not be read: %s", type(problem).__name__)
            return None

    def put(self, key: str, content: bytes) -> None:
        if not settings.KEPT_REPORTS_MB:
            return
        try:
            name = default_storage.save(f"{ROOT}/{key[:16]}-{get_random_string(16)}.pdf", ContentFile(content))
            columns = {"file": name, "size": len(content), "kept_at": timezone.now()}
            with transaction.atomic():
                KeptReport.objects.update_or_create(assessment=self.assessment, key=key, defaults=columns)
        except DatabaseError:
            logger.info("A report was made of an assessment that is gone.")
        except Exception as problem:  # as above
            logger.warning("A report could not be kept: %s", type(problem).__name__)

    def drop(self, key: str) -> None:
        forget(self._rows(key))

    def _rows(self, key: str) -> KeptReportQuerySet:
        return KeptReport.objects.filter(assessment=self.assessment, key=key)


@transaction.atomic
def forget(rows: KeptReportQuerySet) -> int:
    """Delete cached reports. If the storage is unavailable, `run_due` deletes the files later."""
    names = list(rows.values_list("file", flat=True))
    rows.delete()
    transaction.on_commit(partial(_delete, names), robust=True)
    return len(names)


def run_due() -> int:
    """Delete expired reports, and the oldest beyond the size limit. Scheduled every minute."""
    count = forget(KeptReport.objects.expired()) + forget(KeptReport.objects.filter(pk__in=_too_many()))
    sweep()
    return count


def _too_many() -> list[int]:
    limit = settings.KEPT_REPORTS_MB * 1_000_000
    if (KeptReport.objects.aggregate(size=Sum("size"))["size"] or 0) <= limit:
        return []
    total, oldest = 0, []
    for pk, size in KeptReport.objects.order_by("-kept_at", "-pk").values_list("pk", "size").iterator():
        total += size
        if total > limit:
            oldest.append(pk)
    return oldest


def sweep() -> None:
    """Delete files without a row: those of deleted assessments, and those that could not be deleted before."""
    if not default_storage.exists(ROOT):
        return
    names = {f"{ROOT}/{file}" for file in default_storage.listdir(ROOT)[1]}
    orphans = names - set(KeptReport.objects.values_list("file", flat=True))
    _delete(name for name in orphans if default_storage.get_modified_time(name) < timezone.now() - ON_ITS_WAY)


def _delete(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)
