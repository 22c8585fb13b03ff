"""Shared by the authoring pages: read-only once published, every save in the history, warnings on edit conflicts."""

from collections.abc import Iterable
from typing import Any, override

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments import access
from assessments.actions import draft_snapshots, drafts
from assessments.models import BankVersion, Edit, Pillar, Question

from .worddiff import changed_fields


def is_published(row: Model | None) -> bool:
    """Whether a row belongs to a version that is no longer a draft."""
    if not isinstance(row, BankVersion | Pillar | Question):
        return False
    return version_of(row).state != BankVersion.State.DRAFT


def version_of(row: BankVersion | Pillar | Question) -> BankVersion:
    return row if isinstance(row, BankVersion) else row.get_version()


def change_url(row: Model) -> str:
    return reverse(f"admin:assessments_{row._meta.model_name}_change", args=(row.pk,))


def trail_of(row: BankVersion | Pillar | Question) -> list[tuple[str, str]]:
    """Return the row's ancestors, bank first, as (name, URL)."""
    version = version_of(row)
    trail: list[Model] = [version.bank]
    if not isinstance(row, BankVersion):
        trail.append(version)
    if isinstance(row, Question):
        trail.append(row.pillar)
    return [(str(step), change_url(step)) for step in trail]


class DraftAdmin[Row: Model](admin.ModelAdmin[Row]):
    """A version, pillar or question: always visible, editable only in a draft."""

    actions = None
    change_form_template = "admin/authoring/change_form.html"
    delete_confirmation_template = "admin/authoring/delete.html"
    save_on_top = False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return super().has_change_permission(request, obj) and not is_published(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not is_published(obj)

    def get_form(self, request: HttpRequest, obj: Row | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"opened": request.POST.get("_opened")})

    # Saving

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        version = obj if isinstance(obj, BankVersion) else obj.get_version()
        if version.pk:
            drafts.lock(version)
        before = draft_snapshots.state_of(obj) if change else None
        setattr(request, "before", before)  # noqa: B010 - for `save_related`, after everything is saved
        if not change and isinstance(obj, Pillar | Question):
            obj.order = drafts.next_place(version.pillars if isinstance(obj, Pillar) else obj.pillar.questions)
        super().save_model(request, obj, form, change)
        if hasattr(form, "save_parts"):
            form.save_parts()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        row, verb = form.instance, Edit.Verb.CHANGED if change else Edit.Verb.ADDED
        self.remember(request, row, verb, getattr(request, "before", None), draft_snapshots.state_of(row))

    def remember(self, request: HttpRequest, row: Any, verb: str, before: Any, after: Any) -> None:
        by = access.require_user(request.user)
        drafts.record(version=version_of(row), verb=verb, row=row, by=by, before=before, after=after)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Skip Django's log, which would repeat less of what the history records."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Skip Django's log."""

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        if isinstance(obj, BankVersion):
            super().delete_model(request, obj)  # type: ignore[arg-type]
            return
        drafts.lock(version_of(obj))
        for row in (*(obj.questions.all() if isinstance(obj, Pillar) else ()), obj):
            self.remember(request, row, Edit.Verb.DELETED, draft_snapshots.state_of(row), None)
        super().delete_model(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """List only the rows to delete, with counts of what is deleted along with them."""
        _all, counts, missing, protected = super().get_deleted_objects(objs, request)
        return [str(obj) for obj in objs], counts, missing, protected

    # Showing

    @override
    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Row | None = None,
    ) -> HttpResponse:
        row: Any = obj
        context["is_published"] = is_published(row)
        context["trail"] = self.trail(request, row)
        if row is not None:
            context.update(self.about(request, row), token=draft_snapshots.version_token(draft_snapshots.state_of(row)))
            form = context["adminform"].form
            if getattr(form, "is_stale", False):
                context["clash"] = self.clash(row, form, context["inline_admin_formsets"])
                context["last_edit"] = version_of(row).edits.filter(row=self._row_key(row)).select_related("by").first()
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    @staticmethod
    def _row_key(row: Any) -> int | None:
        return None if isinstance(row, BankVersion) else row.pk

    def trail(self, request: HttpRequest, row: Any) -> list[tuple[str, str]]:
        """Return the breadcrumbs above this page."""
        return [] if row is None else trail_of(row)

    def about(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Return what the page shows around its form."""
        return {}

    def clash(self, row: Any, form: Any, formsets: Iterable[Any]) -> Any:
        """Compare the stored row with what was sent, field by field."""
        return changed_fields(draft_snapshots.state_of(row), {**form.state(), **self.sent_inline(formsets)})

    def sent_inline(self, formsets: Iterable[Any]) -> dict[str, Any]:
        return {}

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Return to the parent's page, at the changed row."""
        return HttpResponseRedirect(parent_url(obj))

    response_post_save_add = response_post_save_change

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        messages.success(
            request, _("“%(name)s” was deleted. You can restore it from the history.") % {"name": obj_display}
        )
        return HttpResponseRedirect(reverse("admin:assessments_questionbank_changelist"))


def parent_url(row: Any) -> str:
    if isinstance(row, BankVersion):
        return change_url(row)
    parent = row.version if isinstance(row, Pillar) else row.pillar
    return f"{change_url(parent)}#row-{row.pk}"
