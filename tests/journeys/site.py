"""The product, served by its real web server on a database of its own."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.utils import ConnectionHandler

from tests.journeys.emails import mail_folder_of

PATIENCE = 60  # seconds until a server that does not answer is given up


class Site:
    """A gunicorn as `make demo` runs it, which can be killed and started again at the same address."""

    def __init__(self, database: Path, *, settings: str = "tests.journeys.settings", **environment: str) -> None:
        self.database, self.port, self.process = database, free_port(), None
        self.environment = {"DJANGO_SETTINGS_MODULE": settings, **environment}
        self.url = f"http://127.0.0.1:{self.port}"
        self.bind, self.handed_over = f"127.0.0.1:{self.port}", ()  # open files that the server is given

    @property
    def media(self) -> Path:
        """Where it keeps its files."""
        return self.database.with_suffix(".media")

    @property
    def temporary(self) -> Path:
        """Where it prints: beside the reports of other sites on this machine, none of which it waits for."""
        folder = self.database.with_suffix(".tmp")
        folder.mkdir(exist_ok=True)
        return folder

    @property
    def _surroundings(self) -> dict[str, str]:
        own = {"DATABASE_URL": f"sqlite:///{self.database}", "LETTERBOX": str(mail_folder_of(self.database))}
        own |= {"MEDIA_ROOT": str(self.media), "TMPDIR": str(self.temporary)}
        quiet = {"HTTPS": "off", "DEMO": "off", "DEBUG": "off", "LOG_LEVEL": "ERROR", "SECOND_FACTOR_REQUIRED": "off"}
        return os.environ | own | quiet | self.environment

    def run(self, *command: str, **more: Any) -> subprocess.CompletedProcess:
        """A command of the product, with this server's settings."""
        command = [sys.executable, "-W", "ignore", "manage.py", *command]
        return subprocess.run(command, env=self._surroundings, check=True, **more)

    def start(self) -> None:
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "gunicorn",
            "--bind",
            self.bind,
            "--workers",
            "2",
        ]
        self.process = subprocess.Popen(
            [*command, "--no-control-socket", "--log-level", "error", "maturity.wsgi"],
            env=self._surroundings,
            pass_fds=self.handed_over,
            start_new_session=True,  # killed whole, workers included
        )
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            time.sleep(0.05)
        raise TimeoutError("The server did not start.")

    def kill(self) -> None:
        """As a power cut would: no request that is under way is finished."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(PATIENCE)
            self.process = None


def free_port() -> int:
    """Below those that a machine gives to whoever calls out: nobody takes it while its server is dead."""
    while True:
        port = 20_000 + secrets.randbelow(10_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@contextlib.contextmanager
def looking_at(database: Path) -> Iterator[None]:
    """Until the end of the block the test's own queries go to this file."""
    tests_own = connections["default"]
    own = dict(tests_own.settings_dict)
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;",
    }
    own |= {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database), "OPTIONS": options, "CONN_MAX_AGE": 0}
    connections["default"] = ConnectionHandler({"default": own})["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = tests_own
