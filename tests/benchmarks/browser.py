"""A served copy of the site and a plain HTTP client for it, for measuring what a browser would wait for."""

import contextlib
import http.client
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.models import User
from maturity.accounts.sessions import SessionStore


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def served(workers: int = 1) -> Iterator[int]:
    """The port of a gunicorn with this process's settings, ended afterwards."""
    port = free_port()
    command = ["-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--timeout", "300"]
    process = subprocess.Popen(
        [sys.executable, *command, "--no-control-socket", "--log-level", "error", "tests.benchmarks.site"]
    )
    try:
        for _attempt in range(100):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(20)


class Browser:
    """Sends requests as one signed-in person, a new connection each."""

    def __init__(self, port: int, user: User) -> None:
        self.port, self.user = port, user
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        self.cookies = {settings.SESSION_COOKIE_NAME: session.session_key}

    def send(self, method: str, address: str, body: bytes | None = None, **headers: str) -> http.client.HTTPResponse:
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        wire.request(method, address, body, {"Cookie": cookie, **headers})
        return wire.getresponse()

    def get(self, address: str) -> bytes:
        response = self.send("GET", address)
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{address} answered {response.status}")
        return body

    def bare(self) -> None:
        """A view that does nothing, as nobody: with an account the site looks for the language they read."""
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        wire.request("GET", "/bare")
        if wire.getresponse().read() != b"ok":
            raise RuntimeError("there is no bare view")

    def saving(self, page: str, address: str) -> Callable[[], bytes]:
        """Each call changes the answer once more, with the revision that stands."""
        response = self.send("GET", page)
        token = re.search(rb'csrfmiddlewaretoken" value="([^"]+)', response.read())
        cookie = re.search(r"csrftoken=([^;]+)", response.headers["Set-Cookie"] or "")
        assert token and cookie
        self.cookies["csrftoken"] = cookie[1]
        headers = {"X-CSRFToken": token[1].decode(), "Content-Type": "application/json"}
        state = {"revision": 0, "choice": 1}

        def save() -> bytes:
            state["choice"] = state["choice"] % 5 + 1
            sent = {"choice": str(state["choice"]), "revision": state["revision"]}
            answer = self.send("PUT", address, json.dumps(sent).encode(), **headers)
            body = answer.read()
            reply = json.loads(body)
            state["revision"] = reply.get("other", reply)["revision"]
            return body if answer.status == 200 else save()

        return save

    def queries(self, address: str) -> int:
        """How many queries an address asks, BEGIN and COMMIT not counted."""
        client = Client()
        client.force_login(self.user, settings.AUTHENTICATION_BACKENDS[0])
        with CaptureQueriesContext(connection) as captured:
            if "/answers/" in address:
                client.put(address, {"choice": "dont_know", "revision": 0}, "application/json")
            else:
                client.get(address)
        return sum(query["sql"].split(" ")[0] not in ("BEGIN", "COMMIT", "SAVEPOINT") for query in captured)
