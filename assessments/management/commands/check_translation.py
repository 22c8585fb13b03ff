"""`check_translation FILE --bank BANKFILE`: errors, warnings and gaps in the translation of a bank."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from assessments.formats.bank import read_bank
from assessments.formats.documents import read_bytes
from assessments.formats.places import texts_of
from assessments.formats.translation import LoadedTranslation, parse_translation, warnings
from assessments.formats.yaml_text import MAX_BYTES
from assessments.management.file_command import FileCommand
from assessments.scoring.bank import Bank


class Command(FileCommand):
    help = "Report errors, warnings and missing texts in a translation, with line numbers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a translation (YAML, maturity-translation/1)")
        parser.add_argument("--bank", metavar="BANKFILE", required=True, help="the question bank it translates")

    def work(self, *args: Any, file: str, bank: str, **options: Any) -> bool:
        source = read_bank(bank)
        loaded = parse_translation(read_bytes(file, MAX_BYTES), file, lambda key, version: _same(source, key, version))
        for place, sentence in sorted(warnings(loaded), key=lambda found: loaded.line(found[0])):
            self.stdout.write(f"{file}:{loaded.line(place)}: {place}: warning: {sentence}")
        for place in loaded.missing:
            self.stdout.write(f"{file}: {place}: {_('missing')}")
        self.stdout.write(summary(loaded))
        return True


def summary(loaded: LoadedTranslation) -> str:
    """Return one line about a valid translation."""
    translation, total = loaded.translation, len(texts_of(loaded.bank))
    message = _("%(done)d of %(total)d texts, %(missing)d missing, %(changed)d with a changed source") % {
        "done": len(translation.texts),
        "total": total,
        "missing": len(loaded.missing),
        "changed": len(translation.changed),
    }
    return f"{loaded.file}: {translation.bank} {translation.bank_version} {translation.language} {translation.version}: {message}"


def _same(bank: Bank, key: str, version: str) -> Bank | None:
    return bank if (bank.key, bank.version) == (key, version) else None
