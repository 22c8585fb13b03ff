"""Variables available in every template."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from assessments.languages import choices


def site(request: HttpRequest) -> dict[str, object]:
    return {"product_name": _("AI leadership maturity"), "demo": settings.DEMO, "languages": choices} | _provider()


def _provider() -> dict[str, object]:
    return {"sign_in_provider": settings.OIDC_NAME} if settings.OIDC_SERVER else {}
