"""Admin for people, organisations and consultancies, built to stay fast with ten thousand rows."""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from assessments import access, audit
from assessments.access.reauthentication import reauthentication_required, reauthentication_required_first
from assessments.actions import people, sessions
from assessments.forms.brand import BrandFields
from assessments.models import Assessment, Consultancy, Engagement, Membership, Organisation, User
from assessments.models.counting import number_of

from .frame import BOTH, routes
from .handover_import import import_file
from .notices import notify
from .rights import SuperuserGrantsMixin, may_change, may_give_rights

PAGE_SIZE = 50
STAFF_RIGHTS = ("is_staff", "is_superuser", "groups", "user_permissions")
RIGHTS = ("is_active", *STAFF_RIGHTS)


class AuditedAdmin[Row: Model](admin.ModelAdmin[Row]):
    """Records each save in the audit log: who, what and when, but no text. Nothing can be deleted here.

    These pages grant rights, so saving requires reauthentication.
    """

    list_per_page = PAGE_SIZE
    show_full_result_count = False
    adding = staticmethod(reauthentication_required)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return self.adding(super().add_view)(request, form_url, extra_context)  # type: ignore[return-value]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return reauthentication_required(super().change_view)(request, object_id, form_url, extra_context)  # type: ignore[return-value]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        verb = audit.Verb.CHANGED if change else audit.Verb.CREATED
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            audit.record(by=access.require_user(request.user), verb=verb, what=form.instance)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class PersonForm(UserChangeForm[User]):
    """A change of rights has to be confirmed with a checkbox."""

    sure = forms.BooleanField(
        label=_("Yes, change this person’s rights"),
        required=False,
        help_text=_(
            "Only needed when you change one of the rights above. Ends the person’s sessions and revokes "
            "their API tokens."
        ),
    )
    forget_provider = forms.BooleanField(
        label=_("Disconnect this person’s single sign-on"),
        required=False,
        help_text=_(
            "Use this when they have a new identity at the provider: the next sign-in with this "
            "account’s address is connected instead."
        ),
    )
    end_sessions = forms.BooleanField(
        label=_("Sign this person out on every device"),
        required=False,
        help_text=_("Their API tokens are revoked as well."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if set(RIGHTS) & set(self.changed_data) and not data.get("sure"):
            raise ValidationError({"sure": _("You are changing this person’s rights. Confirm here.")})
        return data


@admin.register(User)
class UserAdmin(AuditedAdmin[User], StockUserAdmin):  # type: ignore[type-arg]
    """People cannot be deleted here, because erasure has its own rules. They can be deactivated.

    Only superusers can change rights, and accounts with rights.
    """

    adding = staticmethod(reauthentication_required_first)  # its form contains a password
    form = PersonForm
    ordering = ("email",)
    list_display = ("email", "name", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email", "name")
    filter_horizontal = ()
    actions = None
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        (_("Rights"), {"fields": (*RIGHTS, "sure")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")
    add_fieldsets = ((None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and may_change(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        return self.readonly_fields if may_give_rights(request) else (*self.readonly_fields, *STAFF_RIGHTS)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj and not self.has_change_permission(request, obj):
            return [(None, {"fields": ("email", "name", *RIGHTS, *self.readonly_fields)})]
        provider = [(settings.OIDC_NAME, {"fields": ("forget_provider",)})] if obj and settings.OIDC_SERVER else []
        ending = [(_("Sessions"), {"fields": ("end_sessions",)})] if obj else []
        return [*super().get_fieldsets(request, obj), *ending, *provider]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """End the person's sessions if rights or address change, the provider is disconnected, or on request."""
        super().save_model(request, obj, form, change)
        by = access.require_user(request.user)
        if form.cleaned_data.get("forget_provider"):
            SocialAccount.objects.filter(user=obj).delete()
        if change and "email" in form.changed_data:
            people.move_address(user=obj, by=by)
            notify(request, obj, "address_changed_by_staff", at=form.initial["email"])
        elif change and {"forget_provider", "end_sessions", *RIGHTS} & set(form.changed_data):
            sessions.sign_out_everywhere(user=obj, by=by)

    @method_decorator(sensitive_post_parameters())
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Redirect users who change their own password to the usual page, which asks for the old one."""
        if unquote(id) == str(request.user.pk):
            return redirect("account_change_password")
        return reauthentication_required_first(self._set_password)(request, id, form_url)  # type: ignore[return-value]

    @transaction.atomic
    def _set_password(self, request: HttpRequest, id: str, form_url: str) -> HttpResponse:
        before: Any = self.get_object(request, unquote(id))
        response = super().user_change_password(request, id, form_url)
        person = before and User.objects.get(pk=before.pk)
        if person and person.password != before.password:
            people.note_password(user=person, by=access.require_user(request.user))
            notify(request, person, "password_set_by_staff", at=person.email)
        return response


# Stacked, not tabular: each field has its label, and no column is without a heading


class MembershipInline(SuperuserGrantsMixin, admin.StackedInline[Membership, Organisation]):
    model = Membership
    fields = (("user", "role"),)
    extra = 0
    autocomplete_fields = ("user",)


class ConsultantInline(SuperuserGrantsMixin, admin.StackedInline[Any, Consultancy]):
    model = Consultancy.consultants.through
    extra = 0
    autocomplete_fields = ("user",)
    verbose_name = _("consultant")
    verbose_name_plural = _("consultants")


class EngagementInline(SuperuserGrantsMixin, admin.StackedInline[Engagement, Consultancy]):
    model = Engagement
    fields = (("organisation", "since", "until"),)
    extra = 0
    autocomplete_fields = ("organisation",)


@admin.register(Organisation)
class OrganisationAdmin(AuditedAdmin[Organisation]):
    list_display = ("name", "is_verified", "number_of_assessments", "time_zone", "created_at")
    list_filter = ("is_verified",)
    search_fields = ("name",)
    inlines = (MembershipInline,)
    actions = None
    change_list_template = "admin/authoring/organisations.html"

    def get_urls(self) -> list[URLPattern]:
        return [*routes(self, {"arrival": ("arrival/", import_file, BOTH)}), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        related = Assessment.objects.filter(organisation=OuterRef("pk"))
        return super().get_queryset(request).annotate(assessment_count=number_of(related, "organisation"))

    @admin.display(description=_("assessments"), ordering="assessment_count")
    def number_of_assessments(self, organisation: Any) -> int:
        return int(organisation.assessment_count)


@admin.register(Consultancy)
class ConsultancyAdmin(AuditedAdmin[Consultancy]):
    form = BrandFields
    list_display = ("name", "accent")
    search_fields = ("name",)
    readonly_fields = ("mark",)
    inlines = (ConsultantInline, EngagementInline)
    actions = None

    @admin.display(description=_("logo"))
    def mark(self, consultancy: Consultancy) -> str:
        """Describe the logo; the consultancy's consultants change it."""
        logo = access.logo_of(consultancy)
        return "–" if logo is None else f"{logo.alt} ({logo.width} × {logo.height})"

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """New consultants have to sign in again, with a second factor."""
        before = set(form.instance.consultants.values_list("pk", flat=True))
        super().save_related(request, form, formsets, change)
        for user in form.instance.consultants.exclude(pk__in=before):
            sessions.sign_out_everywhere(user=user, by=access.require_user(request.user))
