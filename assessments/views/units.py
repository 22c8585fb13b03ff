"""The units of an organisation, and its AI systems: the tree, pasting and adding, changing, merging and closing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments import access
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import units
from assessments.forms.units import MergeForm, PasteUnitsForm, UnitForm, UnitLeadsForm, problem_of
from assessments.models import Organisation, Unit
from assessments.pages.search import search_page
from assessments.pages.units import TreeLine, choices, tree_lines
from assessments.sentences import gettext as _, ngettext


def _lines(owned: Organisation, kind: str) -> list[TreeLine]:
    return tree_lines(access.units_of(owned, kind))


def _names(kind: str) -> dict[str, str]:
    """The addresses of the pages about units of this kind."""
    return {"tree": "systems", "new": "new_system", "paste": "paste_systems"} if kind == "system" else {
        "tree": "units", "new": "new_unit", "paste": "paste_units"
    }  # fmt: skip


@signed_in("GET")
def tree(request: UserRequest, pk: UUID, kind: str) -> HttpResponse:
    """Show the tree of units of one kind, a page of it, or the units of a name."""
    owned = access.organisation_for(request.user, pk)
    shown = search_page(_lines(owned, kind), request.GET, lambda line: line.unit.name)
    context = {"owned": owned, "shown": shown, "kind": kind, "names": _names(kind)}
    return render(request, "assessments/units/tree.html", context)


@signed_in("GET, POST")
def new(request: UserRequest, pk: UUID, kind: str) -> HttpResponse:
    """Add one unit."""
    owned = access.organisation_for(request.user, pk)
    lines = _lines(owned, kind)
    form = UnitForm(request.POST or None, kind=kind, parents=choices(lines))
    if request.method == "POST" and form.is_valid():
        paths = {line.unit.pk: line.path for line in lines}
        above = paths[form.under] if form.under else ()
        added = units.NewUnit((*above, form.cleaned_data["name"]), form.details)
        if _try(form, lambda: units.add(organisation=owned, kind=kind, units=[added], by=request.user)):
            messages.success(request, _("%(name)s has been added.") % {"name": form.cleaned_data["name"]})
            return redirect(_names(kind)["tree"], pk=pk)
    context = {"owned": owned, "form": form, "kind": kind, "names": _names(kind)}
    return render(request, "assessments/units/new.html", context)


@signed_in("GET, POST")
def paste(request: UserRequest, pk: UUID, kind: str) -> HttpResponse:
    """Add many units: the first POST shows how each line is read, the second adds them."""
    owned = access.organisation_for(request.user, pk)
    active = [line.path for line in _lines(owned, kind) if not line.unit.is_closed]
    form = PasteUnitsForm(request.POST or None, kind=kind, existing=active)
    understood = request.method == "POST" and form.is_valid()
    if understood and "add" in request.POST:
        rows = [units.NewUnit(row.path, row.details) for row in form.new]
        if _try(form, lambda: units.add(organisation=owned, kind=kind, units=rows, by=request.user)):
            n = len(rows)
            messages.success(request, ngettext("%(n)d has been added.", "%(n)d have been added.", n) % {"n": n})
            return redirect(_names(kind)["tree"], pk=pk)
        understood = False
    template = "preview" if understood and "change" not in request.POST else "paste"
    context = {"owned": owned, "form": form, "kind": kind, "names": _names(kind)}
    return render(request, f"assessments/units/{template}.html", context)


def _try(form: Any, act: Callable[[], object]) -> bool:
    """Whether the action was done; if not, the form says why."""
    try:
        act()
    except units.UnitError as error:
        form.add_error(None, problem_of(error.code, error.name))
        return False
    return True


@signed_in("GET, POST")
def unit(request: UserRequest, pk: UUID, unit: UUID) -> HttpResponse:
    """Show and change one unit: its name and details, its place, who leads it; merge, close or delete it."""
    row = access.unit_for(request.user, pk, unit)
    lines = _lines(row.organisation, row.kind)
    sent = next((name for name in ("save", "merge", "leads") if name in request.POST), "")
    form = UnitForm(request.POST if sent == "save" else None, kind=row.kind, parents=choices(lines, {row.pk}), unit=row)
    merging = MergeForm(request.POST if sent == "merge" else None, units=choices(lines, {row.pk}))
    people = access.possible_unit_leads(row.organisation)
    leads = UnitLeadsForm(request.POST if sent == "leads" else None, people=people, unit=row)
    found = {line.unit.pk: line.unit for line in lines}
    acts: dict[str, tuple[Any, Callable[[], object]]] = {
        "save": (form, lambda: _save(row, form, found, request)),
        "merge": (merging, lambda: _merge(row, merging, found, request)),
        "leads": (leads, lambda: units.set_leads(unit=row, users=leads.cleaned_data["people"], by=request.user)),
    }
    if sent and acts[sent][0].is_valid() and _try(*acts[sent]):
        messages.success(request, _("Saved."))
        return redirect(_names(row.kind)["tree"], pk=pk)
    context = {
        "owned": row.organisation,
        "unit": row,
        "line": next(line for line in lines if line.unit.pk == row.pk),
        "form": form,
        "merging": merging if not row.is_closed and len(merging.fields["into"].choices) > 1 else None,  # type: ignore[attr-defined]
        "leads": leads if people.exists() else None,
        "names": _names(row.kind),
    }
    return render(request, "assessments/units/unit.html", context)


def _save(row: Unit, form: UnitForm, found: dict[UUID, Unit], request: UserRequest) -> None:
    parent = found[form.under] if form.under else None
    units.change(unit=row, name=form.cleaned_data["name"], details=form.details, parent=parent, by=request.user)


def _merge(row: Unit, form: MergeForm, found: dict[UUID, Unit], request: UserRequest) -> None:
    units.merge(unit=row, into=found[UUID(form.cleaned_data["into"])], by=request.user)


@signed_in("POST")
def set_state(request: UserRequest, pk: UUID, unit: UUID, state: str) -> HttpResponse:
    """Close, reopen or delete a unit."""
    row = access.unit_for(request.user, pk, unit)
    acts = {
        "closed": (units.close, _("%(name)s is closed. Earlier results still show it.")),
        "open": (units.reopen, _("%(name)s is open again.")),
        "deleted": (units.delete, _("%(name)s has been deleted.")),
    }
    if state not in acts:
        raise Http404
    act, said = acts[state]
    try:
        act(unit=row, by=request.user)
    except units.UnitError as error:
        return _refused(request, error, row)
    messages.success(request, said % {"name": row.name})
    return redirect(_names(row.kind)["tree"], pk=pk)


def _refused(request: HttpRequest, error: units.UnitError, row: Unit) -> HttpResponse:
    messages.warning(request, problem_of(error.code, error.name))
    return redirect("unit", pk=row.organisation_id, unit=row.pk)


@signed_in("POST")
def show_all(request: UserRequest, pk: UUID) -> HttpResponse:
    """Decide whether members see the results of all units."""
    owned = access.organisation_for(request.user, pk)
    units.show_all(organisation=owned, shows=request.POST.get("shows") == "1", by=request.user)
    messages.success(request, _("Saved."))
    return redirect("units", pk=pk)
