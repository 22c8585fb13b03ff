"""`dump_bank KEY [--version V]`: a bank of the database as the YAML that `load_bank` reads."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from assessments.exchange.dump import dump_bank
from assessments.management.file_command import FileCommand
from assessments.results.named import bank_named, versions_of


class Command(FileCommand):
    help = "Prints a question bank as YAML: the version that was published last, or the one you name."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Django gives every command a `--version` of its own; here it means the bank's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", metavar="KEY", help="the key of the bank")
        parser.add_argument("--version", metavar="V", help="a version such as 1.0.0, drafts included")

    def work(self, *args: Any, key: str, version: str | None, **options: Any) -> bool:
        bank = bank_named(key, version)
        if bank is None:
            self.stderr.write(absent(key, version, versions_of(key)))
            return False
        self.stdout.write(dump_bank(bank), ending="")
        return True


def absent(key: str, version: str | None, others: list[str]) -> str:
    """Why there is nothing to print, and what there is."""
    if not others:
        return _("There is no question bank with the key %(key)s.") % {"key": key}
    versions = ", ".join(others)
    if version is None:
        return _("No version of %(key)s is published. Name one: %(versions)s.") % {"key": key, "versions": versions}
    return _("There is no version %(version)s of %(key)s; there are: %(versions)s.") % {
        "version": version,
        "key": key,
        "versions": versions,
    }
