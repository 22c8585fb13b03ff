"""`dump_translation KEY LANGUAGE [--version V]`: print a translation as the YAML that `load_translation` reads."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from assessments import results
from assessments.formats.dump import dump_translation
from assessments.management.version_command import VersionCommand, absent
from assessments.results.named import translation_named, version_named, versions_of


class Command(VersionCommand):
    help = "Print a translation as YAML: of the bank version published last, or of the one you name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", metavar="KEY", help="the key of the bank")
        parser.add_argument("language", metavar="LANGUAGE", help="a language tag such as de")
        parser.add_argument("--version", metavar="V", help="a version of the bank such as 1.0.0; may be a draft")

    def work(self, *args: Any, key: str, language: str, version: str | None, **options: Any) -> bool:
        row = version_named(key, version)
        if row is None:
            self.stderr.write(absent(key, version, versions_of(key)))
            return False
        translation = translation_named(row, language)
        if translation is None:
            self.stderr.write(_("%(bank)s has no translation %(language)s.") % {"bank": row, "language": language})
            return False
        bank = results.bank_of(row)
        self.stdout.write(dump_translation(results.content_of(translation, bank), bank), ending="")
        return True
