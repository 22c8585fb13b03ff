"""The landing page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from assessments.demo import sample
from assessments.emails.phrases import minutes_for
from assessments.pages.result.page import Glance
from assessments.sentences import gettext as _
from assessments.wording import numbers


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    language = get_language() or "en"
    bank, report = sample.bank_in(language), sample.report_facts(language)
    questions = len(bank.questions)
    context = {
        "pillars": bank.pillars,
        "is_about_us": True,
        "bank_facts": {"questions": questions, "pillars": len(bank.pillars), "minutes": minutes_for(questions)},
        "sample": _sample(sample.sample_glance(language)),
        "sample_pages": report.pages if report else None,
        "sample_size": numbers.file_size(report.size) if report else None,
    }
    return render(request, "assessments/landing/page.html", context)


def _sample(glance: Glance) -> dict[str, object]:
    verdict = glance.verdict
    return {
        "organisation": sample.ORGANISATION,
        "finding": glance.finding,
        "level_text": _("%(level)s of %(levels)s") % vars(verdict) if verdict.level else _("No level"),
        "level_name": verdict.level_name,
        "index_text": verdict.index,
        "interval_text": verdict.interval,
        "dots": glance.dots,
    }


@require_safe
def sample_report(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(sample.sample_report(get_language() or "en").pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="sample-report.pdf"'
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
