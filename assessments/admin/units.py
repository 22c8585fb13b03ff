"""Units and AI systems in the admin: whose they are and who leads them, to look at. Their organisation changes them."""

import datetime

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from assessments.models import Unit

from .assessments import ReadOnlyAdmin
from .people import PAGE_SIZE


@admin.register(Unit)
class UnitAdmin(ReadOnlyAdmin, admin.ModelAdmin[Unit]):
    list_display = ("name", "above", "organisation", "kind", "headcount", "closed")
    list_filter = ("kind", ("closed_on", admin.EmptyFieldListFilter))
    list_select_related = ("organisation", "parent")
    list_per_page = PAGE_SIZE
    show_full_result_count = False
    search_fields = ("name", "organisation__name")
    ordering = ("organisation", "kind", "order", "pk")
    actions = None
    fields = (
        *("organisation", "kind", "above", "name", "headcount", "closed"),
        *("purpose", "owner", "in_use_since", "risk_class", "led_by"),
    )

    @admin.display(description=_("Part of"), ordering="parent__name")
    def above(self, unit: Unit) -> str:
        return "–" if unit.parent is None else str(unit.parent)

    @admin.display(description=_("closed on"), ordering="closed_on")
    def closed(self, unit: Unit) -> datetime.date | None:
        return unit.closed_on

    @admin.display(description=_("Unit leads"))
    def led_by(self, unit: Unit) -> str:
        return ", ".join(str(lead.user) for lead in unit.leads.select_related("user")) or "–"
