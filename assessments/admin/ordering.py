"""Move up, move down, drag and duplicate. Each is a POST; only dragging needs JavaScript."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from assessments import access
from assessments.actions import drafts

from .drafting import change_url, parent_url
from .frame import may_change

STEPS = {"up": -1, "down": 1}


def _row(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> Any:
    row = get_object_or_404(model_admin.get_queryset(request), pk=pk)
    may_change(model_admin, request, row)
    return row


def move(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    """Move a row one place up or down among its siblings."""
    row = _row(model_admin, request, pk)
    step = STEPS.get(request.POST.get("step", ""))
    if step is not None:
        drafts.move(row=row, by=access.require_user(request.user), step=step)
    return HttpResponseRedirect(parent_url(row))


def arrange(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    """Save the order in which the rows were dropped; 409 if the rows have changed since."""
    row = _row(model_admin, request, pk)
    moved = drafts.arrange(row=row, by=access.require_user(request.user), keys=request.POST.getlist("key"))
    return HttpResponse(status=204 if moved else 409)


def duplicate(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    copy = drafts.duplicate(question=_row(model_admin, request, pk), by=access.require_user(request.user))
    messages.success(request, _("This is the copy. Give it its own key before anyone answers it."))
    return HttpResponseRedirect(change_url(copy))
