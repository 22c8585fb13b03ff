"""Editing a pillar and a question, the two lower levels of authoring."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import ForeignKey
from django.forms import BaseInlineFormSet, HiddenInput, ModelChoiceField
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from assessments.actions.drafts import siblings
from assessments.models import BankVersion, NextStep, Pillar, Question

from . import ordering, paste
from .drafting import DraftAdmin, change_url, is_published, trail_of
from .forms import PillarForm, QuestionForm, StepForm, sent_steps
from .frame import BOTH, WRITE, routes
from .numbers import parse_pk

MOVES = {
    "move": ("<int:pk>/move/", ordering.move, WRITE),
    "arrange": ("<int:pk>/arrange/", ordering.arrange, WRITE),
}
ANSWERS = _("Leave a level empty to leave that answer out. Each answer counts as the level beside it.")


class PartAdmin[Row: Pillar | Question](DraftAdmin[Row]):
    """A part of a version. Opened from its parent's page, so it is not listed in the admin index."""

    holder: str  # the foreign key to its parent

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def trail(self, request: HttpRequest, row: Any) -> list[tuple[str, str]]:
        if row is not None:
            return trail_of(row)
        parent = self._parent(request)
        return [] if parent is None else [*trail_of(parent), (str(parent), change_url(parent))]

    def _parent(self, request: HttpRequest) -> Any:
        """Return the parent that the URL names for a new row, if it is a draft."""
        model: Any = BankVersion if self.holder == "version" else Pillar
        parent = model.objects.filter(pk=parse_pk(request.GET.get(self.holder))).first()
        return None if parent is None or is_published(parent) else parent

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """Limit the choices to drafts and, for an existing row, to its own version."""
        if db_field.name == "version":
            kwargs["queryset"] = BankVersion.objects.filter(state=BankVersion.State.DRAFT)
        if db_field.name == "pillar":
            kwargs["queryset"] = self._pillars(request)
        if db_field.name == self.holder and self._parent(request) is not None:
            kwargs["widget"] = HiddenInput()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Remove Django's icons next to a select, which lead outside the authoring pages."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
            field.widget.choices = field.choices  # type: ignore[attr-defined]
        return field

    def _pillars(self, request: HttpRequest) -> Any:
        drafts = Pillar.objects.filter(version__state=BankVersion.State.DRAFT).select_related("version")
        match = request.resolver_match
        question = parse_pk(match.kwargs.get("object_id")) if match else 0
        if question:
            return drafts.filter(version__pillars__questions=question)
        parent = self._parent(request)
        return drafts if parent is None else drafts.filter(version=parent.version)


@admin.register(Pillar)
class PillarAdmin(PartAdmin[Pillar]):
    form = PillarForm
    holder = "version"
    list_display = ("name", "version", "order", "weight")
    list_filter = ("version__state",)
    list_select_related = ("version",)
    search_fields = ("key", "name")

    def get_urls(self) -> list[URLPattern]:
        own = {**MOVES, "paste": ("<int:pk>/paste/", paste.paste, BOTH)}
        return [*routes(self, own), *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Pillar | None = None) -> Any:
        holder = () if obj else ("version",)
        return [(_("Texts"), {"fields": (*holder, ("key", "weight"), "name", ("short", "group"), "summary")})]

    def about(self, request: HttpRequest, row: Pillar) -> dict[str, Any]:
        return {"questions": row.questions.all()}


class Steps(BaseInlineFormSet[NextStep, Question, StepForm]):
    """Next steps whose delete checkbox is labelled."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if not form.instance.pk:
            form.fields["order"].initial = self.total_form_count() if index is None else index  # a new step goes last
            form.fields["from_level"].initial = "1"  # what a browser sends for an untouched row
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Delete this next step")


class NextStepInline(admin.StackedInline[NextStep, Question]):
    model = NextStep
    form = StepForm
    formset = Steps  # type: ignore[assignment]  # its form is our own
    fields = (("from_level", "order", "horizon", "effort"), "action", ("owner", "requires"))
    verbose_name_plural = _("Next steps: how an organisation moves up from a level, the main one of each level first")
    template = "admin/authoring/steps.html"

    def get_extra(self, request: HttpRequest, obj: Question | None = None, **kwargs: Any) -> int:
        return 4 if obj is None else 1

    def has_add_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        return super().has_add_permission(request, obj) and not is_published(obj)

    def has_change_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        return super().has_change_permission(request, obj) and not is_published(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not is_published(obj)


@admin.register(Question)
class QuestionAdmin(PartAdmin[Question]):
    form = QuestionForm
    holder = "pillar"
    list_display = ("text", "pillar", "order", "weight", "essential_at")
    list_filter = ("pillar__version__state",)
    list_select_related = ("pillar__version",)
    search_fields = ("key", "text")
    inlines = (NextStepInline,)

    def get_urls(self) -> list[URLPattern]:
        own = {**MOVES, "duplicate": ("<int:pk>/duplicate/", ordering.duplicate, WRITE)}
        return [*routes(self, own), *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Question | None = None) -> Any:
        """Omit the descriptor fields of a published question, which are shown as a list instead."""
        anchors = (
            []
            if is_published(obj)
            else [
                (_("Answers"), {"fields": self._answers(request, obj), "classes": ("anchors",), "description": ANSWERS})
            ]
        )
        counted = ("weight", "allows_na", "central", "of_stage", ("essential_at", "essential_reason"), "covers")
        return [
            (_("Question"), {"fields": ("pillar", "key", "text", "help", ("short", "error"))}),
            *anchors,
            (_("Scoring"), {"fields": counted}),
        ]

    def _answers(self, request: HttpRequest, question: Question | None) -> list[str]:
        """The answer set, and a descriptor for every level of the version."""
        pillar = question.pillar if question else self._parent(request)
        count = 5 if pillar is None else pillar.version.levels.count()
        return ["answer_set", *(f"anchor_{number}" for number in range(1, count + 1)), "evenly"]

    def about(self, request: HttpRequest, row: Question) -> dict[str, Any]:
        names = {level.number: level.name for level in row.pillar.version.levels.all()}
        anchors = [(names.get(a.level, a.level), a.text) for a in row.anchors.all()] if is_published(row) else ()
        rows = siblings(row)
        place = next(index for index, other in enumerate(rows) if other.pk == row.pk)
        around = {"before": rows[place - 1] if place else None, "after": rows[place + 1] if rows[place + 1 :] else None}
        return {"anchors": anchors, **around}

    def sent_inline(self, formsets: Any) -> dict[str, Any]:
        return {"next_steps": list(sent_steps(formsets[0].formset))}
