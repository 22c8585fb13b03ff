"""The files of evidence in a backup, as they are stored."""

from pathlib import Path

from django.core.files import File
from django.core.files.storage import storages
from django.db import connection

from assessments.models import Evidence

from . import archive
from .archive import Manifest, StoredFile


def copied(folder: Path) -> list[StoredFile]:
    """Copy the file of every piece of evidence to `folder`; one that was deleted meanwhile, or is missing, is left out."""
    storage, files = storages["evidence"], []
    for number, name in enumerate(Evidence.objects.order_by("pk").values_list("file", flat=True)):
        copy = folder / f"file-{number}"
        try:
            with storage.open(name) as source, copy.open("wb") as target:
                target.writelines(source.chunks())
        except FileNotFoundError:
            continue
        files.append(StoredFile(name, copy, archive.checksum_of(copy)))
    return files


def put_back(source: Path, manifest: Manifest) -> None:
    """Store the files of a backup that are missing. Those that are there stay: names are random and files never change."""
    if Evidence._meta.db_table not in connection.introspection.table_names():
        return
    storage = storages["evidence"]
    known = set(Evidence.objects.values_list("file", flat=True))
    with archive.files_in(source, manifest) as files:
        for name, content in files:
            if name in known and not storage.exists(name):
                storage.save(name, File(content, name=name))
