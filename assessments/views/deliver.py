"""Downloads of a result: the report as PDF, and its contents as Word, Excel, CSV and JSON."""

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from assessments import access, reader_language, results
from assessments.access.decorators import signed_in_or_shared
from assessments.actions import downloads
from assessments.actions.kept_reports import Shelf
from assessments.http import attachment, file_name
from assessments.models import Assessment
from assessments.pages.threads import PrintedThread, printed_thread
from assessments.reports import files
from assessments.reports.pdf.queue import IN_A_PAGE
from assessments.reports.report import Paper, Report, report_of
from assessments.results import AssessmentResult
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers

RETRY_AFTER = 2  # seconds, about the time one report takes


@signed_in_or_shared
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the report as PDF, A4 or `?paper=Letter`, or `?brief=1`: the stored copy, or a new one after waiting in the queue.

    `?threads=1` prints the questions about answers and the replies, for who manages the assessment.
    """
    from assessments.reports.pdf.kept import kept_report  # rarely needed and slow to import
    from assessments.reports.pdf.worker import PdfBusyError, PdfError, PdfShareError

    def read_again() -> Report:
        reader = access.require_result_reader(request, pk)
        return _report(request, reader, _result(reader))

    reader = access.require_result_reader(request, pk)
    result = _result(reader)
    question = _question(request, reader, result)
    if question:
        return question
    asked, shelf = _report(request, reader, result), Shelf(result.assessment)
    try:
        printed = kept_report(asked, shelf=shelf, again=read_again, wait=IN_A_PAGE, person=reader.key)
    except PdfShareError as problem:
        return _not_yet(request, result, problem, retry=True, status=429)
    except PdfBusyError as problem:
        return _not_yet(request, result, problem, retry=True)
    except PdfError as problem:
        return _not_yet(request, result, problem, retry=False)
    response = _saved(request, reader, result, printed.pdf, "pdf", kind="brief" if asked.is_brief else "")
    response.headers["Report-Ready"] = quote(ready(printed.pages, len(printed.pdf)))
    return response


def _report(request: HttpRequest, reader: access.ResultReader, result: AssessmentResult) -> Report:
    """The report as the address asks for it; for readers with an account it links each question to its page."""
    paper: Paper = "Letter" if request.GET.get("paper") == "Letter" else "A4"
    pages = ""
    if reader.user is not None:
        pages = request.build_absolute_uri(reverse("question", args=[result.assessment.pk, "-"])).removesuffix("-/")
    is_brief, threads = request.GET.get("brief") == "1", _threads(request, reader)
    return report_of(result, paper=paper, brief=is_brief, threads=threads, question_pages=pages)


def ready(pages: int, size: int) -> str:
    """Return `Report ready (15 pages, 240 KB)`."""
    params = {"pages": pages, "size": numbers.file_size(size)}
    return (
        ngettext("Report ready (%(pages)s page, %(size)s)", "Report ready (%(pages)s pages, %(size)s)", pages) % params
    )


def _not_yet(
    request: HttpRequest, result: AssessmentResult, problem: Exception, *, retry: bool, status: int = 503
) -> HttpResponse:
    """Explain why there is no report yet. If waiting helps, the page reloads by itself."""
    context = {"assessment": result.assessment, "problem": str(problem), "retry": retry}
    response = render(request, "assessments/results/report_later.html", context, status=status)
    if retry:
        response.headers["Retry-After"] = str(RETRY_AFTER)
        response.headers["Refresh"] = str(RETRY_AFTER)
    return response


@signed_in_or_shared
def report_file(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """Return the report's contents in another format, with the same restrictions; slides also as `?slides=4:3`, Word also
    with `?threads=1`, as above."""
    if form not in files.FORMS:
        raise Http404
    reader = access.require_result_reader(request, pk, pulses=form in Assessment.PULSE_FILES)
    result = _result(reader)
    question = _question(request, reader, result)
    if question:
        return question
    is_narrow = form == "pptx" and request.GET.get("slides") == "4:3"
    if is_narrow:
        content = files.slides_of(result, "4:3")
    elif form == "docx":
        content = files.word_of(result, threads=_threads(request, reader))
    else:
        content = files.file_of(result, form, wait=0)
    response = _saved(request, reader, result, content, form)
    response.headers["Report-Ready"] = quote(_("Ready (%(size)s)") % {"size": numbers.file_size(len(content))})
    return response


def _question(request: HttpRequest, reader: access.ResultReader, result: AssessmentResult) -> HttpResponse | None:
    """Ask before a file with commentary on an earlier result; None without any, or once the reader wants it so."""
    stale = [text.pillar for text in result.commentary if text.is_stale]
    if not stale or request.GET.get("stale") == "1":
        return None
    params = request.GET.copy()
    params["stale"] = "1"
    names: dict[str | None, str] = {
        None: _("The whole assessment"),
        **{pillar.key: pillar.name for pillar in result.bank.pillars},
    }
    context = {
        "assessment": result.assessment, "runs": reader.runs, "names": [names.get(key, key) for key in stale],
        "address": f"{request.path}?{params.urlencode()}",
    }  # fmt: skip
    return render(request, "assessments/results/stale_commentary.html", context, status=409)


def _result(reader: access.ResultReader) -> AssessmentResult:
    user = reader.user
    result = results.assessment_result(
        reader.assessment, reader=user, may_read_comments=reader.runs, outsider=user is None
    )
    if user is not None:
        result = results.with_previous_round(result, lambda before: access.sees_result(user, before))
        result = results.with_all_units(result, lambda asked: access.sees_all_units(user, asked))
    return results.in_language(result, reader_language.language())


def _threads(request: HttpRequest, reader: access.ResultReader) -> tuple[PrintedThread, ...]:
    """What the pages of the threads show to who manages the assessment, if they want it printed."""
    if request.GET.get("threads") != "1" or not reader.runs:
        return ()
    bank = results.bank_in(reader.assessment.bank_version, reader_language.language())
    return tuple(printed_thread(bank, row, entries) for row, entries in access.threads_with_entries(reader.assessment))


def _saved(
    request: HttpRequest,
    reader: access.ResultReader,
    result: AssessmentResult,
    content: bytes,
    form: str,
    *,
    kind: str = "",
) -> HttpResponse:
    if request.method == "GET":
        downloads.note(what=[reader.link or result.assessment], form=form, by=reader.user)
    words = (result.assessment.organisation.name, result.assessment.name, kind)
    return attachment(content, files.CONTENT_TYPES[form], file_name(*words, ending=form, otherwise=_("report")))
