"""Deleting an organisation, and restoring it."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import date_format

from assessments import access
from assessments.access.decorators import UserRequest, signed_in
from assessments.access.reauthentication import reauthentication_required
from assessments.forms.leaving import ConfirmDeletionForm
from assessments.models import Organisation, User
from assessments.privacy import leaving
from assessments.sentences import gettext as _


@signed_in("GET, POST")
def delete_organisation(request: UserRequest, pk: UUID) -> HttpResponseBase:
    """Show what would be deleted; POST deletes it. Anyone who leads it can restore it for a while."""
    return _delete(request, access.led_organisation_for(request.user, pk), request.user)


@reauthentication_required
def _delete(request: HttpRequest, organisation: Organisation, user: User) -> HttpResponse:
    """Reauthenticates after the access check, so an outsider gets 404 for this id as for an unknown one."""
    form = ConfirmDeletionForm(
        request.POST or None,
        name=organisation.name,
        label=_("Type the name of the organisation to confirm"),
        button=_("Delete organisation"),
    )
    if request.method == "POST" and form.is_valid():
        messages.success(request, _message(leaving.delete(organisation=organisation, by=user)))
        return redirect("home")
    context = {
        "form": form,
        "organisation": organisation,
        "rounds": access.assessments_in(organisation),
        "days": settings.KEEP_DAYS["DELETED"],
    }
    return render(request, "assessments/leaving/delete.html", context, status=400 if form.errors else 200)


def _message(organisation: Organisation) -> str:
    day = date_format(organisation.last_day, "DATE_FORMAT") if organisation.last_day else ""
    return _("%(name)s has been deleted. You can restore it from this page until %(day)s.") % {
        "name": organisation.name,
        "day": day,
    }


@signed_in("POST")
def restore_organisation(request: UserRequest, pk: UUID) -> HttpResponse:
    organisation = access.deleted_organisation_for(request.user, pk)
    leaving.restore(organisation=organisation, by=request.user)
    messages.success(request, _("%(name)s has been restored.") % {"name": organisation.name})
    return redirect("home")
