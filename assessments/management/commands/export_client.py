"""`export_client CLIENT --output FILE.zip`: export all data of a client, for another installation."""

from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, cast

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from assessments.handover.archive import write_handover
from assessments.handover.write import (
    REGISTER,
    closed_assessments,
    document_of,
    file_name,
    open_assessments,
    organisation_named,
)
from assessments.management.writing import WritingCommand
from assessments.models import Evidence
from assessments.reports.evidence_file import register_file
from assessments.reports.files import file_of
from assessments.reports.pdf.worker import PdfError
from assessments.results import assessment_result, with_all_units, with_previous_round


class Command(WritingCommand):
    help = "Export a client to one ZIP: closed assessments with banks, results, pseudonymous answers and reports."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("client", metavar="CLIENT", help="the id of the organisation, or its name")
        parser.add_argument("--output", required=True, metavar="FILE.zip", help="the file to write")
        parser.add_argument("--without-reports", action="store_true", help="leave out the PDFs")

    def work(self, *args: Any, client: str, output: str, without_reports: bool, **options: Any) -> bool:
        organisation = organisation_named(client)
        if organisation is None:
            self.stderr.write(_("There is no client %(name)s, or there is more than one.") % {"name": client})
            return False
        assessments = closed_assessments(organisation)
        document, others = document_of(organisation, assessments)
        for assessment in [] if without_reports else assessments:
            result = assessment_result(assessment, reader=None, may_read_comments=True, may_read_names=False)
            try:
                result = with_all_units(with_previous_round(result, lambda before: True), lambda asked: True)
                pdf = file_of(result, "pdf", wait=60)
            except PdfError as error:
                self.stderr.write(str(error))
                return False
            others[file_name(assessment, "pdf")] = pdf
        if Evidence.objects.registered().filter(organisation=organisation).exists():
            others[REGISTER] = register_file(organisation.pk)
        for name in open_assessments(organisation):
            self.stderr.write(_("%(round)s is not closed, so it is left out.") % {"round": name})
        return self.write(_archive(document, others), Path(output))


def _archive(document: dict[str, Any], others: dict[str, bytes]) -> bytes:
    with SpooledTemporaryFile(max_size=50_000_000) as file:
        write_handover(cast("Any", file), document, others)
        file.seek(0)
        return file.read()
