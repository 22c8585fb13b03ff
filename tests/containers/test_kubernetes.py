"""deploy/kubernetes.yaml, started by `podman kube play` as a plain user."""

import shutil

import pytest

from tests.containers.podman import NAMED_PAGE, ROOT, answers, secret_files, state, wait_until_ready

PATIENCE = 180  # seconds until the database is prepared and the web server answers
RUNNING = {
    "database-pod-postgres": "999",
    "web-pod-web": "10001",
    "worker-pod-worker": "10001",
    "worker-pod-due": "10001",
}

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not all(map(shutil.which, ("podman", "mmdebstrap"))), reason="asks podman and mmdebstrap"),
]


@pytest.fixture
def pods(podman):
    """The manifest played. Podman knows no services: there, a pod has the name of its deployment with `-pod`."""
    manifest = (ROOT / "deploy" / "kubernetes.yaml").read_text()
    for published, stand_in in (
        ("registry.example.org/maturity@sha256:…", "localhost/maturity"),
        ("docker.io/library/postgres:17@sha256:…", "localhost/postgres"),
    ):
        assert published in manifest
        manifest = manifest.replace(published, stand_in)
    lines = [f"  {name}: {value}" for name, value in secret_files("database-pod").items()]
    secret = "\n".join(["apiVersion: v1", "kind: Secret", "metadata: {name: maturity}", "stringData:", *lines])
    path = podman.folder / "kubernetes.yaml"
    path.write_text(f"{secret}\n---\n{manifest}")
    podman("kube", "play", path)
    yield podman
    podman("kube", "down", "--force", path, check=False)


def test_the_manifest_prepares_the_database_and_serves(pods):
    wait_until_ready(pods, "web-pod-web", PATIENCE)
    assert answers(pods, "web-pod-web", NAMED_PAGE)
    assert state(pods, "prepare-pod-prepare") == "exited 0"
    for container, user in RUNNING.items():
        assert state(pods, container) == "running 0", container
        assert pods("exec", container, "id", "-u").stdout.strip() == user
        assert pods("exec", container, "touch", "/etc/x", check=False).returncode != 0
        assert pods("exec", container, "sh", "-c", "grep ^CapEff /proc/1/status").stdout.split()[1].strip("0") == ""
    assert "PostgreSQL" in pods("exec", "worker-pod-due", "python", "manage.py", "check_health").stdout
