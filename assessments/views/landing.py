"""The front door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments import sample

MINUTES = 25  # 56 questions at the pace of a careful reader


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    bank, page = sample.sample_bank(), sample.sample_page(get_language() or "en")
    context = {
        "pillars": bank.pillars,
        "bank_facts": {"questions": len(bank.questions), "pillars": len(bank.pillars), "minutes": MINUTES},
        "sample": {
            "organisation": sample.ORGANISATION,
            "finding": page.finding,
            "level_text": _("%(level)d of 5") % {"level": page.verdict.level} if page.verdict.level else _("No level"),
            "level_name": page.verdict.level_name,
            "index_text": page.verdict.index,
            "interval_text": page.verdict.interval,
            "dots": page.dots,
        },
    }
    return render(request, "assessments/landing/page.html", context)


@require_safe
def sample_report(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(sample.sample_pdf(get_language() or "en"), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="sample-report.pdf"'
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
