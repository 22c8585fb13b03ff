"""Choosing a language: kept with the account of whoever is signed in, and in a cookie for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from assessments import languages


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Back to where the reader was, in the language chosen; one that nobody offers changes nothing."""
    return languages.remember(request, redirect(_back(request)), request.POST.get("language", ""))


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url("landing")
