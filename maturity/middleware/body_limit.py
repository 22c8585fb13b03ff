"""Refuse requests larger than any form can send, by their headers, before reading or storing the body.

Django's own limit ignores uploaded files. A request without a Content-Length counts as having no body.
"""

import re

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .headers import GetResponse

# The pages that accept more; their forms say how much
HAND_OVER = "/admin/assessments/organisation/arrival/"
EVIDENCE = re.compile(r"/(assessments/[0-9a-f-]{36}/questions/[^/]+|organisations/[0-9a-f-]{36})/evidence/")
AROUND = 2 * 1024 * 1024  # bytes of the other fields of a form with a file, and of the proxy


def middleware(get_response: GetResponse) -> GetResponse:
    """Raise RequestDataTooBig, which shows the same page as Django's own limits: `assessments.views.errors`."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        said = request.META.get("CONTENT_LENGTH") or "0"
        size = int(said) if said.isascii() and said.isdigit() and len(said) < 16 else settings.HAND_OVER_LIMIT + 1
        if size > _limit(request.path):
            raise RequestDataTooBig("A body over the limit was refused.")
        return get_response(request)

    return answer


def _limit(path: str) -> int:
    if path == HAND_OVER:
        return int(settings.HAND_OVER_LIMIT)
    if EVIDENCE.fullmatch(path):
        return max(int(settings.BODY_LIMIT), int(settings.EVIDENCE_MB) * 1024 * 1024 + AROUND)
    return int(settings.BODY_LIMIT)
