"""Compare two to four assessments of one client, or one each of two to four clients."""

from collections.abc import Callable, Sequence
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.formats import date_format

from assessments import reader_language, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import downloads
from assessments.charts.strips import VERSUS, VERSUS_SHEET
from assessments.http import attachment, file_name
from assessments.models import Assessment, User
from assessments.pages.compare import ComparePage, compare_page
from assessments.pages.portfolio.selection import (
    MAX_COMPARED,
    MIN_COMPARED,
    chosen_assessments,
    counterparts,
    packed,
    unpacked,
)
from assessments.reports.files import CONTENT_TYPES
from assessments.reports.pdf.queue import IN_A_PAGE
from assessments.sentences import gettext as _
from assessments.wording.compare import ComparisonKind, ComparisonSide

type CompareView = Callable[[HttpRequest, User, Sequence[Assessment]], HttpResponse]


def _of_selection(show: CompareView) -> Callable[[HttpRequest], HttpResponseBase]:
    """Wrap a view to receive the user's assessments from the query string, or to explain why they can't be compared."""

    @signed_in("GET")
    @wraps(show)
    def view(request: UserRequest) -> HttpResponse:
        assessments = chosen_assessments(
            request.user, [*unpacked(request.GET.get("chosen", "")), *request.GET.getlist("rounds")]
        )
        if problem := _problem(assessments):
            return _choose(request, problem, assessments)
        return show(request, request.user, assessments)

    return view


def _choose(request: UserRequest, problem: str, assessments: Sequence[Assessment]) -> HttpResponse:
    """Say what to select; the way back to the portfolio keeps what is selected."""
    context = {"problem": problem, "chosen": assessments, "packed": packed(row.pk for row in assessments)}
    context["counterparts"] = counterparts(request.user, assessments)
    return render(request, "assessments/compare/choose.html", context, status=400)


@_of_selection
def compare(request: HttpRequest, user: User, assessments: Sequence[Assessment]) -> HttpResponse:
    page, client = _page(user, assessments)
    context = {"page": page, "client": client, "query": request.GET.urlencode(), "against": _against(page)}
    context["bank_credit"] = " ".join(page.credits)
    return render(request, "assessments/compare/page.html", context)


@_of_selection
def compare_pdf(request: HttpRequest, user: User, assessments: Sequence[Assessment]) -> HttpResponse:
    from assessments.reports.pdf.compare import comparison_pdf  # rarely needed and slow to import
    from assessments.reports.pdf.worker import PdfBusyError, PdfError, PdfShareError

    page, client = _page(user, assessments, height=VERSUS_SHEET)
    try:
        content = comparison_pdf(page, client=client, wait=IN_A_PAGE, person=str(user.pk))
    except PdfError as error:
        status = 429 if isinstance(error, PdfShareError) else 503
        response = render(request, "assessments/compare/later.html", {"problem": str(error)}, status=status)
        if isinstance(error, PdfBusyError):
            response.headers["Retry-After"] = "2"
        return response
    _note(request, user, assessments, "pdf")
    return _saved(content, "pdf", page, client)


@_of_selection
def compare_xlsx(request: HttpRequest, user: User, assessments: Sequence[Assessment]) -> HttpResponse:
    from assessments.reports.compare_workbook import comparison_workbook

    page, client = _page(user, assessments)
    content = comparison_workbook(page, client=client)
    _note(request, user, assessments, "xlsx")
    return _saved(content, "xlsx", page, client)


def _problem(assessments: Sequence[Assessment]) -> str | None:
    """Return why these assessments cannot be compared, or None."""
    if not MIN_COMPARED <= len(assessments) <= MAX_COMPARED:
        return _("Choose two to four assessments with a result.")
    pulses = [str(assessment) for assessment in assessments if assessment.is_pulse]
    if pulses:
        return _("%(rounds)s: a pulse has no scores. Its result page shows what has changed.") % {
            "rounds": "; ".join(pulses)
        }
    open_ones = [str(assessment) for assessment in assessments if not assessment.has_result]
    if open_ones:
        return _("%(rounds)s: no result yet. An assessment can be compared once it is closed.") % {
            "rounds": "; ".join(open_ones)
        }
    if 1 < len({assessment.organisation_id for assessment in assessments}) < len(assessments):
        return _("Choose assessments of one organisation, or one assessment each of several organisations.")
    return None


def _page(user: User, assessments: Sequence[Assessment], *, height: float = VERSUS) -> tuple[ComparePage, str | None]:
    """Return the comparison, and the client's name if there is only one; its assessments are then in closing order."""
    one_client = len({assessment.organisation_id for assessment in assessments}) == 1
    ordered = sorted(assessments, key=lambda r: (str(r.closed_at), str(r.pk))) if one_client else assessments
    kind: ComparisonKind = "change" if one_client else "difference"
    page = compare_page([_side(user, assessment, kind) for assessment in ordered], kind, height=height)
    return page, assessments[0].organisation.name if one_client else None


def _side(user: User, assessment: Assessment, kind: ComparisonKind) -> ComparisonSide:
    result = results.assessment_result(assessment, reader=user, may_read_comments=False)
    result = results.in_language(result, reader_language.language())
    closed = date_format(result.frozen.frozen_at.astimezone(assessment.organisation.zone), "DATE_FORMAT")
    return ComparisonSide(
        id=str(assessment.pk),
        name=assessment.name if kind == "change" else assessment.organisation.name,
        detail=closed if kind == "change" else f"{assessment.name}, {closed}",
        bank=result.bank,
        seen=result.seen,
        answers=result.answers,
        confidential=result.confidential,
    )


def _against(page: ComparePage) -> list[tuple[str, str]]:
    """For several clients, return (name, query string) to compare the first with each of the others."""
    ids = [head.id for head in page.heads]
    if page.kind == "change":
        return []
    return [
        (head.name, "&".join(f"rounds={key}" for key in [head.id, *(other for other in ids if other != head.id)]))
        for head in page.heads[1:]
    ]


def _note(request: HttpRequest, user: User, assessments: Sequence[Assessment], form: str) -> None:
    if request.method == "GET":
        downloads.note(what=assessments, form=f"comparison {form}", by=user)


def _saved(content: bytes, form: str, page: ComparePage, client: str | None) -> HttpResponse:
    """Return the file as a download, named after what is compared: `compare-northfield-q2-q4.pdf`."""
    words = ("compare", client or "", *(head.name for head in page.heads))
    return attachment(content, CONTENT_TYPES[form], file_name(*words, ending=form, otherwise="compare"))
