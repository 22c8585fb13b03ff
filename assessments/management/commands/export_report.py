"""`export_report ASSESSMENT --output FILE.pdf`: the PDF that the page gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from assessments.management.file_command import FileCommand
from assessments.management.writing import write_whole
from assessments.reports.pdf import PdfError, codes, print_report
from assessments.reports.report import Paper, report_of
from assessments.reports.sheet import Printed
from assessments.results import RoundResult, beside_the_round_before, round_result
from assessments.results.named import round_named


class Command(FileCommand):
    help = "Writes the report of a closed round as a PDF: the one that its result page gives."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("assessment", metavar="ASSESSMENT", help="the id of the round, as in its address")
        parser.add_argument("--output", required=True, metavar="FILE.pdf", help="where the report goes")
        parser.add_argument("--paper", choices=("A4", "Letter"), default="A4", help="A4 unless Letter is asked for")

    def work(self, *args: Any, assessment: str, output: str, paper: Paper, **options: Any) -> bool:
        found = round_named(assessment)
        if found is None:
            self.stderr.write(_("There is no round with the id %(id)s.") % {"id": assessment})
            return False
        if not found.has_result:
            self.stderr.write(_("%(round)s is not closed, so it has no report yet.") % {"round": found})
            return False
        try:
            shown = round_result(found, reader=None, may_read_comments=True)
            printed = render(beside_the_round_before(shown, lambda before: True), paper)
        except PdfError as error:
            self.stderr.write(str(error))
            return False
        if printed.missing:
            self.stderr.write(_("No typeface here draws %(codes)s.") % {"codes": codes(printed.missing)})
        return self.write(printed.pdf, Path(output))

    def write(self, pdf: bytes, path: Path) -> bool:
        try:
            write_whole(path, pdf)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            self.stderr.write(_("%(file)s cannot be written: %(reason)s.") % {"file": path, "reason": reason})
            return False
        self.stdout.write(_("%(file)s: %(size)d KB") % {"file": path, "size": -(-len(pdf) // 1024)})
        return True


def render(shown: RoundResult, paper: Paper) -> Printed:
    """The report as whoever runs the round sees it. Raises PdfError."""
    return print_report(report_of(shown, paper=paper))
