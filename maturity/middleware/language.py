"""Middleware: use the reader's chosen language and time zone on any browser."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from assessments.reader_language import reading_in


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Use the account's language, else the cookie's, else the browser's, which LocaleMiddleware has activated.

    Times are in the account's time zone, else in UTC.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or None
        if chosen:
            _activate(request, chosen)
        with reading_in(chosen), timezone.override(getattr(request.user, "zone", None)):
            return get_response(request)

    return answer


def _activate(request: HttpRequest, chosen: str) -> None:
    """Activate the language if the interface supports it."""
    try:
        code = translation.get_supported_language_variant(chosen)
    except LookupError:
        return
    translation.activate(code)
    request.LANGUAGE_CODE = code  # like LocaleMiddleware
