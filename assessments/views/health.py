"""For machines that watch this one."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLongError
from functools import lru_cache

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

TIMEOUT = 1.0  # seconds until the database counts as gone


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; the database is not asked."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers; 503 at most a second after it does not, however it went away."""
    try:
        _asking().submit(_ask).result(timeout=TIMEOUT)
    except (DatabaseError, TooLongError):
        return HttpResponse("the database does not answer", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


@lru_cache(maxsize=1)
def _asking() -> ThreadPoolExecutor:
    """One thread: where the last question still waits, the next is not asked next to it."""
    return ThreadPoolExecutor(1, "readyz")


def _ask() -> None:
    """In a connection of its own, so that no request waits for a database that hangs."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()
