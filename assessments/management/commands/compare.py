"""`compare --bank FILE [--before-bank FILE] --before FILE --after FILE`: what changed between two assessments."""

from typing import Any

from django.core.management.base import CommandParser

from assessments.formats.answers import read_one
from assessments.formats.bank import read_bank
from assessments.formats.result import dump_comparison
from assessments.management.file_command import FileCommand
from assessments.scoring.change import compare


class Command(FileCommand):
    help = "Compare two assessments of one question bank. Prints the change of the index and each pillar as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bank", required=True, metavar="FILE", help="the bank of the later one, or of both")
        parser.add_argument("--before-bank", metavar="FILE", help="the bank of the earlier assessment, if it differs")
        parser.add_argument("--before", required=True, metavar="FILE", help="the answers of the earlier assessment")
        parser.add_argument("--after", required=True, metavar="FILE", help="the answers of the later assessment")

    def work(self, *args: Any, bank: str, before_bank: str | None, before: str, after: str, **options: Any) -> bool:
        later = read_bank(bank)
        earlier = later if before_bank is None else read_bank(before_bank)
        self.stdout.write(dump_comparison(compare(earlier, read_one(before, earlier), later, read_one(after, later))))
        return True
