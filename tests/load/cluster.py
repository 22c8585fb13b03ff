"""The product as it runs in production: nginx, one or more web machines, a worker, and a database of their own.

Each web machine has a copy of the code and a folder for temporary files to itself; they share the database and what
is exported, nothing else.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".uv", "media", "*.sqlite3*", "mutants", ".*_cache", "__pycache__")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Machine:
    """One web machine: gunicorn with one worker process, in a copy of the code."""

    def __init__(self, folder: Path, surroundings: dict[str, str]) -> None:
        self.port, self.folder = free_port(), folder
        temporary = folder / "tmp"
        temporary.mkdir(parents=True)
        self.surroundings = surroundings | {
            "BIND": f"127.0.0.1:{self.port}",
            "WEB_WORKERS": "1",
            "TMPDIR": str(temporary),
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; at first, copy the code, with the static files that were collected for the stage."""
        if not (self.folder / "code").exists():
            shutil.copytree(ROOT, self.folder / "code", ignore=LEFT_OUT)
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--log-level", "error"]
        self.process = subprocess.Popen(
            [*command, "maturity.wsgi"], cwd=self.folder / "code", env=self.surroundings, start_new_session=True
        )
        answered(f"http://127.0.0.1:{self.port}/readyz")

    def end(self) -> None:
        """As a machine that is upgraded: what was begun is finished."""
        assert self.process is not None
        self.process.terminate()
        self.process.wait(60)
        self.process = None

    def kill(self) -> None:
        """As a machine that loses its power."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def megabytes(self) -> float:
        """Resident memory of the worker process."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        pages = sum(int(Path(f"/proc/{child}/statm").read_text().split()[1]) for child in children)
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class Cluster:
    """`machines` web machines behind nginx (or the first alone where there is no nginx), and a worker."""

    def __init__(self, folder: Path, database: str, machines: int) -> None:
        self.folder, self.port = folder, free_port()
        media = folder / "media"
        self.surroundings = os.environ | {
            "DATABASE_URL": database,
            "MEDIA_ROOT": str(media),
            "SECRET_KEY": "the same on every machine, and long enough to sign with, one hopes",
            "EMAIL_URL": "dummymail://",
            "DEMO": "off",
            "DEBUG": "off",
            "HTTPS": "off",
            "SECOND_FACTOR_REQUIRED": "off",
            "LOG_LEVEL": "ERROR",
            "TRUSTED_PROXY_COUNT": "1",
            "KEPT_REPORTS_MB": "0",  # every report is made: what is measured is what it costs
        }
        self.machines = [Machine(folder / f"machine{number}", self.surroundings) for number in range(machines)]
        self.others: list[subprocess.Popen[bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port if shutil.which('nginx') else self.machines[0].port}"

    def megabytes(self) -> list[float]:
        """Of each machine's web process."""
        return [machine.megabytes() for machine in self.machines]

    def parts(self) -> dict[str, int]:
        """The first process of each part."""
        web = {f"web {n}": m.process.pid for n, m in enumerate(self.machines, 1) if m.process is not None}
        return web | dict(zip(("worker", "proxy"), (process.pid for process in self.others), strict=False))

    def exports(self) -> dict[str, int]:
        """How many exports are in which state."""
        told = "from assessments.models import Export; import json; states = [*Export.objects.values_list('state', flat=True)]"
        command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", f"{told}; print(json.dumps(states))"]
        done = subprocess.run(
            command, cwd=ROOT, env=self.surroundings, check=True, capture_output=True, text=True, timeout=60
        )
        return Counter(json.loads(done.stdout.splitlines()[-1]))

    @contextlib.contextmanager
    def running(self) -> Iterator["Cluster"]:
        try:
            for machine in self.machines:
                machine.start()
            worker = [sys.executable, "manage.py", "db_worker", "-v", "0"]
            self.others.append(subprocess.Popen(worker, cwd=ROOT, env=self.surroundings))
            if nginx := shutil.which("nginx"):
                self.others.append(subprocess.Popen([nginx, "-c", str(self._configuration()), "-p", str(self.folder)]))
            answered(f"{self.url}/healthz")
            yield self
        finally:
            for machine in self.machines:
                machine.kill()
            for process in self.others:
                process.terminate()
            for process in self.others:
                try:
                    process.wait(30)  # it may finish the export that it makes
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    def _configuration(self) -> Path:
        """nginx.conf with the very locations of deploy/, on a port of its own and without certificates."""
        text = (ROOT / "deploy" / "nginx.conf").read_text()
        upstream = text[text.index("upstream") : text.index("\n}\n") + 3]
        servers = "\n".join(f"    server 127.0.0.1:{m.port} max_fails=1 fail_timeout=2s;" for m in self.machines)
        upstream = upstream.replace("    server 127.0.0.1:8001 max_fails=1 fail_timeout=2s;", servers)
        locations = ROOT / "deploy" / "nginx-locations.conf"
        path = self.folder / "nginx.conf"
        path.write_text(
            f"{'user root; ' if os.getuid() == 0 else ''}daemon off; pid {self.folder}/nginx.pid; error_log {self.folder}/nginx.log error; worker_processes 1;\n"
            f"events {{ worker_connections 1024; }}\nhttp {{\naccess_log off; client_body_temp_path {self.folder}/body;\n"
            f"proxy_temp_path {self.folder}/proxy;\n{upstream}\n"
            f"server {{ listen 127.0.0.1:{self.port}; include {locations}; }}\n}}\n"
        )
        return path


def answered(address: str) -> None:
    """Waits until it answers, a minute at most."""
    for _attempt in range(600):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=2).close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"{address} does not answer")
