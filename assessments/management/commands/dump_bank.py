"""`dump_bank KEY [--version V]`: print a bank in the database as the YAML that `load_bank` reads."""

from typing import Any

from django.core.management.base import CommandParser

from assessments.formats.dump import dump_bank
from assessments.management.version_command import VersionCommand, absent
from assessments.results.named import bank_named, versions_of


class Command(VersionCommand):
    help = "Print a question bank as YAML: the version published last, or the one you name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", metavar="KEY", help="the key of the bank")
        parser.add_argument("--version", metavar="V", help="a version such as 1.0.0; may be a draft")

    def work(self, *args: Any, key: str, version: str | None, **options: Any) -> bool:
        bank = bank_named(key, version)
        if bank is None:
            self.stderr.write(absent(key, version, versions_of(key)))
            return False
        self.stdout.write(dump_bank(bank), ending="")
        return True
