"""How long the product takes to answer, started as in production, and what a worker holds before its first report."""

import contextlib
import http.client
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.browser import Browser, free_port

STARTS = 5
TICKS = os.sysconf("SC_CLK_TCK")


class Site:
    """gunicorn with the configuration of deploy/, two workers, from its first moment."""

    def __init__(self) -> None:
        self.port = free_port()
        self.began = time.perf_counter()
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--log-level", "error"]
        told = os.environ | {"BIND": f"127.0.0.1:{self.port}", "WEB_WORKERS": "2"}
        self.process = subprocess.Popen([*command, "maturity.wsgi"], env=told)

    def first_answer(self) -> float:
        """Seconds from the start to the first 200 of a page that needs no database."""
        while time.perf_counter() - self.began < 60:
            with contextlib.suppress(OSError):
                wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                wire.request("GET", "/healthz")
                if wire.getresponse().status == 200:
                    return time.perf_counter() - self.began
            time.sleep(0.005)
        raise RuntimeError("no answer within a minute")

    @property
    def workers(self) -> list[Path]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [Path("/proc") / child for child in children]

    def processor(self) -> float:
        """Seconds of processor a worker has had."""
        fields = [(worker / "stat").read_text().rsplit(")", 1)[1].split() for worker in self.workers]
        return statistics.mean((int(row[11]) + int(row[12])) / TICKS for row in fields)

    def memory(self) -> str:
        """Of a worker, in MB: its share of what processes hold together (PSS), and all it sees (RSS)."""
        texts = [(worker / "smaps_rollup").read_text() for worker in self.workers]
        pss, rss = (
            statistics.mean(int(re.search(rf"^{name}:\s+(\d+)", text, re.MULTILINE)[1]) for text in texts) * 1.024e-3  # type: ignore[index]
            for name in ("Pss", "Rss")
        )
        return f"{pss:.0f} MB a worker (PSS), {rss:.0f} MB RSS"


@contextlib.contextmanager
def started() -> Iterator[Site]:
    site = Site()
    try:
        yield site
    finally:
        site.process.terminate()
        site.process.wait(20)


def start(line: Callable[..., None], browser: Browser, addresses: list[str]) -> None:
    """Two lines: a cold start, and a worker after every address was asked for by as many people as it has threads."""
    seconds, processor = [], []
    for _ in range(STARTS):
        with started() as site:
            seconds.append(site.first_answer())
            time.sleep(2)  # the other worker loads as well
            processor.append(site.processor())
            fresh = site.memory()
    line("start to first 200", statistics.median(seconds), f"{statistics.median(processor):.1f} s of processor", fresh)
    with started() as site:
        site.first_answer()
        browser.port = site.port
        began = time.perf_counter()
        for _ in range(16):
            for address in addresses:
                browser.get(address)
        line("a worker before its first report", (time.perf_counter() - began) / 16, site.memory())
