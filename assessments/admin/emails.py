"""E-mails that could not be delivered: view and retry."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from assessments import access
from assessments.emails import outbox
from assessments.models import OutgoingEmail

from .assessments import ReadOnlyAdmin
from .people import PAGE_SIZE


@admin.register(OutgoingEmail)
class OutgoingEmailAdmin(ReadOnlyAdmin, admin.ModelAdmin[OutgoingEmail]):
    """The text is never shown, and not kept once the e-mail is sent or given up."""

    list_display = ("to", "kind", "state", "last_error", "attempts", "queued_at", "tried_at", "next_attempt_at")
    list_filter = ("state", "last_error", "kind")
    list_per_page = PAGE_SIZE
    show_full_result_count = False
    search_fields = ("to",)
    ordering = ("-queued_at", "-pk")
    actions = ("try_again",)
    fields = (
        *("to", "kind", "state", "last_error", "attempts", "queued_at", "tried_at", "next_attempt_at"),
        *("give_up_at", "sent_at"),
    )

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return access.require_user(request.user).has_perm("assessments.change_outgoingemail")

    @admin.action(permissions=["retry"], description=gettext_lazy("Retry for three days"))
    def try_again(self, request: HttpRequest, queryset: QuerySet[OutgoingEmail]) -> None:
        """Retry given-up e-mails, except those about an account: codes expire, and a new one can be requested."""
        by = access.require_user(request.user)
        queued = sum(outbox.try_again(email=email, by=by) for email in queryset)
        remaining = queryset.count() - queued
        message = ngettext("%(n)d e-mail will be retried.", "%(n)d e-mails will be retried.", queued)
        messages.success(request, message % {"n": queued})
        if remaining:
            message = ngettext(
                "%(n)d is unchanged: it is being sent or was sent already, or it concerned an account and has expired.",
                "%(n)d are unchanged: they are being sent or were sent already, or they concerned an account "
                "and have expired.",
                remaining,
            )
            messages.warning(request, message % {"n": remaining})
