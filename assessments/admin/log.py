"""The audit log: view, filter, export as CSV."""

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _, gettext_lazy

from assessments import access
from assessments.actions import downloads
from assessments.csv_safety import safe_text
from assessments.models import Actor, AuditEvent, Programme

from .assessments import ReadOnlyAdmin
from .frame import READ, routes
from .lists import DatedList
from .people import PAGE_SIZE

COLUMNS = ("at", "verb", "object_type", "object_id", "actor", "actor_email")


class VerbFilter(admin.AllValuesFieldListFilter):
    """The verbs in the log, in the reader's language."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": AuditEvent.label_of(str(choice["display"]))}


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin, admin.ModelAdmin[AuditEvent]):
    list_display = ("at", "what", "object_type", "object_id", "who")
    list_filter = (("verb", VerbFilter), "object_type")
    list_per_page = PAGE_SIZE
    show_full_result_count = False
    search_fields = ("=object_id", "=actor")
    search_help_text = gettext_lazy("The id of an object or of an actor.")
    date_hierarchy = "at"
    change_list_template = "admin/authoring/log.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEvent]:
        """Add each actor's e-mail address, unless the person has been erased, and the organisation of a programme."""
        address = Actor.objects.filter(pk=OuterRef("actor")).values("user__email")[:1]
        programme = Programme.objects.filter(pk=OuterRef("actor")).values("organisation__name")[:1]
        events = super().get_queryset(request)
        return events.annotate(actor_email=Subquery(address), actor_programme=Subquery(programme))

    @admin.display(description=gettext_lazy("what"), ordering="verb")
    def what(self, event: AuditEvent) -> str:
        return AuditEvent.label_of(event.verb)

    @admin.display(description=gettext_lazy("who"))
    def who(self, event: Any) -> str:
        if event.actor is None:
            return _("the system")
        if event.actor_programme:
            return _("the programme of %(name)s") % {"name": event.actor_programme}
        return str(event.actor_email or event.actor)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return DatedList

    def get_urls(self) -> list[URLPattern]:
        return [*routes(self, {"export": ("export.csv", export, READ)}), *super().get_urls()]


class _Echo:
    """A file object whose `write` returns its argument."""

    def write(self, value: str) -> str:
        return value


def export(model_admin: AuditEventAdmin, request: HttpRequest) -> HttpResponseBase:
    """Stream the events of the filtered list as CSV, row by row, so that a long log does not fill the memory."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    try:
        events = model_admin.get_changelist_instance(request).get_queryset(request)
    except IncorrectLookupParameters:
        messages.warning(request, _("The audit log has no such filter; nothing was exported."))
        return HttpResponseRedirect(reverse("admin:assessments_auditevent_changelist"))
    if request.method == "GET":
        user = access.require_user(request.user)
        downloads.note(what=[user], form="audit log csv", by=user)
    response = StreamingHttpResponse(_lines(events), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="audit-log.csv"'
    return response


def _lines(events: QuerySet[AuditEvent]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for row in events.values_list(*COLUMNS).iterator(chunk_size=2000):
        yield writer.writerow([_cell(value) for value in row])


def _cell(value: Any) -> str:
    return safe_text("" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value))
