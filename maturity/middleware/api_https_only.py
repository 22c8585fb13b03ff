"""Refuse plain HTTP to the API of an HTTPS site: after a redirect, clients would keep sending tokens in clear text."""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from .headers import GetResponse

MESSAGE = "Use https://. What you sent could be read on its way: revoke the token, and make another."


def middleware(get_response: GetResponse) -> GetResponse:
    """Refuse them; Django's own middleware redirects all other URLs and skips these."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if settings.SECURE_SSL_REDIRECT and request.path.startswith("/api/") and not request.is_secure():
            return JsonResponse({"detail": MESSAGE}, status=403, headers={"Cache-Control": "no-store"})
        return get_response(request)

    return answer
