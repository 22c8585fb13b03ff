"""Middleware: what machines that watch the site ask of it, and no one reads.

A health check knows a web machine's own address and port, not the site's name, and asks without TLS. So it is answered before
a host, a session or an account is looked for, and is not sent to HTTPS.
"""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve

from .headers import GetResponse


def middleware(get_response: GetResponse) -> GetResponse:
    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.path[1:] not in settings.MACHINES_ASK:
            return get_response(request)
        match = resolve(request.path)
        request.resolver_match = match
        try:
            return match.func(request)  # type: ignore[no-any-return]
        except Http404:
            return get_response(request)  # there is nothing for the person who asks, and the page for nothing says so

    return answer
