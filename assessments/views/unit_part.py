"""The part of an assessment that a unit lead runs."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.pages.unit_part import unit_part_page


@signed_in("GET")
def unit_part(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show a unit lead who of their units has answered, but not what."""
    grant = access.require_part(request.user, pk)
    asked = {name: request.GET.get(name, "") for name in ("unit", "units", "page")}
    page = unit_part_page(grant.assessment, grant.part or {}, grant.people, request.user, asked)
    context = {
        "assessment": grant.assessment,
        "page": page,
        "has_central": not grant.assessment.is_pulse and bool(results.bank_asked(grant.assessment).central),
    }
    return render(request, "assessments/units/part.html", context)
