"""Renders one report at a time: sends requests to the rendering process, and ends it if it takes too long.

Each process that renders reports keeps a warm rendering process, so that libraries are loaded only once. All processes
of a machine take turns: two reports at once would take both cores from people who are saving answers. Rendering
happens outside this process, which has the database and secrets.
"""

import atexit
import hashlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assessments.reports.folder import Folder
from assessments.reports.pdf import queue
from assessments.reports.pdf.render import RenderedPdf, RenderRequest
from assessments.sentences import gettext as _, ngettext

LIMIT = 30.0  # seconds for one report
ROOT = Path(__file__).resolve().parents[3]
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")
KEPT_PREFIXES = ("FONTCONFIG_", "XDG_")


class PdfError(RuntimeError):
    """There is no PDF; the message is a sentence for the user."""


class PdfUnavailableError(PdfError):
    """WeasyPrint cannot be loaded; the message says what to install."""


class PdfBusyError(PdfError):
    """Another report is being rendered."""


class PdfShareError(PdfBusyError):
    """The same person is already waiting for a report."""


class PdfTooSlowError(PdfError):
    """The report took too long and was stopped."""


class RenderProcess:
    """A warm rendering process. Raises PdfUnavailableError, PdfTooSlowError or PdfError; it has then ended."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        self.owner, self.folder = os.getpid(), Folder(lock_file())
        kept, folder = [theirs.fileno(), self.folder.descriptor], str(self.folder.path)
        command = [sys.executable, "-m", "assessments.reports.pdf.render", str(theirs.fileno()), folder]
        self.process = subprocess.Popen(  # noqa: S603 - our own module
            command, cwd=ROOT, env={**_environment(), "TMPDIR": folder}, pass_fds=kept, stdin=subprocess.DEVNULL
        )
        theirs.close()
        self.wire, self.stream = ours, ours.makefile("rwb")
        self.engine: str = self._ask(None, LIMIT)["engine"]

    def render(self, request: RenderRequest, limit: float) -> RenderedPdf:
        facts = self._ask(asdict(request), limit)
        pdf = self.stream.read(facts["size"])
        return RenderedPdf(pdf, facts["pages"], tuple(facts["missing"]), tuple(facts["borrowed"]))

    def _ask(self, question: dict[str, Any] | None, limit: float) -> dict[str, Any]:
        self.wire.settimeout(limit)
        try:
            if question is not None:
                self.stream.write(json.dumps(question).encode() + b"\n")
                self.stream.flush()
            line = self.stream.readline()
        except TimeoutError as slow:
            self.end()
            raise PdfTooSlowError(_too_slow(limit)) from slow
        except OSError:
            line = b""
        if not line:
            self.end()
            raise PdfError(_("The report could not be created. The reason is in the log. Nothing was changed."))
        answer: dict[str, Any] = json.loads(line)
        if "unavailable" in answer:
            self.end()
            raise PdfUnavailableError(_missing_libraries())
        return answer

    @property
    def alive(self) -> bool:
        return self.owner == os.getpid() and self.process.poll() is None

    def end(self) -> None:
        """Kill the process: one that hangs in a library reacts to nothing else."""
        for close in (self.stream.close, self.wire.close):
            with suppress(OSError):
                close()
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()
        self.folder.close(remove=self.owner == os.getpid())


_starting = threading.Lock()
_kept: list[RenderProcess] = []
_engines: list[str] = []  # of the last rendering process, which may have ended


def render(request: RenderRequest, *, wait: float, limit: float = LIMIT, person: str = "") -> RenderedPdf:
    """The request as a PDF, after at most `wait` seconds of waiting for others. Raises a PdfError."""
    with one_at_a_time(wait, person=person):
        return render_now(request, limit=limit)


def render_now(request: RenderRequest, *, limit: float = LIMIT) -> RenderedPdf:
    """`render` for a caller that already has the turn."""
    return _process().render(request, limit)


def engine() -> str:
    """The layout libraries with versions, without waiting for a turn."""
    return _engines[0] if _engines else _process().engine


@contextmanager
def one_at_a_time(wait: float, *, person: str = "") -> Iterator[None]:
    """A turn at rendering, first come, first served, among all processes of this machine that run from this folder.

    A `person` has one place in the queue. Raises PdfShareError, PdfBusyError.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(queue.turn(lock_file().with_suffix(".line"), wait=wait, person=person))
        except queue.TakenError:
            raise PdfShareError(_taken()) from None
        except queue.BusyError:
            raise PdfBusyError(_busy()) from None
        yield


def lock_file() -> Path:
    name = hashlib.sha256(f"{ROOT} {os.getuid()}".encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"report-{name}.lock"


def _process() -> RenderProcess:
    with _starting:
        if not (_kept and _kept[0].alive):
            _end()
            _kept[:] = [RenderProcess()]
            _engines[:] = [_kept[0].engine]
        return _kept[0]


@atexit.register
def _end() -> None:
    for renderer in _kept:
        renderer.end()


def _environment() -> dict[str, str]:
    """The variables that the rendering process needs to find libraries and fonts, and no secrets."""
    return {key: value for key, value in os.environ.items() if key in KEPT or key.startswith(KEPT_PREFIXES)}


def _busy() -> str:
    return _("Another report is being created. Try again in a few seconds.")


def _taken() -> str:
    return _("The report you requested before is still being created. This one comes next.")


def _too_slow(limit: float) -> str:
    text = ngettext(
        "The report took longer than %(limit)d second and was stopped. Nothing was changed.",
        "The report took longer than %(limit)d seconds and was stopped. Nothing was changed.",
        int(limit),
    )
    return text % {"limit": limit}


def _missing_libraries() -> str:
    return _(
        "PDF reports need the system's pango library, which is not installed. On Debian: apt-get install "
        "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. Everything else works without it."
    )
