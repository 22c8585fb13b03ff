"""E-mails that could not be delivered: to look at, and to try again."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from assessments import access
from assessments.emails import outbox
from assessments.models import OutgoingEmail

from .assessments import LookOnly
from .people import A_PAGE


@admin.register(OutgoingEmail)
class OutgoingEmailAdmin(LookOnly, admin.ModelAdmin[OutgoingEmail]):
    """What they say is not kept, and shown to no one."""

    list_display = ("to", "kind", "state", "last_error", "attempts", "queued_at", "tried_at", "next_attempt_at")
    list_filter = ("state", "last_error", "kind")
    list_per_page = A_PAGE
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
        """Only what was given up; a code has expired since, and anyone who wants one asks for another."""
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
