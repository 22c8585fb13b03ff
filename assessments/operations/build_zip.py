"""Packing the files of an export in a ZIP, and removing expired exports. Safe to interrupt and repeat."""

import hashlib
import logging
import tempfile
import zipfile
from collections.abc import Iterable
from io import BufferedRandom

from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from assessments.actions import export_removal, storage
from assessments.actions.exports import content_of, make_again, note_storage, resume
from assessments.handover import export_requests, pending_uploads
from assessments.handover.export_requests import Register
from assessments.models import Export, ExportFile

logger = logging.getLogger(__name__)
State = Export.State


def pack(*, pk: str, register: Register) -> None:
    """Create the ZIP once no file is waiting. Only one worker does; a dead worker's claim expires.

    `register` writes the register of evidence of an organisation that is handed over.
    """
    export = _claimed(pk)
    if export is None:
        return
    files = list(export.files.filter(state=ExportFile.State.MADE).select_related("assessment__organisation"))
    if not files:
        Export.objects.filter(pk=export.pk, state=State.PACKING).update(state=State.EMPTY, moved_at=timezone.now())
        return
    damaged = [file for file in files if content_of(file) is None]
    if damaged:
        make_again(files=damaged)
        return
    try:
        _pack(export, files, register)
    except (storage.StorageUnavailableError, OSError):  # OSError: no space for the temporary file
        logger.warning("An export could not be packed: there is no room to store it.")
        note_storage(export=export, waits=True)
        Export.objects.filter(pk=export.pk, state=State.PACKING).update(state=State.MAKING, moved_at=timezone.now())


def _pack(export: Export, files: list[ExportFile], register: Register) -> None:
    with tempfile.TemporaryFile() as archive:
        key = (
            export_requests.write(archive=archive, export=export, files=files, register=register)
            if export.client
            else _write(archive, files)
        )
        _publish(export, archive, seal_key=key)


def _claimed(pk: str) -> Export | None:
    complete = Export.objects.filter(pk=pk).exclude(files__state=ExportFile.State.WAITING)
    free = Q(state=State.MAKING) | Q(pk__in=Export.objects.stopped().filter(state=State.PACKING).values("pk"))
    claimed = Export.objects.filter(free, pk__in=complete.values("pk")).update(
        state=State.PACKING, moved_at=timezone.now()
    )
    return Export.objects.get(pk=pk) if claimed else None


def _write(archive: BufferedRandom, files: Iterable[ExportFile]) -> str:
    """One folder per client, one name per assessment. Files are stored uncompressed, as they already are compressed."""
    names: set[str] = set()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        for file in files:
            packed.writestr(_name(file, names), content_of(file) or b"")
    return ""


def _name(file: ExportFile, used: set[str]) -> str:
    """`northfield/northfield-q4.pdf`, or `northfield-q4-2.pdf` if that name is taken."""
    assessment = file.assessment
    client = slugify(assessment.organisation.name)[:60] if assessment else ""
    words = f"{client} {assessment.name}" if assessment else ""
    stem = f"{client or 'client'}/{slugify(words)[:80] or 'report'}"
    name, number = f"{stem}.{file.file_type}", 1
    while name in used:
        number += 1
        name = f"{stem}-{number}.{file.file_type}"
    used.add(name)
    return name


def _publish(export: Export, archive: BufferedRandom, *, seal_key: str) -> None:
    archive.seek(0)
    checksum = "sha256:" + hashlib.file_digest(archive, "sha256").hexdigest()
    size = archive.tell()
    archive.seek(0)
    name = storage.store(f"{export.folder}/reports-{get_random_string(8)}.zip", File(archive))
    columns = {"state": State.READY, "file": name, "size": size, "checksum": checksum, "moved_at": timezone.now()}
    columns |= {"seal_key": seal_key, "waits_for_storage": False}
    if not Export.objects.filter(pk=export.pk, state=State.PACKING).update(**columns):
        default_storage.delete(name)
        return
    export_removal.empty_folder(export.folder, keeping=name)


def run_due() -> int:
    """Resume stopped exports and remove expired ones; returns the number of both. Scheduled every minute."""
    stopped = list(Export.objects.stopped().filter(expires_at__gt=timezone.now()))
    for export in stopped:
        resume(export=export)
    expired = list(Export.objects.expired())
    for export in expired:
        export_removal.remove(export=export, by=None)
    export_removal.sweep()
    pending_uploads.sweep()
    return len(stopped) + len(expired)
