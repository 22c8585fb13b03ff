"""gunicorn in production: `gunicorn --config deploy/gunicorn.conf.py maturity.wsgi`."""

import os

bind = os.environ.get("BIND", "127.0.0.1:8001")
workers = int(os.environ.get("WEB_WORKERS", "2"))  # one a core
threads = 4  # while one waits for a report that another process sets, the others answer
timeout = 60  # seconds; a report is ended after 30
graceful_timeout = 40  # a request under way may finish, a report included
max_requests, max_requests_jitter = 20_000, 2_000  # a worker is replaced now and then, whatever a library may leak
worker_tmp_dir = "/dev/shm"  # noqa: S108 - the heartbeat must not wait for a disk
control_socket_disable = True
accesslog = None  # the proxy writes one; the application's lines carry the request id
preload_app = False  # each worker opens its own connections


def child_exit(server: object, worker: object) -> None:
    """A worker that ended counts no longer in /metrics."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[attr-defined]
