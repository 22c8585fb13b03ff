"""Removing exports: on request, when they expire, and when what is in them has to go. Safe to repeat."""

from collections.abc import Collection
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from assessments import audit
from assessments.models import Export, KeptReport, User

from . import kept_reports

ROOT = "exports"


def remove(*, export: Export, by: User | None) -> None:
    """Forget an export and everything that it stored. `by` None: the clock does."""
    with transaction.atomic():
        if Export.objects.filter(pk=export.pk).delete()[0]:
            audit.record(by=by, verb=audit.Verb.EXPORT_REMOVED, what=export)
    empty_folder(export.folder)


def remove_of(organisations: Collection[UUID]) -> None:
    """Forget whatever anyone asked for of these: words or a name of someone erased may be in it."""
    affected = Q(files__assessment__organisation__in=organisations) | Q(client__in=organisations)
    Export.objects.filter(pk__in=Export.objects.filter(affected).values("pk")).delete()
    kept_reports.forget(KeptReport.objects.filter(assessment__organisation__in=organisations))
    transaction.on_commit(sweep, robust=True)  # where the storage is away, `run_due` sweeps again


def sweep() -> None:
    """Empty the folders of exports that went with the person who asked, and those that hold a client who left."""
    empty = Export.objects.filter(files__assessment=None).distinct()
    for export in empty:
        remove(export=export, by=None)
    if default_storage.exists(ROOT):
        folders = default_storage.listdir(ROOT)[0]
        current = {str(pk) for pk in Export.objects.values_list("pk", flat=True)}
        for folder in set(folders) - current:
            empty_folder(f"{ROOT}/{folder}")


def empty_folder(folder: str, *, keeping: str | None = None) -> None:
    """Delete the files in a folder; the folder too, where the storage has such a thing."""
    if not default_storage.exists(folder):
        return
    for name in default_storage.listdir(folder)[1]:
        if f"{folder}/{name}" != keeping:
            default_storage.delete(f"{folder}/{name}")
    if keeping is None:
        default_storage.delete(folder)
