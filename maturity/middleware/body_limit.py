"""Refuse requests larger than any form can send, by their headers, before reading or storing the body.

Django's own limit ignores uploaded files. A request without a Content-Length counts as having no body.
"""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .headers import GetResponse

HAND_OVER = "/admin/assessments/organisation/arrival/"  # the only page that accepts more; its form states the limit


def middleware(get_response: GetResponse) -> GetResponse:
    """Raise RequestDataTooBig, which shows the same page as Django's own limits: `assessments.views.errors`."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        said = request.META.get("CONTENT_LENGTH") or "0"
        size = int(said) if said.isascii() and said.isdigit() and len(said) < 16 else settings.HAND_OVER_LIMIT + 1
        if size > (settings.HAND_OVER_LIMIT if request.path == HAND_OVER else settings.BODY_LIMIT):
            raise RequestDataTooBig("A body over the limit was refused.")
        return get_response(request)

    return answer
