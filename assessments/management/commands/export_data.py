"""`export_data ASSESSMENT --format json|xlsx|csv --output FILE`: export answers, comments, evidence and scores."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from assessments.management.assessment_command import AssessmentCommand
from assessments.models import Assessment
from assessments.reports.files import file_of


class Command(AssessmentCommand):
    help = "Export the data of a closed assessment, as the leads get it from the result page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("assessment", metavar="ASSESSMENT", help="the id of the assessment, as in its address")
        parser.add_argument("--format", required=True, choices=("json", "xlsx", "csv"), help="the format of the file")
        parser.add_argument("--output", required=True, metavar="FILE", help="the file to write")

    def work(self, *args: Any, assessment: str, format: str, output: str, **options: Any) -> bool:
        result = self.result_of(assessment, pulses=format in Assessment.PULSE_FILES)
        return result is not None and self.write(file_of(result, format, wait=0), Path(output))
