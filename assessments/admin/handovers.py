"""Handovers for administrators: who requested which client, and the key to the encrypted answers, but not the file."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils.translation import gettext as _, gettext_lazy

from assessments import access
from assessments.access.reauthentication import reauthentication_required
from assessments.handover import export_requests
from assessments.models import HandOver

from .assessments import ReadOnlyAdmin
from .frame import BOTH, render_page, routes, trail_in_list
from .people import PAGE_SIZE


@admin.register(HandOver)
class HandOverAdmin(ReadOnlyAdmin, admin.ModelAdmin[HandOver]):
    """Only handovers; other exports belong to the person who requested them."""

    list_display = ("client", "user", "state", "is_sealed", "created_at", "expires_at")
    list_select_related = ("client", "user")
    list_per_page = PAGE_SIZE
    search_fields = ("client__name",)
    fields = ("client", "user", "state", "is_sealed", "size", "checksum", "created_at", "expires_at")
    change_list_template = "admin/authoring/hand_overs.html"
    change_form_template = "admin/authoring/hand_over.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[HandOver]:
        return super().get_queryset(request).hand_overs()  # type: ignore[attr-defined, no-any-return]

    @admin.display(description=gettext_lazy("encrypted"), boolean=True)
    def is_sealed(self, export: HandOver) -> bool:
        return bool(export.seal_key)

    def get_urls(self) -> list[URLPattern]:
        return [*routes(self, {"key": ("<uuid:pk>/key/", key, BOTH)}), *super().get_urls()]


def key(model_admin: HandOverAdmin, request: HttpRequest, pk: str) -> HttpResponseBase:
    """Show the decryption key after reauthentication; the audit log records who saw it."""
    return reauthentication_required(partial(_key, model_admin))(request, pk)


def _key(model_admin: HandOverAdmin, request: HttpRequest, pk: str) -> HttpResponse:
    export = get_object_or_404(model_admin.get_queryset(request).exclude(seal_key=""), pk=pk)
    if not model_admin.has_view_permission(request, export):
        raise PermissionDenied
    key = None
    if request.method == "POST":
        try:
            key = export_requests.tell_key(export=export, by=access.require_user(request.user))
        except export_requests.OwnKeyError:
            messages.error(request, _("You have access to the file, so another administrator has to pass on the key."))
    title = _("Key to the handover of %(client)s") % {"client": export.client}
    context: dict[str, Any] = {"export": export, "key": key, "trail": trail_in_list(model_admin, export)}
    return render_page(model_admin, request, "key.html", title=title, here=_("Key"), **context)
