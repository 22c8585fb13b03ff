"""Set a request id on every log line and response, taken from the proxy's `X-Request-ID` if it is valid.

Log lines also have the id of the assessment in the request's address. It is random and names no one.
"""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
VALID_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
ASSESSMENT = re.compile(r"/assessments/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/|$)")
IDS = "maturity.log_ids"  # in META, for what Django logs about a request after every middleware has ended
current: ContextVar[str] = ContextVar("request_id", default="-")
assessment: ContextVar[str] = ContextVar("assessment_id", default="-")


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The outermost middleware, so that whatever the others log has the id."""

    def respond(request: HttpRequest) -> HttpResponse:
        sent = request.headers.get(HEADER, "")
        token = current.set(sent if VALID_ID.fullmatch(sent) else uuid.uuid4().hex)
        found = ASSESSMENT.search(request.path_info)
        about = assessment.set(found[1] if found else "-")
        request.META[IDS] = (current.get(), assessment.get())
        try:
            response = get_response(request)
            response.headers[HEADER] = current.get()
            return response
        finally:
            current.reset(token)
            assessment.reset(about)

    return respond


class RequestId(logging.Filter):
    """Adds `request_id` and `assessment_id` to a log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        ids = (current.get(), assessment.get())
        record.request_id, record.assessment_id = getattr(request, "META", {}).get(IDS, ids)
        return True
