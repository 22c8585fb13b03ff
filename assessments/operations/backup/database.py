"""Backing up and restoring the current database, whichever engine it uses."""

import tempfile
from operator import attrgetter
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from assessments.models import Export

from . import archive, postgres, sqlite, stored_files
from .archive import BackupError, Manifest

APP = "assessments"


def make_backup(target: Path) -> Manifest:
    """Write everything committed before now to `target`. Raises BackupError and OSError, leaving no file."""
    made_at = timezone.now().isoformat()
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        database = Path(folder) / "database"
        rows = _dump(database)
        if not rows:
            raise BackupError("The database has no tables yet.")
        files = stored_files.copied(Path(folder))
        sums = {each.name: each.checksum for each in files}
        manifest = Manifest(connection.vendor, made_at, _migration(), rows, archive.checksum_of(database), sums)
        archive.write(target, database, manifest, files)
    return manifest


def _dump(database: Path) -> dict[str, int]:
    if connection.vendor == "sqlite":
        return sqlite.dump(str(connection.settings_dict["NAME"]), database)
    return postgres.dump(connection.settings_dict, database)


def restore_backup(source: Path) -> Manifest:
    """Replace the database with the backup. Raises BackupError, leaving it unchanged."""
    manifest = archive.check(source)
    if manifest.engine != connection.vendor:
        raise BackupError(f"This backup is one of {manifest.engine}; the site runs on {connection.vendor}.")
    _check_version(manifest.migration)
    with tempfile.TemporaryDirectory(dir=source.parent, prefix=".restore-") as folder:
        database = Path(folder) / "database"
        archive.unpack(source, database)
        _load(database)
    stored_files.put_back(source, manifest)
    _forget_exports()
    return manifest


def _load(database: Path) -> None:
    settings = connection.settings_dict
    connections.close_all()
    if connection.vendor == "sqlite":
        sqlite.restore(database, str(settings["NAME"]))
    else:
        postgres.restore(database, settings)


def _forget_exports() -> None:
    """Delete exports whose files are missing, as backups do not contain them; `run_due` removes leftover files."""
    if Export._meta.db_table in connection.introspection.table_names():
        for folder in Export.objects.values_list("pk", flat=True):
            if not default_storage.exists(f"exports/{folder}"):
                Export.objects.filter(pk=folder).delete()


def _migration() -> str:
    applied = [each for each in MigrationRecorder(connection).applied_migrations().values() if each.app == APP]
    return max(applied, key=attrgetter("pk")).name if applied else ""


def _check_version(newest: str) -> None:
    """Raise BackupError unless `migrate` can continue from this migration."""
    known = {name: each.replaces for (app, name), each in MigrationLoader(None).disk_migrations.items() if app == APP}
    replaced = [name for each in known.values() for _app, name in each]
    last = replaced[-1] if replaced else ""
    if newest in replaced and newest != last:
        raise BackupError(
            f"This backup comes from an older version of the product ({newest}). Restore it with the last version that "
            f"has the migration {last}, run `manage.py migrate` there, and back up again."
        )
    if newest not in ("", last, *known):
        raise BackupError(f"This backup comes from a newer version of the product ({newest}).")
