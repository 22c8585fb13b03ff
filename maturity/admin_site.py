"""Django admin behind the product's own sign-in."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.http import redirect_within


class MaturityAdminSite(AdminSite):
    """Django's admin with our titles; signing in goes through the site's own page."""

    site_title = _("AI leadership maturity")
    site_header = _("AI leadership maturity: administration")
    index_title = _("Question banks, organisations and people")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register only the product's own models; second factors, queued tasks and the like are not to be edited."""
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else [*model_or_iterable]
        ours = [model for model in models if model._meta.app_label == "assessments"]
        super().register(ours, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response: HttpResponse = secure_admin_login(redirect_to_next)(request)
        return response

    def password_change(  # type: ignore[override]  # declared to return a page
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Redirect to the account page, which asks for the old password, ends other sessions and notifies the user."""
        return redirect("account_change_password")


def redirect_to_next(request: HttpRequest) -> HttpResponse:
    """Skip Django's login form, which would ask for address and password only, whatever the site's sign-in requires."""
    return redirect_within(request, request.GET.get("next"), otherwise=reverse("admin:index"))
