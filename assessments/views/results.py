"""A result as a page, and its charts as files."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments import access, results
from assessments.charts.catalogue import Chart, chart
from assessments.charts.disclosure import Disclosure
from assessments.charts.facts import Earlier, Facts
from assessments.charts.page import ResultPage, page_of
from assessments.charts.table import csv_of
from assessments.models import Result as ResultRow
from assessments.models import User
from assessments.results import RoundResult


@login_required
@never_cache
@require_safe
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = access.signed_in(request.user)
    shown = _result_for(user, pk)
    context = {
        "assessment": shown.assessment,
        "frozen": shown.frozen,
        "page": _page(_reading(user, shown)),
        "runs": access.runs(user, shown.assessment),
    }
    return render(request, "assessments/results/result.html", context)


@login_required
@never_cache
@require_safe
def chart_file(request: HttpRequest, pk: UUID, chart_name: str, kind: str) -> HttpResponse:
    """One chart of a result as PNG, SVG or CSV, within the same limits as on the page."""
    user = access.signed_in(request.user)
    shown = _result_for(user, pk)
    found = chart(chart_name, _reading(user, shown).facts())
    if found is None or kind not in CHART_FILES:
        raise Http404
    content_type, made = CHART_FILES[kind]
    name = slugify(f"{shown.assessment.organisation.name} {shown.assessment.name} {chart_name}")
    return _attachment(made(found), content_type, f"{name[:80]}.{kind}")


def _png(found: Chart) -> bytes:
    from assessments.reports.raster import png  # rare, and the rasteriser takes long to load

    return png(found.file(), width=1440)


CHART_FILES = {
    "png": ("image/png", _png),
    "svg": ("image/svg+xml", lambda found: found.file().encode()),
    "csv": ("text/csv; charset=utf-8", lambda found: csv_of(found.table).encode()),
}


def _attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _result_for(user: User, pk: UUID) -> RoundResult:
    assessment = access.result_for(user, pk)
    return results.round_result(assessment, reader=user, may_read_comments=access.runs(user, assessment))


@dataclass(frozen=True)
class Reading:
    """A result as one reader may see it. Readings of one `key` see the same, so one page serves them all."""

    key: tuple[Hashable, ...]
    facts: Callable[[], Facts] = field(compare=False)


@lru_cache(maxsize=16)
def _page(reading: Reading) -> ResultPage:
    """The page, drawn once a process: a frozen result never changes."""
    return page_of(reading.facts())


def _reading(user: User, shown: RoundResult) -> Reading:
    before, runs = _before(user, shown), access.runs(user, shown.assessment)
    key = (
        shown.frozen.checksum,
        None if before is None else (before.checksum, before.assessment.name),
        (shown.assessment.organisation.name, shown.assessment.name),
        (shown.confidential, runs, get_language()),
    )
    return Reading(key, lambda: _facts(shown, before, runs=runs))


def _facts(shown: RoundResult, before: ResultRow | None, *, runs: bool) -> Facts:
    """The result with what this reader may compare it with."""
    return Facts(
        bank=shown.bank,
        result=shown.result,
        organisation=shown.assessment.organisation.name,
        disclosure=Disclosure(shown.means, shown.counts),
        earlier=None if before is None else _earlier(shown, before),
        functions=shown.functions,
        supported=shown.supported,
        careless=shown.careless if runs else 0,
    )


def _before(user: User, shown: RoundResult) -> ResultRow | None:
    """The result of the round before, where this reader may see it as well."""
    before = results.round_before(shown.assessment)
    if before is None:
        return None
    try:
        access.result_for(user, before.assessment_id)
    except Http404:
        return None
    return before


def _earlier(shown: RoundResult, before: ResultRow) -> Earlier:
    found = results.compared(before, shown)
    return Earlier(found.result, found.comparison, (found.assessment.name, shown.assessment.name))
