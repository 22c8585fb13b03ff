"""Knocks at a door and judges the answer; whatever the request did is taken back."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import quote_from_bytes, quote_plus, unquote_to_bytes

from django.core import mail
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import transaction
from django.test.client import ClientHandler, FakePayload, RequestFactory
from django.utils import translation

from .values import FORM

MACHINES = ("/healthz", "/readyz", "/metrics")


@dataclass(frozen=True)
class Knock:
    identity: str
    method: str
    path: str
    query: str = ""
    body: bytes = b""
    kind: str = FORM
    headers: tuple = ()
    of: str = ""  # which field holds which value

    def __str__(self):
        return f"{self.method} {self.path[:150]} as {self.identity}: {self.of}"


def encoded(fields):
    """Fields as a browser sends them: name -> values, as text or as bytes of no text."""
    pairs = [(name, one) for name, many in fields.items() for one in many]
    return "&".join(
        f"{quote_plus(name)}={quote_from_bytes(one if isinstance(one, bytes) else one.encode())}" for name, one in pairs
    )


class Walk:
    """The browsers of all identities, and what came of their knocking."""

    def __init__(self, browsers):
        self.environs = {}
        for identity, browser in browsers.items():
            cookies = "; ".join(f"{name}={cookie.value}" for name, cookie in browser.cookies.items())
            self.environs[identity] = {**browser.defaults, "HTTP_COOKIE": cookies}
        self.handler, self.factory = ClientHandler(enforce_csrf_checks=False), RequestFactory()
        self.statuses, self.faults, self.problem = Counter(), {}, None
        got_request_exception.connect(self._note)

    def _note(self, **_signal):
        import sys

        self.problem = sys.exception()

    def send(self, knock):
        """(status, content) of the answer."""
        cache.clear()
        self.problem = None
        with transaction.atomic():
            try:
                status, content = self._judged(knock, self.handler(self._environ(knock)))
            except Exception as problem:  # whatever it is, it reached the server
                self.problem, status, content = problem, 500, b""
                self._blame(knock, "no answer")
            transaction.set_rollback(True)
        mail.outbox.clear()
        translation.deactivate()
        self.statuses[status] += 1
        return status, content

    def _environ(self, knock):
        path = unquote_to_bytes(knock.path).decode("latin-1")
        asked = {"REQUEST_METHOD": knock.method, "PATH_INFO": path, "QUERY_STRING": knock.query}
        asked |= {
            "CONTENT_TYPE": knock.kind,
            "CONTENT_LENGTH": str(len(knock.body)),
            "wsgi.input": FakePayload(knock.body),
        }
        return self.factory._base_environ(**{**self.environs[knock.identity], **asked, **dict(knock.headers)})

    def _judged(self, knock, response):
        content = b"".join(response.streaming_content) if response.streaming else response.content
        status = response.status_code
        if status >= 500 and not (status == 503 and "Retry-After" in response.headers and self.problem is None):
            self._blame(knock, str(status))
        elif (
            status >= 400
            and knock.method != "HEAD"
            and knock.path not in MACHINES
            and not says_something(knock.path, response, content)
        ):
            self._blame(knock, f"{status} without a sentence")
        is_page = response.get("Content-Type", "").startswith("text/html")
        return status, content if is_page else b""

    def _blame(self, knock, why):
        """One line a place in the code, with the first request that found it and how many did."""
        place = f"{why} {place_of(self.problem)}" if self.problem else f"{why} {knock.method} {knock.path}"
        if place not in self.faults:
            print(place, "\n     ", str(knock)[:300], flush=True)
        first, count = self.faults.get(place, (str(knock), 0))
        self.faults[place] = first, count + 1


def place_of(problem):
    trace = problem.__traceback__
    ours = trace
    while trace.tb_next:
        trace = trace.tb_next
        if "site-packages" not in trace.tb_frame.f_code.co_filename:
            ours = trace
    places = [f"{one.tb_frame.f_code.co_filename.split('site-packages/')[-1]}:{one.tb_lineno}" for one in (trace, ours)]
    return f"{type(problem).__name__} {str(problem)[:100]!r} at {' by '.join(dict.fromkeys(places))}"


def says_something(path, response, content):
    """Whether a refusal is a page of ours, or JSON where programs ask."""
    kind = response.get("Content-Type", "")
    if kind.startswith("application/json"):
        return len(content) > 4
    return (
        not path.startswith("/api/") and kind.startswith("text/html") and b"<h1" in content and b"stylesheet" in content
    )
