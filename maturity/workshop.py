"""Django admin behind the product's own sign-in."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class HouseAdminSite(AdminSite):
    """Stock admin in our words; who is not signed in goes through the front door."""

    site_title = _("AI leadership maturity")
    site_header = _("AI leadership maturity: workshop")
    index_title = _("Question banks, organisations and people")

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return response
