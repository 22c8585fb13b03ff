"""`trend --bank FILE ANSWERS…`: the trend of three or more assessments."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandParser

from assessments.formats.answers import read_answers
from assessments.formats.bank import read_bank
from assessments.formats.documents import open_binary
from assessments.formats.problems import Problems, ProblemsError, one_problem
from assessments.formats.result import dump_trends
from assessments.management.file_command import FileCommand
from assessments.scoring.bank import Bank
from assessments.scoring.trend import MIN_ASSESSMENTS, Dated, trends

MAX_ASSESSMENTS = 1000


class Command(FileCommand):
    help = "Fit a line through the scores of three or more assessments. Prints the trend of the index and each pillar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bank", required=True, metavar="FILE", help="the question bank of all assessments")
        parser.add_argument("answers", nargs="+", metavar="ANSWERS", help='answers with "date", one or more a file')

    def work(self, *args: Any, bank: str, answers: list[str], **options: Any) -> bool:
        asked = read_bank(bank)
        dated = [each for path in answers for each in _dated(path, asked)]
        if not MIN_ASSESSMENTS <= len(dated) <= MAX_ASSESSMENTS:
            wanted = f"a trend takes {MIN_ASSESSMENTS} to {MAX_ASSESSMENTS:,} assessments, found {len(dated)}"
            raise one_problem(answers[-1], 1, wanted)
        self.stdout.write(dump_trends(trends(dated)))
        return True


def _dated(path: str, bank: Bank) -> Iterator[Dated]:
    with open_binary(path) as file:
        for place, each in enumerate(read_answers(file, bank, path), start=1):
            if isinstance(each, ProblemsError):
                raise each
            if each.day is None:
                problems = Problems(path)
                problems.add(place, ("date",), "the day of the assessment expected, written like 2026-11-30")
                raise problems.error()
            yield Dated(each.day, bank, each)
