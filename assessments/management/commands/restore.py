"""`restore FILE --yes`: replace the database with a backup."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from assessments.operations.backup import BackupError, read_manifest, restore_backup


class Command(BaseCommand):
    help = "Replace everything in the database with a backup. Without --yes, only describe the backup."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--yes", action="store_true", help="overwrite existing data")

    def handle(self, *args: Any, file: Path, yes: bool, **options: Any) -> None:
        try:
            manifest = restore_backup(file) if yes else read_manifest(file)
        except (BackupError, OSError) as error:
            raise CommandError(_("Nothing was changed: %(reason)s") % {"reason": error}) from error
        params = {"at": manifest.made_at, "rows": sum(manifest.rows.values())}
        if yes:
            self.stdout.write(_("%(rows)d rows from %(at)s are restored. Now run `manage.py migrate`.") % params)
        else:
            self.stdout.write(_("%(rows)d rows from %(at)s. Add --yes to replace everything with them.") % params)
