"""`export_report ASSESSMENT --output FILE.pdf`: write the same PDF as the result page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from assessments.management.assessment_command import AssessmentCommand
from assessments.reports.pdf.render import RenderedPdf
from assessments.reports.pdf.report import PdfError, codes, rendered_report
from assessments.reports.report import Paper, report_of
from assessments.results import AssessmentResult


class Command(AssessmentCommand):
    help = "Export the report of a closed assessment as a PDF, as on its result page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("assessment", metavar="ASSESSMENT", help="the id of the assessment, as in its address")
        parser.add_argument("--output", required=True, metavar="FILE.pdf", help="the file to write")
        parser.add_argument("--paper", choices=("A4", "Letter"), default="A4", help="default: %(default)s")

    def work(self, *args: Any, assessment: str, output: str, paper: Paper, **options: Any) -> bool:
        result = self.result_of(assessment)
        if result is None:
            return False
        try:
            printed = render(result, paper)
        except PdfError as error:
            self.stderr.write(str(error))
            return False
        if printed.missing:
            self.stderr.write(_("No installed font has %(codes)s.") % {"codes": codes(printed.missing)})
        return self.write(printed.pdf, Path(output))


def render(result: AssessmentResult, paper: Paper) -> RenderedPdf:
    """Return the report as the person who runs the assessment sees it. Raises PdfError."""
    return rendered_report(report_of(result, paper=paper))
