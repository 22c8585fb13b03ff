"""gunicorn in production: `gunicorn --config deploy/gunicorn.conf.py maturity.wsgi`."""

import os
from pathlib import Path

memory = Path("/dev/shm")  # noqa: S108 - the heartbeat must not wait for a disk
bind = os.environ.get("BIND", "127.0.0.1:8001")
workers = int(os.environ.get("WEB_WORKERS", "2"))  # one per core
threads = 4  # while one waits for a report that another process renders, the others keep answering
timeout = 60  # seconds; rendering a report is aborted after 30
graceful_timeout = 40  # requests in progress may finish, including reports
max_requests, max_requests_jitter = 20_000, 2_000  # replace workers now and then, in case a library leaks memory
worker_tmp_dir = str(memory) if memory.is_dir() else None
control_socket_disable = True
accesslog = None  # the proxy writes one; the application's log lines carry the request id
preload_app = False  # each worker opens its own connections


def child_exit(server: object, worker: object) -> None:
    """Remove a worker that has ended from /metrics."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[attr-defined]
