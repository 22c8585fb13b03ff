"""`export_report ASSESSMENT --output FILE`: write the same PDF, Word document or slides as the result page."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from assessments.branding.office import TemplateError
from assessments.management.assessment_command import AssessmentCommand
from assessments.reports.files import slides_of, word_of
from assessments.reports.pdf.render import RenderedPdf
from assessments.reports.pdf.report import codes, rendered_report
from assessments.reports.pdf.worker import PdfError
from assessments.reports.report import Paper, report_of
from assessments.results import AssessmentResult

FORMS = ("pdf", "docx", "pptx")  # by the ending; without one, a PDF


class Command(AssessmentCommand):
    help = "Export the report of a closed assessment as a PDF, Word document or slides, by the ending of the file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("assessment", metavar="ASSESSMENT", help="the id of the assessment, as in its address")
        parser.add_argument("--output", required=True, metavar="FILE", help="the file to write: .pdf, .docx or .pptx")
        parser.add_argument("--paper", choices=("A4", "Letter"), help="default: A4")
        parser.add_argument(
            "--template", metavar="FILE", help="a file of your own: .pptx or .potx for slides, .docx or .dotx for Word"
        )
        parser.add_argument("--brief", action="store_true", help="the executive brief: a PDF of two pages")
        parser.add_argument("--slides", choices=("16:9", "4:3"), help="default: 16:9")

    def work(self, *args: Any, assessment: str, output: str, **options: Any) -> bool:
        path = Path(output)
        form = path.suffix.lower().removeprefix(".") or "pdf"
        wrong = self._wrong(path, form, options)
        if wrong:
            self.stderr.write(wrong)
            return False
        result = self.result_of(assessment)
        if result is None:
            return False
        if form == "pdf":
            return self._pdf(result, options, path)
        return self._office(result, form, options, path)

    def _wrong(self, path: Path, form: str, options: dict[str, Any]) -> str | None:
        """Why these options do not go together."""
        if form not in FORMS:
            return _("%(file)s must end in .pdf, .docx or .pptx.") % {"file": path.name}
        if options["brief"] and form != "pdf":
            return _("The executive brief is a PDF: choose a file that ends in .pdf.")
        if options["template"] and form == "pdf":
            return _("A PDF takes no template: choose a file that ends in .docx or .pptx.")
        return None

    def _office(self, result: AssessmentResult, form: str, options: dict[str, Any], path: Path) -> bool:
        try:
            template = None if options["template"] is None else Path(options["template"]).read_bytes()
            if form == "pptx":
                return self.write(slides_of(result, options["slides"], template=template), path)
            return self.write(word_of(result, options["paper"], template=template), path)
        except OSError as error:
            self.stderr.write(_("%(file)s cannot be read: %(why)s.") % {"file": error.filename, "why": error.strerror})
        except TemplateError as error:
            self.stderr.write(str(error))
        return False

    def _pdf(self, result: AssessmentResult, options: dict[str, Any], path: Path) -> bool:
        try:
            printed = render(result, options["paper"] or "A4", brief=options["brief"])
        except PdfError as error:
            self.stderr.write(str(error))
            return False
        if printed.missing:
            self.stderr.write(_("No installed font has %(codes)s.") % {"codes": codes(printed.missing)})
        return self.write(printed.pdf, path)


def render(result: AssessmentResult, paper: Paper, *, brief: bool = False) -> RenderedPdf:
    """Return the report as the person who runs the assessment sees it. Raises PdfError."""
    return rendered_report(report_of(result, paper=paper, brief=brief))
