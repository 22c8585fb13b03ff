"""A consultancy's brand and snippets, for its consultants."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import brands
from assessments.branding.colour import verdict
from assessments.forms.brand import BrandForm, SnippetForm
from assessments.models import Consultancy, Snippet, User
from assessments.reader_language import language
from assessments.sentences import gettext as _


@signed_in("GET, POST")
def brand(request: UserRequest, consultancy: UUID) -> HttpResponse:
    """Edit name, colour, imprint and disclaimer; the logo has its own page."""
    owner = access.consultancy_for(request.user, consultancy)
    accent, name = owner.accent, owner.name
    form = BrandForm(request.POST or None, instance=owner)
    if form.is_valid():
        brands.change(consultancy=owner, by=request.user, **form.cleaned_data)
        messages.success(request, _("The brand is saved. New reports will use it."))
        return redirect("brand", consultancy=owner.pk)
    context = {"owner": owner, "name": name, "form": form, "logo": access.logo_of(owner)}
    context["accent"] = verdict(accent) if accent else None
    return render(request, "assessments/brand/brand.html", context, status=400 if form.errors else 200)


@signed_in("GET")
def snippets(request: UserRequest, consultancy: UUID) -> HttpResponse:
    """List all snippets by pillar."""
    owner = access.consultancy_for(request.user, consultancy)
    names = {"": _("The whole assessment"), **dict(_bank()["pillars"])}
    rows = [(names.get(row.pillar, row.pillar), row) for row in access.snippets_of(owner)]
    return render(request, "assessments/brand/snippets.html", {"owner": owner, "snippets": rows})


@signed_in("GET, POST")
def new_snippet(request: UserRequest, consultancy: UUID) -> HttpResponse:
    owner = access.consultancy_for(request.user, consultancy)
    return _edit(request, owner, None)


@signed_in("GET, POST")
def snippet(request: UserRequest, consultancy: UUID, snippet: UUID) -> HttpResponse:
    row = access.snippet_for(request.user, consultancy, snippet)
    return _edit(request, row.consultancy, row)


@signed_in("POST")
def remove_snippet(request: UserRequest, consultancy: UUID, snippet: UUID) -> HttpResponse:
    row = access.snippet_for(request.user, consultancy, snippet)
    brands.remove_snippet(snippet=row, by=request.user)
    messages.success(request, _("The snippet has been removed. Commentary written with it is kept."))
    return redirect("snippets", consultancy=consultancy)


def _edit(request: UserRequest, owner: Consultancy, snippet: Snippet | None) -> HttpResponse:
    form = SnippetForm(request.POST or None, instance=snippet or Snippet(consultancy=owner), **_bank())
    if form.is_valid() and _saved(form, owner, snippet, request.user):
        messages.success(request, _("The snippet is saved."))
        return redirect("snippets", consultancy=owner.pk)
    context = {"owner": owner, "snippet": snippet, "form": form}
    return render(request, "assessments/brand/snippet.html", context, status=400 if form.errors else 200)


def _saved(form: SnippetForm, owner: Consultancy, snippet: Snippet | None, user: User) -> bool:
    fields = {name: form.cleaned_data[name] for name in ("pillar", "level", "title", "text")}
    try:
        brands.save_snippet(consultancy=owner, snippet=snippet, by=user, **fields)
    except brands.SnippetGoneError:
        form.add_error(None, _("Someone else has removed this snippet. Nothing was saved; what you entered is below."))
    return form.is_valid()


def _bank() -> dict[str, Any]:
    """Return the pillars as (key, name) and the level names of the bank that new assessments use."""
    version = access.current_bank_version()
    if version is None:
        return {"pillars": [], "levels": []}
    bank = results.bank_in(version, language())
    return {
        "pillars": [(pillar.key, pillar.name) for pillar in bank.pillars],
        "levels": [level.name for level in bank.levels],
    }
