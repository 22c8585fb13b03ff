"""Middleware: everyone reads in the language they have chosen, whichever browser they come with."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from assessments.reader_language import reading_in


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The account's choice, else the cookie's, else (Django's LocaleMiddleware has seen to it) the browser's."""

    def answer(request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or None
        if chosen:
            _speak(request, chosen)
        with reading_in(chosen):
            return get_response(request)

    return answer


def _speak(request: HttpRequest, chosen: str) -> None:
    """Turn the interface to this language, if it is one of the interface's."""
    try:
        code = translation.get_supported_language_variant(chosen)
    except LookupError:
        return
    translation.activate(code)
    request.LANGUAGE_CODE = code  # as LocaleMiddleware sets it
