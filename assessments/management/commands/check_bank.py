"""`check_bank FILE`: errors and warnings about a question bank, with line numbers."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import ngettext

from assessments.formats.bank import LoadedBank
from assessments.formats.checks import warnings
from assessments.formats.problems import written
from assessments.importers.door import read_known_file
from assessments.management.file_command import FileCommand


class Command(FileCommand):
    help = "Report errors and warnings in a question bank, with line numbers. Exit status 1 if there is an error."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", help="a question bank: YAML, a workbook (.xlsx), CSV or a publisher's file"
        )

    def work(self, *args: Any, file: str, **options: Any) -> bool:
        loaded = read_known_file(file)
        problems = warnings(loaded.bank)
        for path, sentence in sorted(problems, key=lambda warning: loaded.line(warning[0])):
            where = f"{file}:{loaded.where(path)}"
            self.stdout.write(": ".join(part for part in (where, written(path), "warning", sentence) if part))
        self.stdout.write(summary(loaded, len(problems)))
        return True


def summary(loaded: LoadedBank, warned: int) -> str:
    """Return one line about a valid bank."""
    bank = loaded.bank
    parts = (
        ngettext("%(n)d pillar", "%(n)d pillars", len(bank.pillars)) % {"n": len(bank.pillars)},
        ngettext("%(n)d question", "%(n)d questions", len(bank.questions)) % {"n": len(bank.questions)},
        ngettext("%(n)d warning", "%(n)d warnings", warned) % {"n": warned},
        str(bank.checksum),
    )
    return f"{loaded.file}: {bank.key} {bank.version}: {', '.join(parts)}"
