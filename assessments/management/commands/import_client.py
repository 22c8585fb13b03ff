"""`import_client FILE.zip [--apply] [--lead EMAIL]`: import an `export_client` file; a dry run without `--apply`."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from assessments.handover.archive import read_handover
from assessments.handover.errors import HandoverError
from assessments.handover.import_client import import_client
from assessments.management.file_command import FileCommand
from assessments.results.named import person_with


class Command(FileCommand):
    help = "Import a client from another installation. Existing data is kept. Without --apply, only check the file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.zip", help="a file from export_client or the export page")
        parser.add_argument("--apply", action="store_true", help="import the client, after a dry run")
        parser.add_argument("--key", default="", metavar="KEY", help="the key of an encrypted file")
        parser.add_argument(
            "--lead", metavar="EMAIL", help="an account here that becomes the lead of the client's assessments"
        )

    def work(self, *args: Any, file: str, apply: bool, lead: str | None, key: str, **options: Any) -> bool:
        person = person_with(lead) if lead else None
        if lead and person is None:
            self.stderr.write(_("There is no account with the address %(address)s.") % {"address": lead})
            return False
        try:
            imported = import_client(handover=read_handover(file, key=key), lead=person, dry_run=not apply)
        except HandoverError as error:
            self.stderr.write(str(error))
            return False
        for sentence in imported:
            self.stdout.write(sentence)
        if not apply:
            self.stdout.write(_("Nothing was changed. Add --apply to import it."))
        return True
