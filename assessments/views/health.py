"""Health checks for monitoring."""

from concurrent.futures import ThreadPoolExecutor, TimeoutError as TooLongError
from functools import lru_cache

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

TIMEOUT = 1.0  # seconds until the database counts as down


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Return 200 while the process runs; does not query the database."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Return 200 if the database answers, or 503 after at most one second, whatever the failure."""
    try:
        _asking().submit(_ask).result(timeout=TIMEOUT)
    except (DatabaseError, TooLongError):
        return HttpResponse("the database does not answer", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


@lru_cache(maxsize=1)
def _asking() -> ThreadPoolExecutor:
    """Return an executor with one thread, so a hanging check is never joined by a second one."""
    return ThreadPoolExecutor(1, "readyz")


def _ask() -> None:
    """Query the database on a separate connection, so no request waits for a database that hangs."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()
