"""`score --bank FILE --answers FILE [--by-unit]`: print one result per line."""

from typing import Any

from django.core.management.base import CommandParser

from assessments.formats.answers import read_answers
from assessments.formats.bank import read_bank
from assessments.formats.documents import open_binary
from assessments.formats.problems import Problems, ProblemsError, one_problem
from assessments.formats.result import dump_result, dump_rollups
from assessments.management.file_command import FileCommand
from assessments.scoring.answers import Answers
from assessments.scoring.bank import Bank
from assessments.scoring.result import score
from assessments.scoring.units import by_unit_and_rolled_up


class Command(FileCommand):
    help = "Score answers to a question bank. Prints one JSON result per line. JSON Lines are read line by line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bank", required=True, metavar="FILE", help="a question bank (YAML, maturity-bank/1)")
        parser.add_argument(
            "--answers", required=True, metavar="FILE", help="answers (JSON or JSON Lines, maturity-answers/1)"
        )
        parser.add_argument(
            "--by-unit", action="store_true", help="print a result for each unit, then the roll-up of all units"
        )

    def work(self, *args: Any, bank: str, answers: str, by_unit: bool, **options: Any) -> bool:
        questionnaire, good = read_bank(bank), True
        with open_binary(answers) as file:
            for line, assessment in enumerate(read_answers(file, questionnaire, answers), start=1):
                wrong = assessment if isinstance(assessment, ProblemsError) else None
                if by_unit and isinstance(assessment, Answers):
                    wrong = without_unit(assessment, answers, line)
                if wrong:
                    self.report_problems(wrong)
                    good = False
                elif isinstance(assessment, Answers):
                    self.print_results(questionnaire, assessment, by_unit)
        return good

    def print_results(self, bank: Bank, answers: Answers, by_unit: bool) -> None:
        """The result, or that of each unit and the roll-up."""
        if not by_unit:
            self.stdout.write(dump_result(score(bank, answers)))
            return
        results, rollups = by_unit_and_rolled_up(bank, answers)
        for result in results:
            self.stdout.write(dump_result(result))
        self.stdout.write(dump_rollups(rollups))


def without_unit(answers: Answers, name: str, line: int) -> ProblemsError | None:
    """The people who would count in no unit, as problems."""
    if not answers.units:
        return one_problem(name, line, "units expected: this assessment has none")
    problems = Problems(name)
    for index, person in enumerate(answers.respondents):
        if person.unit is None:
            problems.add(line, ("respondents", index, "unit"), "the unit that this person answers for expected")
    return problems.error() if problems.named else None
