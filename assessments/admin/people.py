"""People, organisations, consultancies, rounds and the audit log. Never an answer."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, AuditEvent, Consultancy, Engagement, Membership, Organisation, User


class LookOnly:
    """Rows that the admin shows and never writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(StockUserAdmin):  # type: ignore[type-arg]
    ordering = ("email",)
    list_display = ("email", "name", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email", "name")
    filter_horizontal = ("groups", "user_permissions")
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("Moments"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),)


class MembershipInline(admin.TabularInline[Membership, Organisation]):
    model = Membership
    extra = 0
    raw_id_fields = ("user",)


class EngagementInline(admin.TabularInline[Engagement, Consultancy]):
    model = Engagement
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin[Organisation]):
    list_display = ("name", "time_zone", "created_at")
    search_fields = ("name",)
    inlines = (MembershipInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Consultancy)
class ConsultancyAdmin(admin.ModelAdmin[Consultancy]):
    search_fields = ("name",)
    filter_horizontal = ("consultants",)
    inlines = (EngagementInline,)


@admin.register(Assessment)
class AssessmentAdmin(LookOnly, admin.ModelAdmin[Assessment]):
    list_display = ("name", "organisation", "state", "bank_version", "created_at")
    list_filter = ("state",)
    list_select_related = ("organisation", "bank_version")
    search_fields = ("name", "organisation__name")


@admin.register(AuditEvent)
class AuditEventAdmin(LookOnly, admin.ModelAdmin[AuditEvent]):
    list_display = ("at", "verb", "object_type", "object_id", "actor")
    list_filter = ("verb", "object_type")
    date_hierarchy = "at"
