"""`score --bank FILE --answers FILE`: print one result per line."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from assessments.formats.answers import read_answers
from assessments.formats.bank import read_bank
from assessments.formats.documents import open_binary
from assessments.formats.problems import ProblemsError
from assessments.formats.result import dump_result
from assessments.management.file_command import FileCommand
from assessments.scoring.result import score


class Command(FileCommand):
    help = "Score answers to a question bank. Prints one JSON result per line. JSON Lines are read line by line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bank", required=True, metavar="FILE", help="a question bank (YAML, maturity-bank/1)")
        parser.add_argument(
            "--answers", required=True, metavar="FILE", help="answers (JSON or JSON Lines, maturity-answers/1)"
        )

    def work(self, *args: Any, bank: str, answers: str, **options: Any) -> bool:
        questionnaire, good = read_bank(bank), True
        with open_binary(answers) as file:
            for assessment in read_answers(file, questionnaire, answers):
                if isinstance(assessment, ProblemsError):
                    self.report_problems(assessment)
                    good = False
                else:
                    self.stdout.write(dump_result(score(questionnaire, assessment)))
        return good
