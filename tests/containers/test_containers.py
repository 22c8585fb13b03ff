"""The image of deploy/, built on a base of Debian's packages and started: rootless and read-only."""

import secrets
import shutil
import time

import pytest

from tests.containers.podman import PAGE, answers, wait_until_ready

HEALTHY_IN, PATIENCE = 10, 180  # seconds

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not all(map(shutil.which, ("podman", "mmdebstrap"))), reason="asks podman and mmdebstrap"),
]

LOCKED = ["--read-only", "--cap-drop=all", "--security-opt=no-new-privileges", "--tmpfs=/tmp", "--network=none"]


@pytest.fixture
def options(podman):
    """A container as compose.yaml locks it, with a database in a volume, and no network."""
    volume = f"media-{secrets.token_hex(4)}"
    yield [
        *LOCKED,
        f"--volume={volume}:/srv/maturity/media",
        f"--env=SECRET_KEY={secrets.token_hex(40)}",
        "--env=DATABASE_URL=sqlite:////srv/maturity/media/db.sqlite3",
    ]
    podman("volume", "rm", "--force", volume, check=False)


def test_a_container_starts_rootless_and_read_only_and_is_soon_healthy(podman, options):
    prepare = "python manage.py migrate -v 0 && python manage.py createcachetable"
    podman("run", "--rm", *options, "localhost/maturity", "sh", "-c", prepare)
    start = time.monotonic()
    web = podman("run", "--detach", *options, "localhost/maturity").stdout.strip()
    wait_until_ready(podman, web, PATIENCE)
    seconds = time.monotonic() - start
    print(f"healthy after {seconds:.1f} s")
    assert seconds <= HEALTHY_IN
    assert answers(podman, web, PAGE)
    assert podman("exec", web, "id", "-u").stdout.strip() == "10001"
    for place in ("/srv/maturity/x", "/usr/local/x", "/etc/x"):
        assert podman("exec", web, "touch", place, check=False).returncode != 0
    assert podman("exec", web, "sh", "-c", "grep ^CapEff /proc/1/status").stdout.split()[1].strip("0") == ""
    podman("stop", "--time", 20, web)
    assert podman("inspect", "--format", "{{.State.ExitCode}}", web).stdout.strip() == "0"


def test_the_worker_and_the_scheduled_work_start_too(podman, options):
    prepare = "python manage.py migrate -v 0 && python manage.py createcachetable && python manage.py run_due"
    podman("run", "--rm", *options, "localhost/maturity", "sh", "-c", prepare)
    worker = podman(
        "run", "--detach", *options, "localhost/maturity", "python", "manage.py", "db_worker"
    ).stdout.strip()
    time.sleep(5)
    assert podman("inspect", "--format", "{{.State.Status}}", worker).stdout.strip() == "running"
    assert "Traceback" not in podman("logs", worker).stderr
