"""Middleware: explain every refused request. Where Django does not, send a page to people and JSON to programs."""

import json
from http import HTTPStatus
from typing import TypeGuard

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from .headers import GetResponse


def for_people(get_response: GetResponse) -> GetResponse:
    """Replace an empty error response by a page. Runs inside the middleware that sets user and language."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        asked_by_people = not request.path.startswith("/api/") and request.path[1:] not in settings.PROBE_PATHS
        if asked_by_people and _is_refusal(response) and not response.content:
            _replace_body(response, render_to_string("refused.html", request=request), "text/html; charset=utf-8")
        return response

    return answer


def for_programs(get_response: GetResponse) -> GetResponse:
    """Replace an error page below /api/ by JSON. Runs outside any middleware that may refuse a request."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_json = response.headers.get("Content-Type", "").startswith("application/json")
        if request.path.startswith("/api/") and _is_refusal(response) and not is_json:
            _replace_body(response, json.dumps({"detail": HTTPStatus(response.status_code).phrase}), "application/json")
        return response

    return answer


def refuse_nul(get_response: GetResponse) -> GetResponse:
    """Refuse NUL in a query string: no database stores it, and PostgreSQL rejects it even in a query."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in a query.")
        return get_response(request)

    return answer


def _is_refusal(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    return isinstance(response, HttpResponse) and 400 <= response.status_code < 500


def _replace_body(response: HttpResponse, content: str, kind: str) -> None:
    """Replace the body; keep the status and the other headers."""
    response.content = content.encode()
    response.headers["Content-Type"] = kind
    if response.has_header("Content-Length"):
        response.headers["Content-Length"] = str(len(content.encode()))
