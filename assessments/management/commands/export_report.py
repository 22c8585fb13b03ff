"""`export_report ASSESSMENT --output FILE`: write the same PDF, Word document or slides as the result page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from assessments.management.assessment_command import AssessmentCommand
from assessments.reports.files import slides_of, word_of
from assessments.reports.pdf.render import RenderedPdf
from assessments.reports.pdf.report import PdfError, codes, rendered_report
from assessments.reports.report import Paper, report_of
from assessments.reports.slides.template import TemplateError
from assessments.results import AssessmentResult

ENDINGS = ("", ".pdf", ".docx", ".pptx")  # without one, a PDF


class Command(AssessmentCommand):
    help = "Export the report of a closed assessment as a PDF, Word document or slides, by the ending of the file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("assessment", metavar="ASSESSMENT", help="the id of the assessment, as in its address")
        parser.add_argument("--output", required=True, metavar="FILE", help="the file to write: .pdf, .docx or .pptx")
        parser.add_argument("--paper", choices=("A4", "Letter"), default="A4", help="default: %(default)s")
        parser.add_argument("--template", metavar="FILE", help="a .pptx or .potx file of your own for slides")
        parser.add_argument("--slides", choices=("16:9", "4:3"), default="16:9", help="default: %(default)s")

    def work(self, *args: Any, assessment: str, output: str, **options: Any) -> bool:
        path = Path(output)
        if path.suffix.lower() not in ENDINGS:
            self.stderr.write(_("%(file)s must end in .pdf, .docx or .pptx.") % {"file": path.name})
            return False
        result = self.result_of(assessment)
        if result is None:
            return False
        if path.suffix.lower() == ".pptx":
            return self._slides(result, options, path)
        if path.suffix.lower() == ".docx":
            return self.write(word_of(result, options["paper"]), path)
        return self._pdf(result, options["paper"], path)

    def _slides(self, result: AssessmentResult, options: dict[str, Any], path: Path) -> bool:
        try:
            template = None if options["template"] is None else Path(options["template"]).read_bytes()
            return self.write(slides_of(result, options["slides"], template=template), path)
        except OSError as error:
            self.stderr.write(_("%(file)s cannot be read: %(why)s.") % {"file": error.filename, "why": error.strerror})
        except TemplateError as error:
            self.stderr.write(str(error))
        return False

    def _pdf(self, result: AssessmentResult, paper: Paper, path: Path) -> bool:
        try:
            printed = render(result, paper)
        except PdfError as error:
            self.stderr.write(str(error))
            return False
        if printed.missing:
            self.stderr.write(_("No installed font has %(codes)s.") % {"codes": codes(printed.missing)})
        return self.write(printed.pdf, path)


def render(result: AssessmentResult, paper: Paper) -> RenderedPdf:
    """Return the report as the person who runs the assessment sees it. Raises PdfError."""
    return rendered_report(report_of(result, paper=paper))
