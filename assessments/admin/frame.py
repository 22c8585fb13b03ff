"""Shared by the author pages: the surrounding admin template, and permissions."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.models import BankVersion

from .drafting import change_url, trail_of

type View = Callable[..., HttpResponseBase]


def routes(model_admin: ModelAdmin[Any], pages: Mapping[str, tuple[str, View, str]]) -> list[URLPattern]:
    """Return URL patterns below a model's own: name -> (pattern, view, methods). A view gets the model admin first."""
    prefix = f"assessments_{model_admin.model._meta.model_name}"
    return [
        path(pattern, _guarded(model_admin, view, methods), name=f"{prefix}_{name}")
        for name, (pattern, view, methods) in pages.items()
    ]


def _guarded(model_admin: ModelAdmin[Any], view: View, methods: str) -> View:
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(model_admin, request, *args, **kwargs)

    return model_admin.admin_site.admin_view(never_cache(require_http_methods(methods.split())(opened)))


READ, BOTH, WRITE = "GET HEAD", "GET HEAD POST", "POST"


def version_to_see(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> BankVersion:
    version = get_object_or_404(BankVersion.objects.select_related("bank"), pk=pk)
    if not model_admin.has_view_permission(request, version):
        raise PermissionDenied
    return version


def may_change(model_admin: ModelAdmin[Any], request: HttpRequest, row: Any = None) -> None:
    """Raise PermissionDenied if the user may not change this kind of row, or nobody may change this row."""
    if not model_admin.has_change_permission(request, row):
        raise PermissionDenied


def trail_in_list(model_admin: ModelAdmin[Any], row: Model | None = None) -> list[tuple[str, str]]:
    """Breadcrumbs of a page that belongs to no bank: the list of its model, then the row if there is one."""
    names = model_admin.opts
    rows = (str(capfirst(names.verbose_name_plural)), reverse(f"admin:assessments_{names.model_name}_changelist"))
    return [rows] if row is None else [rows, (str(row), change_url(row))]


def render_page(
    model_admin: ModelAdmin[Any],
    request: HttpRequest,
    template: str,
    version: BankVersion | None = None,
    *,
    title: str,
    status: int = 200,
    **context: Any,
) -> TemplateResponse:
    """Render a page in the admin's layout, with its version as breadcrumb, unless it has a `trail` of its own."""
    trail = [] if version is None else [*trail_of(version), (str(version), change_url(version))]
    frame = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "title": title, "trail": trail}
    frame["is_whole"] = "trail" in context
    return TemplateResponse(
        request, f"admin/authoring/{template}", {**frame, "version": version, **context}, status=status
    )
