"""Assessments in the admin: progress and bank version, never an answer."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils.translation import gettext as _, gettext_lazy

from assessments import access
from assessments.actions import bank_migration
from assessments.actions.assessments import WrongStateError
from assessments.models import Assessment, BankVersion

from .drafting import change_url
from .frame import BOTH, render_page, routes, trail_in_list
from .people import PAGE_SIZE


class ReadOnlyAdmin:
    """A read-only model admin."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class MoveForm(forms.Form):
    """The target version and a confirmation."""

    version = forms.ModelChoiceField(label=gettext_lazy("To this version"), queryset=BankVersion.objects.none())
    sure = forms.BooleanField(label=gettext_lazy("Yes, move the assessment: respondents will see the other version"))


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin, admin.ModelAdmin[Assessment]):
    list_display = ("name", "organisation", "state", "bank_version", "progress", "created_at")
    list_filter = ("state", "confidentiality")
    list_select_related = ("organisation", "bank_version")
    list_per_page = PAGE_SIZE
    show_full_result_count = False
    search_fields = ("name", "organisation__name")
    change_form_template = "admin/authoring/assessment.html"
    fields = (
        *("organisation", "name", "bank_version", "state", "confidentiality", "for_one", "due_on"),
        *("created_at", "opened_at", "closed_at", "released_at", "progress"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assessment]:
        return super().get_queryset(request).with_progress()  # type: ignore[attr-defined, no-any-return]

    @admin.display(description=gettext_lazy("submitted"))
    def progress(self, assessment: Any) -> str:
        words = {"submitted": assessment.submitted, "invited": assessment.invited}
        return _("%(submitted)d of %(invited)d") % words

    def get_urls(self) -> list[URLPattern]:
        return [*routes(self, {"to": ("<uuid:pk>/move/", move, BOTH)}), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        assessment = self.get_object(request, object_id)
        may = assessment is not None and _may_move(request) and bank_migration.is_untouched(assessment)
        return super().change_view(request, object_id, form_url, {"may_move": may, **(extra_context or {})})


def _may_move(request: HttpRequest) -> bool:
    return access.require_user(request.user).has_perm("assessments.change_assessment")


def move(model_admin: AssessmentAdmin, request: HttpRequest, pk: str) -> HttpResponse:
    """Move an assessment that nobody has started to another version of its bank."""
    if not _may_move(request):
        raise PermissionDenied
    assessment = get_object_or_404(Assessment.objects.select_related("bank_version"), pk=pk)
    choices = bank_migration.destinations(assessment) if bank_migration.is_untouched(assessment) else []
    form = MoveForm(request.POST if request.method == "POST" else None)
    form.fields["version"].queryset = BankVersion.objects.filter(pk__in=[v.pk for v in choices])  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid() and _moved(request, assessment, form.cleaned_data["version"]):
        return HttpResponseRedirect(change_url(assessment))
    title = _("Move %(round)s to another version") % {"round": assessment}
    context: dict[str, Any] = {"form": form, "assessment": assessment, "choices": choices, "here": _("Move")}
    trail = trail_in_list(model_admin, assessment)
    return render_page(model_admin, request, "move.html", title=title, trail=trail, **context)


def _moved(request: HttpRequest, assessment: Assessment, version: BankVersion) -> bool:
    try:
        dropped = bank_migration.move_assessment(
            assessment=assessment, version=version, by=access.require_user(request.user)
        )
    except WrongStateError:
        messages.error(request, _("Someone has started answering, so the assessment keeps its version."))
        return False
    messages.success(request, _("The assessment now uses %(version)s.") % {"version": version})
    if dropped:
        words = {"pillars": ", ".join(dropped)}
        messages.warning(
            request, _("Targets were removed for pillars that version does not have: %(pillars)s.") % words
        )
    return True
