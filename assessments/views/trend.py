"""The trend of an organisation's assessments."""

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.pages.trend import trend_page
from assessments.reader_language import language
from assessments.wording.credit import credit


@signed_in("GET")
def trend(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show the lines through this assessment and those before it, to anyone who may see three results or more."""
    assessment, runs = access.require_result(request.user, pk)
    result = results.assessment_result(assessment, reader=request.user, may_read_comments=False)
    history = results.trend_of(result, access.may_see_results(request.user, assessment))
    view = replace(results.in_language(result, language()).view, trend=history)
    page = trend_page(view)
    if page is None:
        raise Http404
    context = {"assessment": assessment, "runs": runs, "page": page, "bank_credit": credit(view.bank)}
    return render(request, "assessments/results/trend.html", context)
