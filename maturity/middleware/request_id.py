"""Set a request id on every log line and response, taken from the proxy's `X-Request-ID` if it is valid."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
VALID_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
current: ContextVar[str] = ContextVar("request_id", default="-")


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The outermost middleware, so that whatever the others log has the id."""

    def respond(request: HttpRequest) -> HttpResponse:
        sent = request.headers.get(HEADER, "")
        token = current.set(sent if VALID_ID.fullmatch(sent) else uuid.uuid4().hex)
        try:
            response = get_response(request)
            response.headers[HEADER] = current.get()
            return response
        finally:
            current.reset(token)

    return respond


class RequestId(logging.Filter):
    """Adds `request_id` to a log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current.get()
        return True
