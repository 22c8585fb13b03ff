"""`load_bank FILE [--publish]`: load a question bank from a file, all or nothing."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from assessments.actions import banks
from assessments.importers.door import read_known_file
from assessments.management.file_command import FileCommand


class Command(FileCommand):
    help = "Load a question bank. A file that has an error, or was loaded before, changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", help="a question bank: YAML, a workbook (.xlsx), CSV or a publisher's file"
        )
        parser.add_argument("--publish", action="store_true", help="publish the version: it can never be changed again")

    def work(self, *args: Any, file: str, publish: bool, **options: Any) -> bool:
        bank = read_known_file(file).bank
        name = f"{bank.key} {bank.version}"
        try:
            version, new = banks.load(bank=bank)
        except banks.BankConflictError:
            self.stderr.write(
                _(
                    "%(bank)s is already in the database with different content. Nothing was changed. Give it a "
                    "new version."
                )
                % {"bank": name}
            )
            return False
        published = publish and banks.publish(version=version)
        self.stdout.write(outcome(new=new, published=published) % {"bank": name})
        version.refresh_from_db()
        if publish and version.state == version.State.RETIRED:
            self.stderr.write(_("%(bank)s was retired and cannot be published again.") % {"bank": name})
            return False
        return True


def outcome(*, new: bool, published: bool) -> str:
    """Return one sentence about what happened."""
    if new and published:
        return _("%(bank)s: loaded and published.")
    if new:
        return _("%(bank)s: loaded as a draft.")
    if published:
        return _("%(bank)s: published.")
    return _("%(bank)s: already there; nothing was changed.")
