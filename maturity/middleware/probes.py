"""Middleware: answer monitoring requests.

A health check uses the machine's own address and port instead of the site's name, and no TLS. It is therefore answered
before any check of host, session or account, and without a redirect to HTTPS.
"""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve

from .headers import GetResponse


def middleware(get_response: GetResponse) -> GetResponse:
    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.path[1:] not in settings.PROBE_PATHS:
            return get_response(request)
        match = resolve(request.path)
        request.resolver_match = match
        try:
            return match.func(request)  # type: ignore[no-any-return]
        except Http404:
            return get_response(request)  # continue, to render the usual 404 page

    return answer
