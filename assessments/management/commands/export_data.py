"""`export_data ASSESSMENT --format json|xlsx|csv --output FILE`: export answers, comments, evidence and scores."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from assessments.management.assessment_command import AssessmentCommand
from assessments.reports.files import file_of


class Command(AssessmentCommand):
    help = "Writes the data of a closed assessment: the file that its result page gives to whoever runs it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("assessment", metavar="ASSESSMENT", help="the id of the assessment, as in its address")
        parser.add_argument("--format", required=True, choices=("json", "xlsx", "csv"), help="of the file")
        parser.add_argument("--output", required=True, metavar="FILE", help="where it goes")

    def work(self, *args: Any, assessment: str, format: str, output: str, **options: Any) -> bool:
        result = self.result_of(assessment)
        return result is not None and self.write(file_of(result, format, wait=0), Path(output))
