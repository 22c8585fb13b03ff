"""Banks, versions, pillars, questions: editable while a version is a draft, read-only for ever after."""

from typing import Any

from django.contrib import admin
from django.db.models import Field, ForeignKey, Model
from django.forms import BaseInlineFormSet, ModelChoiceField
from django.forms import Field as FormField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessments.models import Anchor, BankVersion, Level, NextStep, Pillar, Question, QuestionBank


def is_sealed(row: Model | None) -> bool:
    """Whether a row belongs to a version that has left its draft."""
    if row is None or isinstance(row, QuestionBank):
        return False
    version = row if isinstance(row, BankVersion) else row.get_version()  # type: ignore[attr-defined]
    return version.state != BankVersion.State.DRAFT


class WhileDraft[Row: Model](admin.ModelAdmin[Row]):
    """A bank's rows: to look at always, to change only in a draft."""

    actions = None

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return super().has_change_permission(request, obj) and not is_sealed(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not is_sealed(obj)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """Rows move and are added only within drafts."""
        drafts = {
            "version": BankVersion.objects.filter(state=BankVersion.State.DRAFT),
            "pillar": Pillar.objects.filter(version__state=BankVersion.State.DRAFT),
        }
        if db_field.name in drafts:
            kwargs["queryset"] = drafts[db_field.name]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class Labelled(BaseInlineFormSet[Any, Any, Any]):
    """Rows of a table whose box for deleting has a name too."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Delete this row")


class InlineWhileDraft[Row: Model, Parent: Model](admin.TabularInline[Row, Parent]):
    """The same for rows shown inside their parent, which `obj` is."""

    extra = 0
    formset = Labelled

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> FormField | None:
        """In a table a column's heading stands for the label, which a screen reader would not find."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs.setdefault("aria-label", str(field.label or db_field.verbose_name))
        return field

    def has_add_permission(self, request: HttpRequest, obj: Parent | None = None) -> bool:
        return super().has_add_permission(request, obj) and not is_sealed(obj)

    def has_change_permission(self, request: HttpRequest, obj: Parent | None = None) -> bool:
        return super().has_change_permission(request, obj) and not is_sealed(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Parent | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not is_sealed(obj)


class LevelInline(InlineWhileDraft[Level, BankVersion]):
    model = Level
    max_num = 5


class PillarInline(InlineWhileDraft[Pillar, BankVersion]):
    model = Pillar
    fields = ("order", "key", "name", "group", "weight")
    show_change_link = True


class QuestionInline(InlineWhileDraft[Question, Pillar]):
    model = Question
    fields = ("order", "key", "text", "weight", "essential_at")
    show_change_link = True


class AnchorInline(InlineWhileDraft[Anchor, Question]):
    model = Anchor
    max_num = 5


class NextStepInline(InlineWhileDraft[NextStep, Question]):
    model = NextStep


@admin.register(QuestionBank)
class QuestionBankAdmin(admin.ModelAdmin[QuestionBank]):
    list_display = ("key",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(BankVersion)
class BankVersionAdmin(WhileDraft[BankVersion]):
    list_display = ("title", "version", "state", "published_at")
    list_filter = ("state",)
    list_select_related = ("bank",)
    readonly_fields = ("state", "published_at", "checksum")
    inlines = (LevelInline, PillarInline)


@admin.register(Pillar)
class PillarAdmin(WhileDraft[Pillar]):
    list_display = ("name", "version", "order", "weight")
    list_filter = ("version",)
    list_select_related = ("version",)
    inlines = (QuestionInline,)


@admin.register(Question)
class QuestionAdmin(WhileDraft[Question]):
    list_display = ("text", "pillar", "order", "weight", "essential_at")
    list_filter = ("pillar__version",)
    list_select_related = ("pillar__version",)
    search_fields = ("key", "text")
    inlines = (AnchorInline, NextStepInline)
