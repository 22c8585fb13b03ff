"""What a person sees when a request fails before or outside a view of ours: the right page with the right status."""

import errno
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}  # a disk that is full or read-only, of uploads as well
NO_DATABASE = (OperationalError, InterfaceError)  # away, locked for too long, or not migrated yet
RETRY_AFTER = "60"  # seconds, for machines; people are told to wait a few minutes


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django answers a body over its limits with 400; 413 is the answer that says what to do."""
    if isinstance(exception, TOO_LARGE):
        return render(request, "413.html", status=413)
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the exception is being handled. Neither page asks the database for anything."""
    problem = sys.exception()
    if isinstance(problem, NO_DATABASE) or (isinstance(problem, OSError) and problem.errno in NO_ROOM):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": RETRY_AFTER})
    return HttpResponse(render_to_string("500.html"), status=500)
