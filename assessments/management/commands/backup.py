"""`backup FILE`: write the whole database to one file while the site is in use."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from assessments.operations.backup import BackupError, make_backup


class Command(BaseCommand):
    help = "Back up all committed data to one file with a checksum, and verify it by reading it back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="the backup file; an existing file is replaced")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            manifest = make_backup(file)
        except (BackupError, OSError, DatabaseError) as error:
            raise CommandError(_("No backup was made: %(reason)s") % {"reason": error}) from error
        message = _("%(file)s: %(rows)d rows of %(engine)s, %(checksum)s")
        rows = sum(manifest.rows.values())
        self.stdout.write(
            message % {"file": file, "rows": rows, "engine": manifest.engine, "checksum": manifest.checksum}
        )
