"""Error pages for requests that fail before or outside our views, each with the right status."""

import errno
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}  # a full or read-only disk, for uploads as well
NO_DATABASE = (OperationalError, InterfaceError)  # unreachable, locked for too long, or not migrated yet
RETRY_AFTER = "60"  # seconds, for programs; the page says a few minutes


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return 413 with an explanation for a body over Django's limits, for which Django would answer 400."""
    if isinstance(exception, TOO_LARGE):
        return render(request, "413.html", status=413)
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the exception is being handled. Neither page queries the database."""
    problem = sys.exception()
    if isinstance(problem, NO_DATABASE) or (isinstance(problem, OSError) and problem.errno in NO_ROOM):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": RETRY_AFTER})
    return HttpResponse(render_to_string("500.html"), status=500)
