"""The processes of a site on one machine, run together: web server, background worker and scheduled work."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from maturity.places import INSTALLED, PACKAGE

WORKER = ["-m", "maturity", "db_worker", "-v", "0"]
COLLECT = ["-m", "maturity", "collectstatic", "--noinput", "-v", "0"]
DUE = ["-m", "maturity", "run_due", "-v", "0"]
MINUTE = 60.0  # seconds between two runs of the scheduled work


def refuse_a_taken_port(port: str) -> None:
    """End with a sentence unless this port of the loopback address can be used."""
    if not (port.isdigit() and 0 < int(port) < 65536):
        sys.exit(f"PORT={port} is not a port. Choose a number from 1 to 65535, such as PORT=8001.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError:
            sys.exit(f"Port {port} is taken by another program, or not yours to use. Try another, such as PORT=8001.")


@contextmanager
def collecting_statics() -> Iterator[None]:
    """Collect and compress static files in another process, if any has changed, while the body runs."""
    process = started(COLLECT) if statics_are_stale() else None
    yield
    if process and process.wait():
        sys.exit("The static files could not be collected; the lines above say why.")


def statics_are_stale() -> bool:
    """Whether a source file or the list of packages is newer than the collected files.

    In an installed package, the folder of all packages changes with every version of any of them.
    """
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return True
    checkout = [*(settings.BASE_DIR / "static").rglob("*"), settings.BASE_DIR / "requirements.txt"]
    sources = [PACKAGE.parent] if INSTALLED else checkout
    return max(source.stat().st_mtime for source in sources) > manifest.stat().st_mtime


def run_until_stopped(web: list[str], *, notice: str, scheduled: bool) -> None:
    """Run the web server and a worker, and every minute the scheduled work, until one ends or on Ctrl-C."""
    processes = [started(command) for command in (web, WORKER)]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(f"\n{notice}\n", flush=True)
    due, next_time = None, time.monotonic() + 5
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.2)
            if scheduled and time.monotonic() >= next_time and (due is None or due.poll() is not None):
                due, next_time = started(DUE), time.monotonic() + MINUTE
    except KeyboardInterrupt:
        print("\nGoodbye.")
    finally:
        everything = [*processes, *([due] if due else [])]
        for process in everything:
            process.terminate()
        for process in everything:
            process.wait(timeout=45)


def started(command: list[str]) -> subprocess.Popen[bytes]:
    """Start Python with this command. What it prints is dropped for the scheduled work alone; its log lines are not."""
    output = subprocess.DEVNULL if command is DUE else None
    return subprocess.Popen([sys.executable, *command], stdout=output)  # noqa: S603 - only our own commands
