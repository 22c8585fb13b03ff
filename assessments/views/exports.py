"""Exports of many reports in one ZIP: select, follow progress, download."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from assessments import access, reader_language
from assessments.access.decorators import UserRequest, signed_in
from assessments.access.reauthentication import reauthentication_required
from assessments.actions import export_removal, exports as actions
from assessments.forms.exports import ExportForm, HandOverForm
from assessments.forms.portfolio import PortfolioForm
from assessments.handover import export_requests
from assessments.models import Export, Organisation, User
from assessments.pages.portfolio.assessments import Filters
from assessments.pages.portfolio.export_selection import (
    ExportSelection,
    everything_listed,
    export_selection,
    failed_files,
)
from assessments.pages.portfolio.selection import unpacked
from assessments.reports import files
from assessments.sentences import gettext as _

TOO_MANY = gettext_lazy("You already have five exports in progress. Try again when one of them is ready.")


@signed_in("GET")
def exports(request: UserRequest) -> HttpResponse:
    """List the user's exports of the last seven days."""
    return render(request, "assessments/exports/list.html", {"exports": access.exports_of(request.user)})


@signed_in("GET, POST")
def new(request: UserRequest) -> HttpResponse:
    """Choose formats for the selected assessments; POST starts the export."""
    to_export = _selection(request, request.user)
    about = {each.ending: each.about for each in files.formats()}
    stale = [f"{row.organisation.name}, {row.name}" for row in to_export.stale]
    form = ExportForm(request.POST or None, about=about, stale=stale)
    if to_export.assessments and form.is_valid():
        return _ask(request, request.user, to_export, form)
    context = {"selection": to_export, "form": form}
    return render(request, "assessments/exports/new.html", context, status=400 if form.errors else 200)


def _selection(request: HttpRequest, user: User) -> ExportSelection:
    if request.method == "POST":
        return export_selection(user, request.POST.getlist("rounds"))
    if "every" not in request.GET:
        return export_selection(user, [*unpacked(request.GET.get("chosen", "")), *request.GET.getlist("rounds")])
    filters = PortfolioForm(request.GET).filters()
    return everything_listed(user, Filters(filters.get("q", ""), filters.get("state", ""), filters.get("client")))


def _ask(request: HttpRequest, user: User, to_export: ExportSelection, form: ExportForm) -> HttpResponse:
    types, language = form.cleaned_data["types"], reader_language.language()
    try:
        export = actions.ask(assessments=to_export.assessments, types=types, language=language, by=user)
    except actions.TooManyExportsError:
        messages.warning(request, TOO_MANY)
        return redirect("exports")
    return redirect("export", export.pk)


@signed_in("GET, POST")
@reauthentication_required
def hand_over(request: UserRequest) -> HttpResponse:
    """Show what a client's handover file will contain; POST starts building it."""
    clients = access.organisations_managed_by(request.user)
    form = HandOverForm(request.POST or None, clients=clients, initial={"client": request.GET.get("client")})
    if form.is_valid():
        return _hand_over(request, request.user, form.cleaned_data["client"])
    context = {"form": form, "has_clients": clients.exists()}
    return render(request, "assessments/exports/hand_over.html", context, status=400 if form.errors else 200)


def _hand_over(request: HttpRequest, user: User, client: Organisation) -> HttpResponse:
    try:
        export = export_requests.ask(client=client, language=reader_language.language(), by=user)
    except export_requests.NothingToHandOverError:
        messages.warning(
            request,
            _("%(client)s has no closed assessment, so there is nothing to hand over yet.") % {"client": client},
        )
        return redirect("hand_over")
    except actions.TooManyExportsError:
        messages.warning(request, TOO_MANY)
        return redirect("exports")
    return redirect("export", export.pk)


@signed_in("GET")
def export(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show an export's progress, its failures, and the file once it is ready."""
    try:
        row = access.export_for(request.user, pk)
    except Http404:
        return _gone(request)
    context = {"export": row, "failures": failed_files(request.user, row)}
    return render(request, "assessments/exports/export.html", context)


def _gone(request: HttpRequest) -> HttpResponse:
    """Render the same page for an expired export, someone else's and an unknown id."""
    return render(request, "assessments/exports/gone.html", status=404)


@signed_in("GET")
def download(request: UserRequest, pk: UUID) -> HttpResponseBase:
    try:
        row = access.export_for(request.user, pk)
    except Http404:
        return _gone(request)
    if row.state != Export.State.READY:
        raise Http404
    try:
        content = row.file.open()
    except OSError:
        return render(request, "assessments/exports/gone.html", {"lost": True}, status=404)
    day = f"{timezone.localdate(row.created_at):%Y-%m-%d}"
    name = f"{slugify(row.client.name)[:60] or 'client'}-hand-over-{day}.zip" if row.client else f"reports-{day}.zip"
    if request.method == "GET":
        export_requests.note_taken(export=row, by=request.user)
    return FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")


@signed_in("POST")
def again(request: UserRequest, pk: UUID) -> HttpResponse:
    """Resume a stopped export without waiting for the schedule."""
    row = access.export_for(request.user, pk)
    if row.has_stopped:
        actions.resume(export=row)
    return redirect("export", pk)


@signed_in("POST")
def remove(request: UserRequest, pk: UUID) -> HttpResponse:
    export_removal.remove(export=access.export_for(request.user, pk), by=request.user)
    messages.success(request, _("The export has been removed."))
    return redirect("exports")
