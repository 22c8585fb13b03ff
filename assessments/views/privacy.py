"""Personal data: what we hold, a copy of one's own, signing out everywhere, and erasure."""

import json
import tempfile

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from assessments.access.decorators import UserRequest, signed_in
from assessments.access.reauthentication import reauthentication_required
from assessments.actions import downloads, sessions
from assessments.forms.leaving import ConfirmDeletionForm
from assessments.http import attachment
from assessments.privacy import copy_files, copy_of, erasing, retention
from assessments.sentences import gettext as _


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what we hold about people. Public."""
    context = {"kept": retention.periods(), "contact": settings.PRIVACY_CONTACT}
    return render(request, "assessments/privacy/page.html", context)


@signed_in("GET")
def your_data(request: UserRequest) -> HttpResponse:
    return render(request, "account/your_data.html")


@signed_in("GET, POST")
@reauthentication_required
def copy(request: UserRequest) -> HttpResponseBase:
    """Return the file (with the person's own files, a ZIP) only on POST and after reauthentication, so an unattended browser is not enough."""
    if request.method != "POST":
        return redirect("your_data")
    user = request.user
    downloads.note(what=[user], form="copy", by=user)
    if copy_files.has_files(user):
        archive = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        copy_files.write_copy(user, archive)
        return FileResponse(archive, as_attachment=True, filename="my-data.zip", content_type="application/zip")
    content = json.dumps(copy_of(user), ensure_ascii=False, indent=1)
    return attachment(content, "application/json; charset=utf-8", copy_files.DATA)


@signed_in("POST")
def sign_out_everywhere(request: UserRequest) -> HttpResponse:
    sessions.sign_out_everywhere(user=request.user, by=request.user)
    logout(request)
    messages.success(request, _("You are signed out on all devices."))
    return redirect("account_login")


@signed_in("GET, POST")
@reauthentication_required
def erase(request: UserRequest) -> HttpResponse:
    """Show what would be erased and what is kept; POST erases the account."""
    user = request.user
    form = ConfirmDeletionForm(
        request.POST or None,
        name=user.email,
        label=_("Type your e-mail address to confirm"),
        button=_("Erase my data"),
    )
    if request.method == "POST" and form.is_valid():
        erasing.erase(user=user, base_url=request.build_absolute_uri("/"))
        logout(request)
        messages.success(request, _("Your data has been erased. Nothing here identifies you any more."))
        return redirect("landing")
    context = {"form": form, "plan": erasing.plan(user)}
    return render(request, "account/erase.html", context, status=400 if form.errors else 200)
