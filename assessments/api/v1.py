"""The endpoints of version 1. They are stable; a change of meaning needs a version 2."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.throttling import AuthRateThrottle

from assessments import access, results
from assessments.actions import downloads
from assessments.models import BankVersion, Export, Unit
from assessments.pages.portfolio import assessments
from assessments.pages.units import tree_lines
from assessments.reports import files

from .auth import RATE, TokenAuth, reader
from .schemas import (
    AssessmentShape,
    BankShape,
    ClientShape,
    ExportShape,
    PortfolioShape,
    Problem,
    ScaleShape,
    UnitShape,
)

api = NinjaAPI(
    title="AI leadership maturity",
    version="1",
    description="Read-only. Send a token from your account as `Authorization: Bearer mat_…`.",
    auth=TokenAuth(),
    throttle=AuthRateThrottle(RATE),
    docs_url=None,  # its page loads third-party scripts
    urls_namespace="api-v1",
)
api.add_decorator(never_cache, mode="view")
PROBLEMS = {401: Problem, 403: Problem, 404: Problem, 429: Problem}


@api.get("/portfolio", response={200: PortfolioShape, **PROBLEMS}, by_alias=True, url_name="portfolio")
def portfolio(
    request: HttpRequest, q: str = "", state: str = "", client: UUID | None = None, page: int = 1
) -> PortfolioShape:
    """The assessments that you run: 25 a page, searched and filtered as on the page of that name."""
    user = reader(request, "portfolio")
    clients = assessments.portfolio(user, assessments.Filters(words=q[:100], state=state, client=client, page=page))
    paginator = clients.page.paginator
    return PortfolioShape(
        count=paginator.count,
        page=clients.page.number,
        pages=paginator.num_pages,
        rounds=[_assessment(line) for line in clients.lines],
    )


def _assessment(line: assessments.PortfolioLine) -> AssessmentShape:
    assessment, result = line.assessment, line.result
    return AssessmentShape(
        id=assessment.pk,
        client=ClientShape(id=assessment.organisation.pk, name=assessment.organisation.name),
        name=assessment.name,
        bank=_bank(assessment.bank_version),
        state=assessment.state,  # type: ignore[arg-type]  # constrained by the database
        invited=line.invited,
        submitted=line.submitted,
        overdue=line.is_overdue,
        due_on=assessment.due_on,
        last_activity=line.last_activity,
        index=result.index if result else None,
        level=result.level if result else None,
        origin=result.origin if result else None,  # type: ignore[arg-type]  # constrained by the database
        change=result.change if result else None,
        change_verdict=line.verdict,
    )


def _bank(version: BankVersion) -> BankShape:
    bank = results.bank_of(version)
    return BankShape(
        key=bank.key,
        version=bank.version,
        title=bank.title,
        licence=bank.licence or "",
        attribution=bank.attribution or "",
        levels=len(bank.levels),
        scale=ScaleShape(low=bank.scale.low, high=bank.scale.high),
    )


@api.get("/rounds/{uuid:pk}/result", response={200: dict, **PROBLEMS}, url_name="result")
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The result of a closed assessment that you run, in the format `maturity-result`, within the limits of the page."""
    user = reader(request, "results")
    assessment = access.closed_assessment_for(user, pk, pulses=True)
    visible = results.assessment_result(assessment, reader=user, may_read_comments=True)
    visible = results.with_previous_round(visible, lambda before: access.sees_result(user, before))
    visible = results.with_all_units(visible, lambda asked: access.sees_all_units(user, asked))
    content = files.file_of(visible, "json", wait=0)
    downloads.note(what=[assessment], form="json", by=user, with_token=True)
    return HttpResponse(content, content_type="application/json")


@api.get("/rounds/{uuid:pk}/units", response={200: dict, **PROBLEMS}, url_name="units")
def units(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The units of a closed assessment that you run, in the format `maturity-units`; none if it was not asked by unit."""
    user = reader(request, "results")
    assessment = access.closed_assessment_for(user, pk)
    content = results.unit_figures_text(assessment)
    downloads.note(what=[assessment], form="json", by=user, with_token=True)
    return HttpResponse(content, content_type="application/json")


@api.get("/clients/{uuid:pk}/units", response={200: list[UnitShape], **PROBLEMS}, url_name="client_units")
def client_units(request: HttpRequest, pk: UUID) -> list[UnitShape]:
    """The units of a client that you manage, then its AI systems, closed ones included: each after the one above it."""
    organisation = access.organisation_for(reader(request, "portfolio"), pk)
    kinds = [tree_lines(access.units_of(organisation, kind)) for kind in Unit.Kind.values]
    return [_unit(line.unit) for lines in kinds for line in lines]


def _unit(row: Unit) -> UnitShape:
    same = ("name", "headcount", "closed_on", "purpose", "owner", "in_use_since", "risk_class")
    return UnitShape(
        id=row.pk,
        kind=row.kind,  # type: ignore[arg-type]  # constrained by the database
        parent=row.parent_id,
        **{name: getattr(row, name) for name in same},
    )


@api.get("/exports", response={200: list[ExportShape], **PROBLEMS}, url_name="exports")
def exports(request: HttpRequest) -> list[ExportShape]:
    """What you have asked for in the last seven days, newest first."""
    return [_export(request, row) for row in access.exports_for_programs(reader(request, "exports"))]


@api.get("/exports/{uuid:pk}", response={200: ExportShape, **PROBLEMS}, url_name="export")
def export(request: HttpRequest, pk: UUID) -> ExportShape:
    """How far an export is."""
    return _export(request, get_object_or_404(access.exports_for_programs(reader(request, "exports")), pk=pk))


def _export(request: HttpRequest, row: Export) -> ExportShape:
    ready = row.state == Export.State.READY
    made, decided, wanted = (getattr(row, name) for name in ("made", "decided", "wanted"))
    return ExportShape(
        id=row.pk,
        state=row.state,  # type: ignore[arg-type]  # constrained by the database
        created_at=row.created_at,
        expires_at=row.expires_at,
        wanted=wanted,
        made=made,
        failed=decided - made,
        size=row.size,
        checksum=row.checksum or None,
        file=request.build_absolute_uri(reverse("api-v1:export_file", args=[row.pk])) if ready else None,
    )


@api.get("/exports/{uuid:pk}/reports.zip", response={200: None, **PROBLEMS}, url_name="export_file")
def export_file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The ZIP of an export that is ready."""
    user = reader(request, "exports")
    row = get_object_or_404(access.exports_for_programs(user), pk=pk)
    if row.state != Export.State.READY:
        raise Http404
    try:
        content = row.file.open()
    except OSError as problem:
        raise HttpError(404, "This file is gone from where it was kept. Ask for the export again.") from problem
    downloads.note(what=[row], form="zip", by=user, with_token=True)
    return FileResponse(content, as_attachment=True, filename="reports.zip", content_type="application/zip")


urlpatterns, _app_name, _namespace = api.urls
