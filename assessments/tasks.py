"""Background tasks. Arguments are row ids only, so that tasks can be repeated and the queue holds no text or token."""

import logging

from django.http import Http404
from django.tasks import task

from assessments.actions import exports, storage
from assessments.emails import outbox
from assessments.models import Assessment, ExportFile
from assessments.operations import build_zip
from assessments.reports import files
from assessments.reports.evidence_file import register_file
from assessments.reports.pdf import worker

from . import access, emails, reader_language, results

logger = logging.getLogger(__name__)
LOW_PRIORITY = -10  # a hundred reports must not delay e-mails
WAIT = 60.0  # seconds to wait for the renderer


@task
def send_email(pk: int) -> None:
    """Make the first attempt to send a queued e-mail; `run_due` retries."""
    outbox.deliver_from_queue(pk=pk)


@task
def send_letter(kind: str, pk: str, base_url: str) -> None:
    """Send an e-mail queued as a task by the previous version; nothing queues it any more."""
    emails.send(kind=kind, pk=pk, base_url=base_url)


@task(priority=LOW_PRIORITY)
def make_export_file(pk: int) -> None:
    """Create one file of an export. Failures are recorded in its row; if the renderer is busy it stays queued."""
    file = exports.begin(pk=pk)
    if file is None:
        return
    try:
        content = _content(file)
    except worker.PdfBusyError:
        return
    except Exception as problem:  # one failing report must not stop the others
        logger.exception("A file of an export could not be made.")
        exports.fail(file=file, why=_why(problem))
    else:
        _keep(file, content)


def _keep(file: ExportFile, content: bytes) -> None:
    try:
        exports.store(file=file, content=content)
    except storage.StorageUnavailableError:
        exports.requeue(file=file)


def _content(file: ExportFile) -> bytes:
    """The file with what its requester may see now. Raises Http404 if they have lost access since."""
    user = file.export.user
    if not user.is_active or file.assessment_id is None:
        raise Http404
    assessment = access.closed_assessment_for(user, file.assessment_id, pulses=file.file_type in Assessment.PULSE_FILES)
    with reader_language.spoken_in(file.export.language):
        names = not file.export.is_hand_over
        result = results.assessment_result(assessment, reader=user, may_read_comments=True, may_read_names=names)
        result = results.with_previous_round(result, lambda before: access.sees_result(user, before))
        result = results.with_all_units(result, lambda asked: access.sees_all_units(user, asked))
        result = results.in_language(result, file.export.language)
        return files.file_of(result, file.file_type, wait=WAIT)


def _why(problem: Exception) -> str:
    for kind, why in WHY.items():
        if isinstance(problem, kind):
            return why
    return ExportFile.Failure.BROKEN


WHY: dict[type[Exception], str] = {
    Http404: ExportFile.Failure.CLOSED,
    worker.PdfTooSlowError: ExportFile.Failure.SLOW,
    worker.PdfUnavailableError: ExportFile.Failure.LIBRARIES,
}


@task(priority=LOW_PRIORITY)
def pack_export(pk: str) -> None:
    """Create the ZIP of an export once all its files are decided; otherwise, or a second time, do nothing."""
    build_zip.pack(pk=pk, register=register_file)
