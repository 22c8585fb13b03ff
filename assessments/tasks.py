"""Work in the background. A task names rows by their ids: it can be run again, and no text or token waits in a queue."""

import logging

from django.http import Http404
from django.tasks import task

from assessments.actions import exports, storage
from assessments.emails import outbox
from assessments.models import ExportFile
from assessments.operations import build_zip
from assessments.reports import files
from assessments.reports.pdf import worker

from . import access, emails, reader_language, results

logger = logging.getLogger(__name__)
AFTER_LETTERS = -10  # a hundred reports keep no one waiting for a link
WAIT = 60.0  # seconds for a turn at the renderer


@task
def send_email(pk: int) -> None:
    """A first attempt to send a queued e-mail; where it fails, `run_due` makes the others."""
    outbox.deliver_from_queue(pk=pk)


@task
def send_letter(kind: str, pk: str, base_url: str) -> None:
    """What the version before has queued as a task; nothing queues it any more."""
    emails.send(kind=kind, pk=pk, base_url=base_url)


@task(priority=AFTER_LETTERS)
def make_export_file(pk: int) -> None:
    """One file of an export. What cannot be made is noted in its row; a busy renderer leaves it for later."""
    file = exports.begin(pk=pk)
    if file is None:
        return
    try:
        content = _content(file)
    except worker.PdfBusyError:
        return
    except Exception as problem:  # one report that fails must not keep a hundred from being made
        logger.exception("A file of an export could not be made.")
        exports.fail(file=file, why=_why(problem))
    else:
        _keep(file, content)


def _keep(file: ExportFile, content: bytes) -> None:
    try:
        exports.store(file=file, content=content)
    except storage.StorageUnavailableError:
        exports.give_back(file=file)


def _content(file: ExportFile) -> bytes:
    """As the user who asked may see it now; access that has ended since stays closed."""
    user = file.export.user
    if not user.is_active or file.assessment_id is None:
        raise Http404
    assessment = access.closed_assessment_for(user, file.assessment_id)
    with reader_language.spoken_in(file.export.language):
        names = not file.export.is_hand_over
        result = results.assessment_result(assessment, reader=user, may_read_comments=True, may_read_names=names)
        result = results.beside_the_previous_round(result, lambda before: access.sees_result(user, before))
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


@task(priority=AFTER_LETTERS)
def pack_export(pk: str) -> None:
    """The archive of an export whose files are all decided; nothing happens before that, or a second time."""
    build_zip.pack(pk=pk)
