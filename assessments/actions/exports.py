"""Requesting and creating exports. Every step can be repeated, because a worker can die at any time."""

import hashlib
from collections.abc import Sequence
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string

from assessments import audit
from assessments.models import EXPORT_LASTS, MAX_TRIES, Assessment, Export, ExportFile, Organisation, User

from . import storage

State, Failure = ExportFile.State, ExportFile.Failure


MAX_UNFINISHED = 5


class TooManyExportsError(Exception):
    """The user has the maximum number of unfinished exports; nothing was changed."""


@transaction.atomic
def ask(
    *,
    assessments: Sequence[Assessment],
    types: Sequence[str],
    language: str,
    by: User,
    client: Organisation | None = None,
) -> Export:
    """Create every assessment in every format in the background; with a `client`, as its handover.

    A pulse has no report, so only its data are created.

    Returns an identical unfinished export if there is one, so a double click creates one. Raises TooManyExportsError.
    """
    User.objects.select_for_update().get(pk=by.pk)
    unfinished = list(Export.objects.unfinished().filter(user=by, expires_at__gt=timezone.now()))
    rows = {(each.pk, str(kind)) for each in assessments for kind in _types_of(each, types)}
    for export in unfinished:
        files = set(export.files.values_list("assessment", "file_type"))
        if (export.client_id, export.language, files) == (client and client.pk, language, rows):
            return export
    if len(unfinished) >= MAX_UNFINISHED:
        raise TooManyExportsError
    expires_at = timezone.now() + EXPORT_LASTS
    export = Export.objects.create(user=by, language=language, client=client, expires_at=expires_at)
    ExportFile.objects.bulk_create(
        ExportFile(export=export, assessment=assessment, file_type=kind)
        for assessment in dict.fromkeys(assessments)
        for kind in _types_of(assessment, types)
    )
    audit.record(by=by, verb=audit.Verb.EXPORT_ASKED, what=export)
    transaction.on_commit(partial(resume, export=export))
    return export


def _types_of(assessment: Assessment, types: Sequence[str]) -> list[str]:
    return [kind for kind in dict.fromkeys(types) if not assessment.is_pulse or kind in Assessment.PULSE_FILES]


def resume(*, export: Export) -> None:
    """Queue the files that are not created yet; existing files are kept."""
    Export.objects.stopped().filter(pk=export.pk, state=Export.State.PACKING).update(state=Export.State.MAKING)
    Export.objects.filter(pk=export.pk).update(moved_at=timezone.now())
    waiting = list(export.files.filter(state=State.WAITING).values_list("pk", flat=True))
    for pk in waiting:
        import_string("assessments.tasks.make_export_file").enqueue(pk)
    if not waiting:
        import_string("assessments.tasks.pack_export").enqueue(str(export.pk))


def begin(*, pk: int) -> ExportFile | None:
    """The file, if it is still needed and can be stored. After too many attempts it fails instead."""
    waiting = ExportFile.objects.filter(pk=pk, state=State.WAITING, export__expires_at__gt=timezone.now())
    file = waiting.select_related("export__user").first()
    if file is None or not has_room(export=file.export):
        return None
    if file.tries >= MAX_TRIES:
        fail(file=file, why=Failure.STOPPED)
        return None
    waiting.update(tries=F("tries") + 1)
    return file


def has_room(*, export: Export) -> bool:
    """Whether the storage accepts files. Tests it only after a failure, so that nothing is created in vain."""
    if not export.waits_for_storage:
        return True
    try:
        default_storage.delete(storage.store(f"{export.folder}/{get_random_string(8)}.probe", ContentFile(b"-")))
    except storage.StorageUnavailableError:
        return False
    note_storage(export=export, waits=False)
    return True


def note_storage(*, export: Export, waits: bool) -> None:
    """Record whether an export is waiting for storage, which its page shows."""
    Export.objects.filter(pk=export.pk).update(waits_for_storage=waits)


def requeue(*, file: ExportFile) -> None:
    """Create a file again when there is storage for it; this attempt does not count."""
    ExportFile.objects.filter(pk=file.pk, tries__gt=0).update(tries=F("tries") - 1)
    note_storage(export=file.export, waits=True)


def store(*, file: ExportFile, content: bytes) -> None:
    """Store a file, unless it was stored concurrently. Raises StorageUnavailableError."""
    place = f"{file.export.folder}/{file.pk}-{get_random_string(8)}.{file.file_type}"
    name = storage.store(place, ContentFile(content))
    stored = _finish(file, state=State.MADE, file=name, checksum=checksum_of(content))
    if not stored:
        default_storage.delete(name)


def make_again(*, files: Sequence[ExportFile]) -> None:
    """Create stored files again that do not match their checksums."""
    keys = [file.pk for file in files]
    ExportFile.objects.filter(pk__in=keys).update(state=State.WAITING, file="", checksum="")
    for export in Export.objects.filter(files__in=keys).distinct():
        Export.objects.filter(pk=export.pk).update(state=Export.State.MAKING)
        resume(export=export)


def fail(*, file: ExportFile, why: str) -> None:
    """Record why a file could not be created; others are not affected."""
    _finish(file, state=State.FAILED, failure_type=why)


def _finish(row: ExportFile, **columns: object) -> bool:
    """Set the outcome of a waiting file, once; after an export's last file, queue its ZIP."""
    changed = ExportFile.objects.filter(pk=row.pk, state=State.WAITING).update(**columns)
    Export.objects.filter(pk=row.export_id).update(moved_at=timezone.now())
    if not ExportFile.objects.filter(export=row.export_id, state=State.WAITING).exists():
        import_string("assessments.tasks.pack_export").enqueue(str(row.export_id))
    return bool(changed)


def content_of(file: ExportFile) -> bytes | None:
    """The stored content; None if it is missing or does not match its checksum."""
    try:
        with file.file.open() as source:
            content: bytes = source.read()
    except (OSError, ValueError):
        return None
    return content if checksum_of(content) == file.checksum else None


def checksum_of(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()
