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
    """Stock admin in our words; who is not signed in uses the site's sign-in page."""

    site_title = _("AI leadership maturity")
    site_header = _("AI leadership maturity: administration")
    index_title = _("Question banks, organisations and people")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only the product's own tables: second factors, queued work and the like are no one's to edit."""
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else [*model_or_iterable]
        ours = [model for model in models if model._meta.app_label == "assessments"]
        super().register(ours, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response: HttpResponse = secure_admin_login(onward)(request)
        return response

    def password_change(  # type: ignore[override]  # which promises a page
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The account's own page asks for the old one, ends what the old one opened, and says so to its person."""
        return redirect("account_change_password")


def onward(request: HttpRequest) -> HttpResponse:
    """Stock admin would take an address and a password here, whatever else the site's sign-in page asks for."""
    return redirect_within(request, request.GET.get("next"), otherwise=reverse("admin:index"))
