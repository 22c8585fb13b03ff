"""The files of an export in one archive, and what has expired gone. Safe to repeat, and to be killed in."""

import hashlib
import logging
import tempfile
import zipfile
from collections.abc import Collection, Iterable
from io import BufferedRandom
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from assessments.models import Export, ExportFile, KeptReport, User

from . import arrivals, audit, handing_over, kept_reports, storage
from .exports import content_of, go_on, make_again, note_storage

logger = logging.getLogger(__name__)
State = Export.State
ROOT = "exports"


def pack(*, pk: str) -> None:
    """Make the archive once no file is waiting. Only one worker does; a dead one's turn ends by itself."""
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
        _pack(export, files)
    except (storage.StorageUnavailableError, OSError):  # an OSError: no room for the temporary file
        logger.warning("An export could not be packed: there is no room to store it.")
        note_storage(export=export, waits=True)
        Export.objects.filter(pk=export.pk, state=State.PACKING).update(state=State.MAKING, moved_at=timezone.now())


def _pack(export: Export, files: list[ExportFile]) -> None:
    with tempfile.TemporaryFile() as archive:
        key = (
            handing_over.write(archive=archive, export=export, files=files) if export.client else _write(archive, files)
        )
        _publish(export, archive, seal_key=key)


def _claimed(pk: str) -> Export | None:
    wanted = Export.objects.filter(pk=pk).exclude(files__state=ExportFile.State.WAITING)
    free = Q(state=State.MAKING) | Q(pk__in=Export.objects.stopped().filter(state=State.PACKING).values("pk"))
    claimed = Export.objects.filter(free, pk__in=wanted.values("pk")).update(
        state=State.PACKING, moved_at=timezone.now()
    )
    return Export.objects.get(pk=pk) if claimed else None


def _write(archive: BufferedRandom, files: Iterable[ExportFile]) -> str:
    """A folder a client, a name a round; what is in it is packed already, so it is stored as it is. Nothing is sealed."""
    taken: set[str] = set()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        for file in files:
            packed.writestr(_name(file, taken), content_of(file) or b"")
    return ""


def _name(file: ExportFile, taken: set[str]) -> str:
    """`northfield/northfield-q4.pdf`; a second round of that name is `northfield-q4-2.pdf`."""
    assessment = file.assessment
    client = slugify(assessment.organisation.name)[:60] if assessment else ""
    words = f"{client} {assessment.name}" if assessment else ""
    stem = f"{client or 'client'}/{slugify(words)[:80] or 'report'}"
    name, number = f"{stem}.{file.file_type}", 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}.{file.file_type}"
    taken.add(name)
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
    _empty(export.folder, keeping=name)


def remove(*, export: Export, by: User | None) -> None:
    """Forget an export and everything that it stored. `by` None: the clock does."""
    with transaction.atomic():
        if Export.objects.filter(pk=export.pk).delete()[0]:
            audit.record(by=by, verb="export removed", what=export)
    _empty(export.folder)


def remove_of(organisations: Collection[UUID]) -> None:
    """Forget whatever anybody asked for of these: words or a name of somebody erased may stand in it."""
    made = Q(files__assessment__organisation__in=organisations) | Q(client__in=organisations)
    Export.objects.filter(pk__in=Export.objects.filter(made).values("pk")).delete()
    kept_reports.forget(KeptReport.objects.filter(assessment__organisation__in=organisations))
    transaction.on_commit(sweep, robust=True)  # where the storage is away, `run_due` sweeps again


def run_due() -> int:
    """What a schedule calls every minute: queue what stopped, forget what expired. Gives the number of both."""
    stopped = list(Export.objects.stopped().filter(expires_at__gt=timezone.now()))
    for export in stopped:
        go_on(export=export)
    expired = list(Export.objects.expired())
    for export in expired:
        remove(export=export, by=None)
    sweep()
    arrivals.sweep()
    return len(stopped) + len(expired)


def sweep() -> None:
    """Empty the folders of exports that went with the person who asked, and those that hold a client who left."""
    left = Export.objects.filter(files__assessment=None).distinct()
    for export in left:
        remove(export=export, by=None)
    if default_storage.exists(ROOT):
        folders = default_storage.listdir(ROOT)[0]
        known = {str(pk) for pk in Export.objects.values_list("pk", flat=True)}
        for folder in set(folders) - known:
            _empty(f"{ROOT}/{folder}")


def _empty(folder: str, *, keeping: str | None = None) -> None:
    """Delete the files in a folder; the folder too, where the storage has such a thing."""
    if not default_storage.exists(folder):
        return
    for name in default_storage.listdir(folder)[1]:
        if f"{folder}/{name}" != keeping:
            default_storage.delete(f"{folder}/{name}")
    if keeping is None:
        default_storage.delete(folder)
