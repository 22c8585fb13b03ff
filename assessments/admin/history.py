"""The edit history: who changed what, the words removed and added, and how to restore them."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments import access
from assessments.actions import banks, drafts
from assessments.models import Edit

from .drafting import is_published
from .frame import may_change, render_page, version_to_see
from .numbers import parse_pk
from .worddiff import changed_fields

PAGE_SIZE = 25


def history(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    """List the edits of a version, newest first; `?row=` limits them to one pillar or question."""
    version = version_to_see(model_admin, request, pk)
    edits = version.edits.select_related("by")
    row = parse_pk(request.GET.get("row"))
    if row:
        edits = edits.filter(row=row)
    page = Paginator(edits, PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [(edit, [] if edit.kind == Edit.Kind.WHOLE else changed_fields(edit.before, edit.after)) for edit in page]
    title = _("History of %(version)s") % {"version": version}
    writable = not is_published(version) and model_admin.has_change_permission(request, version)
    return render_page(
        model_admin, request, "history.html", version, title=title, page=page, lines=lines, row=row, writable=writable
    )


def restore(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int, edit: int) -> HttpResponse:
    """Restore the content before an edit. This is an edit itself and can be undone."""
    version = version_to_see(model_admin, request, pk)
    may_change(model_admin, request, version)
    row = get_object_or_404(version.edits, pk=edit)
    by = access.require_user(request.user)
    try:
        if row.kind == Edit.Kind.WHOLE:
            banks.restore_whole(edit=row, by=by)
        else:
            drafts.restore(edit=row, by=by)
    except (drafts.NothingToRestoreError, banks.BankConflictError):
        messages.error(request, _("This cannot be restored: its pillar no longer exists, or its key is in use."))
    else:
        messages.success(request, _("The previous content has been restored. You can undo this as well."))
    return HttpResponseRedirect(reverse("admin:assessments_bankversion_history_of", args=(pk,)))
