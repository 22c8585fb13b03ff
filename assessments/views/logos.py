"""Logos: upload, removal, and the files, for those who may see the owner."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in, signed_in_or_shared
from assessments.actions import brands
from assessments.forms.brand import LogoForm
from assessments.models import Consultancy, Logo, Organisation
from assessments.sentences import gettext as _


@signed_in("GET, POST")
def consultancy_logo(request: UserRequest, consultancy: UUID) -> HttpResponse:
    owner = access.consultancy_for(request.user, consultancy)
    return _change(request, owner, reverse("consultancy_logo_file", args=[owner.pk]))


@signed_in("GET, POST")
def client_logo(request: UserRequest, client: UUID) -> HttpResponse:
    owner = access.organisation_for(request.user, client)
    return _change(request, owner, reverse("client_logo_file", args=[owner.pk]))


@signed_in("GET")
def consultancy_logo_file(request: UserRequest, consultancy: UUID) -> HttpResponse:
    """The logo of a consultancy, for its own consultants."""
    return _file(access.logo_of(access.consultancy_for(request.user, consultancy)))


@signed_in("GET")
def client_logo_file(request: UserRequest, client: UUID) -> HttpResponse:
    """The logo of a client, for those who run its assessments."""
    return _file(access.logo_of(access.organisation_for(request.user, client)))


@signed_in_or_shared
def result_logo(request: HttpRequest, pk: UUID, whose: str) -> HttpResponse:
    """Return the client's or the consultancy's logo to anyone who may see the result."""
    reader = access.require_result_reader(request, pk, pulses=True)
    return _file(results.logo_image_of(reader.assessment, whose))


def _change(request: UserRequest, owner: Consultancy | Organisation, address: str) -> HttpResponse:
    user, logo = request.user, access.logo_of(owner)
    if "remove" in request.POST:
        brands.remove_logo(owner=owner, by=user)
        messages.success(request, _("The logo has been removed. New reports will not show it."))
        return redirect(request.path)
    form = LogoForm(
        request.POST or None,
        request.FILES or None,
        is_there=logo is not None,
        initial={"words": logo.words if logo else ""},
    )
    if form.is_valid():
        brands.set_logo(owner=owner, by=user, **form.cleaned_data)
        messages.success(request, _("The logo is saved. New reports will show it."))
        return redirect(request.path)
    is_client = isinstance(owner, Organisation)
    context = {"owner": owner, "logo": logo, "address": address, "form": form, "is_client": is_client}
    return render(request, "assessments/brand/logo.html", context, status=400 if form.errors else 200)


def _file(logo: Logo | results.LogoImage | None) -> HttpResponse:
    if logo is None:
        raise Http404
    return HttpResponse(bytes(logo.png), content_type="image/png")
