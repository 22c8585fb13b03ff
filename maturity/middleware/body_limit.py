"""No request is larger than anything that can be sent here: refused by its head, before a byte of it is read or stored.

Django's own limit leaves uploaded files out. A request that does not say how large it is has no body for us.
"""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .headers import GetResponse

HAND_OVER = "/admin/assessments/organisation/arrival/"  # the one page that takes more; its form says how much


def middleware(get_response: GetResponse) -> GetResponse:
    """The page for it is that of Django's own limits: `assessments.views.errors`."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        said = request.META.get("CONTENT_LENGTH") or "0"
        size = int(said) if said.isascii() and said.isdigit() and len(said) < 16 else settings.HAND_OVER_LIMIT + 1
        if size > (settings.HAND_OVER_LIMIT if request.path == HAND_OVER else settings.BODY_LIMIT):
            raise RequestDataTooBig("A body over the limit was refused.")
        return get_response(request)

    return answer
