"""Removing exports: on request, when they expire, and when their content must be erased. Safe to repeat."""

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
    """Delete an export and its files. `by` is None for a scheduled removal."""
    with transaction.atomic():
        if Export.objects.filter(pk=export.pk).delete()[0]:
            audit.record(by=by, verb=audit.Verb.EXPORT_REMOVED, what=export)
    empty_folder(export.folder)


def remove_of(organisations: Collection[UUID]) -> None:
    """Delete all exports and cached reports of these organisations, which may contain texts or names to be erased."""
    affected = Q(files__assessment__organisation__in=organisations) | Q(client__in=organisations)
    Export.objects.filter(pk__in=Export.objects.filter(affected).values("pk")).delete()
    kept_reports.forget(KeptReport.objects.filter(assessment__organisation__in=organisations))
    transaction.on_commit(sweep, robust=True)  # if the storage is unavailable, `run_due` sweeps again


def sweep() -> None:
    """Delete the folders of exports whose owner was erased, and exports with files of a deleted assessment."""
    empty = Export.objects.filter(files__assessment=None).distinct()
    for export in empty:
        remove(export=export, by=None)
    if default_storage.exists(ROOT):
        folders = default_storage.listdir(ROOT)[0]
        current = {str(pk) for pk in Export.objects.values_list("pk", flat=True)}
        for folder in set(folders) - current:
            empty_folder(f"{ROOT}/{folder}")


def empty_folder(folder: str, *, keeping: str | None = None) -> None:
    """Delete the files in a folder except `keeping`; without it, the folder too, if the storage has folders."""
    if not default_storage.exists(folder):
        return
    for name in default_storage.listdir(folder)[1]:
        if f"{folder}/{name}" != keeping:
            default_storage.delete(f"{folder}/{name}")
    if keeping is None:
        default_storage.delete(folder)
