"""Storing, scanning, reading and deleting the files behind answers.

A file is stored before its row, and deleted after it. What a broken connection, a full disk or a killed process leaves
has no row: nobody sees it, and `run_due` deletes it.
"""

import datetime
import hashlib
import logging
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.crypto import get_random_string

from assessments import audit
from assessments.models import Evidence, Organisation, User
from assessments.models.evidence import EvidenceQuerySet
from assessments.uploads import chunks
from assessments.uploads.scanner import Verdict, scan

from .storage import store

MB = 1_000_000  # bytes
ON_ITS_WAY = datetime.timedelta(minutes=30)  # a newer file may still get its row
SWEEP_EVERY = 60 * 60  # seconds
logger = logging.getLogger(__name__)


class InfectedError(Exception):
    """The virus scanner refused the file; nothing of it is kept."""


class QuotaError(Exception):
    """There is no room for the file; nothing of it is kept."""


@dataclass(frozen=True)
class Upload:
    """A checked file, and what its form says about it. `kind` is a key of `uploads.kinds.KINDS`, `name` is clean."""

    file: File[Any]
    kind: str
    name: str
    title: str
    as_of: datetime.date | None = None
    valid_until: datetime.date | None = None
    is_offered: bool = False


def folder() -> Storage:
    """The storage of evidence."""
    return storages["evidence"]


@contextmanager
def stored(upload: Upload, organisation: Organisation, owner: User | None = None) -> Iterator[dict[str, Any]]:
    """Store the file and give the columns of its row; if the row cannot be saved, delete the file again.

    Raises InfectedError, QuotaError, StorageUnavailableError.
    """
    _refuse_over_quota(organisation, owner, upload.file.size)
    columns = _stored(upload)
    try:
        yield {
            "organisation": organisation,
            "owner": owner,
            "title": upload.title,
            "name": upload.name,
            "kind": upload.kind,
            "size": upload.file.size,
            "as_of": upload.as_of,
            "valid_until": upload.valid_until,
            "is_offered": upload.is_offered,
            **columns,
        }
    except BaseException:
        _delete([columns["file"]])
        raise


def save(columns: dict[str, Any], **others: Any) -> Evidence:
    """Save the row of a stored file, in a transaction. Raises QuotaError if another upload took the last room."""
    row = Evidence(**columns, **others)
    Organisation.objects.locked(row.organisation_id)
    _refuse_over_quota(row.organisation, row.owner, row.size)
    row.save(force_insert=True)
    return row


def _refuse_over_quota(organisation: Organisation, owner: User | None, size: int) -> None:
    """Raise QuotaError if there is no room: in the register, or among the owner's files that are not yet in it.

    Each counts only what its uploader can see. Room shared with others would tell when they upload something.
    """
    theirs, most = (
        (Q(in_register=True), settings.EVIDENCE_TOTAL_MB)
        if owner is None
        else (Q(owner=owner, in_register=False), settings.EVIDENCE_PERSON_MB)
    )
    used = Evidence.objects.filter(theirs, organisation=organisation).aggregate(size=Sum("size"))["size"] or 0
    if used + size > most * MB:
        raise QuotaError


def _stored(upload: Upload) -> dict[str, Any]:
    """Scan and store the file: the columns that say where and how."""
    source: Any = upload.file
    source.seek(0)
    verdict = scan(source, settings.CLAMD_URL)
    if verdict is Verdict.INFECTED:
        raise InfectedError
    source.seek(0)
    sha256 = hashlib.file_digest(source, "sha256").hexdigest()
    return {
        "file": _store(source),
        "sha256": sha256,
        "is_encrypted": bool(settings.EVIDENCE_KEY),
        "state": Evidence.State.READY if verdict is Verdict.CLEAN else Evidence.State.WAITING,
    }


def _store(source: Any) -> str:
    """The name of the file in storage; encrypted on its way there, through a temporary file, where there is a key."""
    name = f"{get_random_string(2)}/{get_random_string(30)}".lower()
    source.seek(0)
    if not settings.EVIDENCE_KEY:
        return store(name, source, folder())
    with tempfile.TemporaryFile() as target:
        target.writelines(chunks.encrypted(source, settings.EVIDENCE_KEY))
        return store(name, File(target, name=name), folder())


def content_of(row: Evidence) -> Iterator[bytes]:
    """The original file, piece by piece. Raises whatever the storage raises, and UnreadableError."""
    with folder().open(row.file) as file:
        if row.is_encrypted:
            yield from chunks.decrypted(file, [settings.EVIDENCE_KEY, *settings.EVIDENCE_KEY_FALLBACKS])
        else:
            yield from file.chunks()


@transaction.atomic
def forget(rows: EvidenceQuerySet) -> int:
    """Delete these rows, and their files once that is certain. If the storage is away, `run_due` deletes them later."""
    names = list(rows.values_list("file", flat=True))
    Evidence.objects.filter(file__in=names).delete()
    transaction.on_commit(partial(_delete, names), robust=True)
    return len(names)


def run_due() -> int:
    """Scan what waits for the scanner, and delete what nobody can see. Scheduled every minute."""
    count = forget(Evidence.objects.uncited())
    for row in Evidence.objects.waiting().order_by("pk")[:20]:
        if not _scan_again(row):
            break
    if cache.add("evidence-sweep", value=True, timeout=SWEEP_EVERY):
        sweep()
    return count


def _scan_again(row: Evidence) -> bool:
    """Whether the scanner answered. An infected file is deleted, and the log says so."""
    with tempfile.TemporaryFile() as copy:
        try:
            copy.writelines(content_of(row))
        except Exception as problem:  # each storage raises its own errors
            logger.warning("A piece of evidence could not be read: %s", type(problem).__name__)
            return True
        copy.seek(0)
        verdict = scan(copy, settings.CLAMD_URL)
    if verdict is Verdict.INFECTED:
        with transaction.atomic():
            audit.record(by=None, verb=audit.Verb.EVIDENCE_REFUSED, what=row)
            forget(Evidence.objects.filter(pk=row.pk))
    elif verdict is Verdict.CLEAN:
        Evidence.objects.filter(pk=row.pk).update(state=Evidence.State.READY)
    return verdict is not Verdict.UNKNOWN


def sweep() -> None:
    """Delete files without a row, except those that may still be on their way."""
    storage, known = folder(), set(Evidence.objects.values_list("file", flat=True))
    for name in _names(storage):
        if name not in known and storage.get_modified_time(name) < timezone.now() - ON_ITS_WAY:
            storage.delete(name)


def _names(storage: Storage) -> Iterator[str]:
    try:
        folders, _files = storage.listdir("")
    except FileNotFoundError:
        return
    for each in folders:
        yield from (f"{each}/{name}" for name in storage.listdir(each)[1])


def _delete(names: Iterable[str]) -> None:
    for name in names:
        try:
            folder().delete(name)
        except Exception as problem:  # each storage raises its own errors; `sweep` tries again
            logger.warning("A piece of evidence could not be deleted: %s", type(problem).__name__)
