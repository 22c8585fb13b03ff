"""A result as a page and as a PDF."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments import access, results
from assessments.charts.disclosure import Disclosure
from assessments.charts.page import result_page
from assessments.models import Assessment, User
from assessments.results import RoundResult


@login_required
@never_cache
@require_safe
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = _result_for(access.signed_in(request.user), pk)
    page = result_page(
        shown.bank,
        shown.result,
        organisation=shown.assessment.organisation.name,
        disclosure=Disclosure(shown.means, shown.counts),
    )
    context = {"assessment": shown.assessment, "frozen": shown.frozen, "page": page}
    return render(request, "assessments/results/result.html", context)


@login_required
@never_cache
@require_safe
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    from assessments.reports.pdf import render_pdf  # a report is rare, and WeasyPrint takes long to load
    from assessments.reports.report import report_of

    shown = _result_for(access.signed_in(request.user), pk)
    response = HttpResponse(render_pdf(report_of(shown)), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(shown.assessment)}"'
    return response


def _result_for(user: User, pk: UUID) -> RoundResult:
    assessment = access.result_for(user, pk)
    return results.round_result(assessment, reader=user, may_read_comments=access.runs(user, assessment))


def file_name(assessment: Assessment) -> str:
    """A name that every file system takes: `northfield-q4-2026.pdf`."""
    words = slugify(f"{assessment.organisation.name} {assessment.name}")
    return f"{words[:80] or 'report'}.pdf"
