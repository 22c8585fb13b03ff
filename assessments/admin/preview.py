"""Preview a draft as respondents and readers would see it: the real pages, read-only, saving nothing."""

import uuid
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.translation import get_language, gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from assessments.formats.bank import load_bank
from assessments.formats.dump import dump_bank
from assessments.formats.problems import ProblemsError
from assessments.forms.cards import card_of
from assessments.models import BankVersion
from assessments.pages.questionnaire import QuestionnairePage
from assessments.results import bank_of, spoken
from assessments.scoring.bank import Bank

from . import sample
from .frame import render_page, version_to_see

NOBODY = uuid.UUID(int=0)
WIDTHS = {"phone": 390, "desktop": 1280}


def _bank(request: HttpRequest, version: BankVersion) -> Bank | None:
    """Return the bank if it is valid; otherwise add an error message and return None."""
    try:
        return spoken(load_bank(dump_bank(bank_of(version))))
    except ProblemsError:
        messages.error(request, _("A version with errors has no preview. Fix these first."))
        return None


def _to_check(version: BankVersion) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:assessments_bankversion_check", args=(version.pk,)))


def preview(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    """Show one pillar at phone or desktop width, in the admin's layout."""
    version = version_to_see(model_admin, request, pk)
    bank = _bank(request, version)
    if bank is None:
        return _to_check(version)
    pillar_id = request.GET.get("pillar")
    pillar = next((p for p in bank.pillars if p.key == pillar_id), bank.pillars[0])
    width = request.GET.get("width") if request.GET.get("width") in WIDTHS else "phone"
    title = _("Preview of %(version)s") % {"version": version}
    context: dict[str, Any] = {"bank": bank, "pillar": pillar, "width": width}
    return render_page(
        model_admin, request, "preview.html", version, title=title, is_nav_sidebar_enabled=False, **context
    )


def _framed(view: Any) -> Any:
    """Allow our own pages, and no other site, to frame this view."""
    policy: dict[str, Any] = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}
    return xframe_options_sameorigin(csp_override(policy)(view))


def pillar_page(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Show the respondent's page. Its buttons lead to the next section and save nothing."""
    version = version_to_see(model_admin, request, pk)
    bank = _bank(request, version)
    if bank is None:
        return _to_check(version)
    page = _page(bank, key)
    if request.method == "POST":
        following = page.next_key or bank.pillars[0].key
        return HttpResponseRedirect(reverse("admin:assessments_bankversion_page", args=(pk, following)))
    return render(request, "admin/authoring/pillar.html", _context(version, page))


def _page(bank: Bank, key: str) -> QuestionnairePage:
    number = next((number for number, pillar in enumerate(bank.pillars, start=1) if pillar.key == key), None)
    if number is None:
        raise Http404
    return QuestionnairePage(bank, number, bank.pillars[number - 1], {}, {})


def _context(version: BankVersion, page: QuestionnairePage) -> dict[str, Any]:
    questions = page.pillar.questions
    assessment = SimpleNamespace(pk=NOBODY, name=_("Preview"), is_named=False, organisation=SimpleNamespace(name=""))
    cards = [
        card_of(page.bank, number, len(questions), question, answer=None)
        for number, question in enumerate(questions, start=1)
    ]
    grant = SimpleNamespace(pk=NOBODY, delegation=None, submission=SimpleNamespace(pk=0))
    return {"version": version, "page": page, "cards": cards, "grant": grant, "assessment": assessment, "owner": ""}


def sample_result(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    version = version_to_see(model_admin, request, pk)
    bank = _bank(request, version)
    if bank is None:
        return _to_check(version)
    context = {"version": version, "page": sample.page_for(bank), "organisation": sample.ORGANISATION}
    return render(request, "admin/authoring/result.html", context)


def sample_report(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    version = version_to_see(model_admin, request, pk)
    bank = _bank(request, version)
    if bank is None:
        return _to_check(version)
    content = sample.pdf_for(bank, _("Sample assessment"), timezone.localdate(), get_language() or "en")
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{version.bank.key}-{version.version}-sample.pdf"'
    return response


framed_page = _framed(pillar_page)
