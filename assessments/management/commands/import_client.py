"""`import_client FILE.zip [--apply] [--lead EMAIL]`: import an `export_client` file; a dry run without `--apply`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from assessments.handover.archive import read_handover
from assessments.handover.errors import HandoverError
from assessments.handover.import_client import import_client
from assessments.management.file_command import FileCommand
from assessments.results.named import person_with


class Command(FileCommand):
    help = "Takes in a client from another installation. Nothing here is overwritten; without --apply nothing changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.zip", help="what export_client or the browser wrote")
        parser.add_argument("--apply", action="store_true", help="do it, after a dry run")
        parser.add_argument("--key", default="", metavar="KEY", help="what opens a sealed file")
        parser.add_argument(
            "--lead", metavar="EMAIL", help="an account here that runs the client's assessments from then on"
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
