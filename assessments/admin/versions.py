"""Editing a bank and its versions, the two upper levels of authoring."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from assessments.actions.banks import free_number
from assessments.models import BankVersion, QuestionBank

from . import columns, history, preview, publishing, transfer, translations
from .drafting import DraftAdmin, is_published
from .frame import BOTH, READ, WRITE, routes
from .numbers import parse_pk
from .shape_fields import SubsetsField
from .version_form import NUMBERS, VersionForm

TEXTS = ("title", ("version", "language"), "about", "source", "licence", "attribution", "retired")
SHAPE = (
    ("scale_from", "scale_to"),
    "answer_sets",
    "headings",
    "mean_of",
    ("gate_by", "gate_reach", "gate_hold"),
    ("gate_cap", "gate_spread"),
)


@admin.register(QuestionBank)
class QuestionBankAdmin(admin.ModelAdmin[QuestionBank]):
    """A permanent key, and the versions of the bank."""

    list_display = ("key", "number_of_versions")
    search_fields = ("key",)
    change_form_template = "admin/authoring/bank.html"
    change_list_template = "admin/authoring/banks.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuestionBank]:
        return super().get_queryset(request).annotate(count=Count("versions"))

    @admin.display(description=_("versions"), ordering="count")
    def number_of_versions(self, bank: Any) -> int:
        return int(bank.count)

    def get_readonly_fields(self, request: HttpRequest, obj: QuestionBank | None = None) -> tuple[str, ...]:
        """The key is read-only for an existing bank, because assessments and files refer to it."""
        return () if obj is None else ("key",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        versions = BankVersion.objects.filter(bank_id=parse_pk(object_id)).annotate(
            assessment_count=Count("assessments")
        )
        context = {"versions": versions.order_by("-pk"), "show_save": False, "show_save_and_continue": False}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        own = {
            "import": ("import/", transfer.import_file, BOTH),
            "columns": ("import/columns/", columns.explain, WRITE),
            "template": ("import/template.xlsx", transfer.template, READ),
        }
        return [*routes(self, own), *super().get_urls()]


@admin.register(BankVersion)
class BankVersionAdmin(DraftAdmin[BankVersion]):
    """A version's texts, level names and pillars, and every action on it."""

    form = VersionForm
    list_display = ("title", "version", "state", "published_at")
    list_filter = ("state",)
    list_select_related = ("bank",)
    search_fields = ("title", "bank__key", "version")
    change_list_template = "admin/authoring/banks.html"

    def get_urls(self) -> list[URLPattern]:
        own = {
            "check": ("<int:pk>/check/", publishing.check, READ),
            "publish": ("<int:pk>/publish/", publishing.publish, BOTH),
            "retire": ("<int:pk>/retire/", publishing.retire, BOTH),
            "copy": ("<int:pk>/copy/", publishing.new_draft, BOTH),
            "history_of": ("<int:pk>/edits/", history.history, READ),
            "restore": ("<int:pk>/edits/<int:edit>/restore/", history.restore, WRITE),
            "export": ("<int:pk>/export.yaml", transfer.export, READ),
            "workbook": ("<int:pk>/export.xlsx", transfer.export_workbook, READ),
            "preview": ("<int:pk>/preview/", preview.preview, READ),
            "page": ("<int:pk>/preview/pillars/<str:key>/", preview.framed_page, BOTH),
            "sample": ("<int:pk>/preview/result/", preview.sample_result, READ),
            "sample_report": ("<int:pk>/preview/report.pdf", preview.sample_report, READ),
            "translations": ("<int:pk>/translations/", translations.overview, BOTH),
            "translation_import": ("<int:pk>/translations/import/", translations.import_file, BOTH),
            "translation": ("<int:pk>/translations/<str:language>/", translations.translation, BOTH),
            "translation_offer": ("<int:pk>/translations/<str:language>/offer/", translations.offer, WRITE),
            "translation_history": ("<int:pk>/translations/<str:language>/edits/", translations.history, READ),
            "translation_export": ("<int:pk>/translations/<str:language>/export.yaml", translations.export, READ),
        }
        return [*routes(self, own), *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: BankVersion | None = None) -> Any:
        """Omit the level fields of a published version, which are shown as a table instead."""
        bank = () if obj else ("bank",)
        if is_published(obj):
            return [(_("Texts"), {"fields": (*TEXTS, "state", "published_at", "checksum", "subset_lines")})]
        levels = [tuple(f"level_{number}_{part}" for part in ("name", "value", "summary")) for number in NUMBERS]
        return [
            (None, {"fields": (*bank, "kind")}),
            (_("Texts"), {"fields": TEXTS}),
            (_("Levels"), {"fields": levels, "classes": ("levels",)}),
            (_("Shape"), {"fields": SHAPE, "classes": ("shape",)}),
            (_("Subsets"), {"fields": ("parts_asked",)}),
        ]

    @admin.display(description=_("subsets"))
    def subset_lines(self, version: BankVersion) -> str:
        return SubsetsField().written(version.subsets) or "–"

    def get_readonly_fields(self, request: HttpRequest, obj: BankVersion | None = None) -> tuple[str, ...]:
        return ("state", "published_at", "checksum", "subset_lines") if is_published(obj) else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        """Suggest the next free number for a new version."""
        initial = super().get_changeform_initial_data(request)
        bank = QuestionBank.objects.filter(pk=parse_pk(request.GET.get("bank"))).first()
        return {**initial, "version": "1.0.0" if bank is None else free_number(bank)}

    def about(self, request: HttpRequest, row: BankVersion) -> dict[str, Any]:
        assessments = row.assessments.values_list("state").annotate(count=Count("pk")).order_by("state")
        labels = dict(row.assessments.model.State.choices)
        return {
            "pillars": row.pillars.annotate(count=Count("questions")).order_by("order", "pk"),
            "levels": row.levels.all() if is_published(row) else (),
            "rounds": [(labels[state], state, count) for state, count in assessments],
            "published_edit": row.edits.filter(verb="published").first(),
        }
