"""`load_translation FILE [--offer]`: load a bank's texts in another language, all or nothing."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from assessments.actions import translations
from assessments.formats.documents import read_bytes
from assessments.formats.translation import parse_translation
from assessments.formats.yaml_text import MAX_BYTES
from assessments.management.file_command import FileCommand
from assessments.results.named import bank_named, version_named

from .check_translation import summary


class Command(FileCommand):
    help = "Load a translation. A file that has an error, or was loaded before, changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a translation (YAML, maturity-translation/1)")
        parser.add_argument("--offer", action="store_true", help="let readers choose the language")

    def work(self, *args: Any, file: str, offer: bool, **options: Any) -> bool:
        loaded = parse_translation(read_bytes(file, MAX_BYTES), file, bank_named)
        version = version_named(loaded.bank.key, loaded.bank.version)
        if version is None:
            return False
        try:
            row, new = translations.load(version=version, translation=loaded.translation)
        except translations.TranslationConflictError as conflict:
            self.stderr.write(
                _(
                    "%(language)s is already here as %(version)s with different texts. Nothing was changed. Give "
                    "the file a higher version."
                )
                % {"language": loaded.translation.language, "version": conflict.version}
            )
            return False
        offered = offer and translations.offer(row=row, offered=True)
        self.stdout.write(summary(loaded))
        self.stdout.write(_outcome(new=new, offered=offered))
        return True


def _outcome(*, new: bool, offered: bool) -> str:
    if new:
        return _("Loaded and offered to readers.") if offered else _("Loaded.")
    return _("Already there; now offered to readers.") if offered else _("Already there; nothing was changed.")
