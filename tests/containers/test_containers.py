"""The image of deploy/, built on a base of Debian's packages and started: rootless and read-only."""

import os
import pwd
import secrets
import shutil
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
USER = "maturity-containers"  # made for the test, and removed with its images, when root runs it
DEBIAN = "python3,python3-venv,python3-pip,ca-certificates,media-types,tzdata"
HEALTHY_IN = 10  # seconds
PATIENCE = 180  # seconds for a pod that first prepares a database
ASK = "import urllib.request as u; print(u.urlopen(u.Request('http://127.0.0.1:8001{}', headers={}), timeout=5).status)"
READY, PAGE = ASK.format("/readyz", {}), ASK.format("/", {"X-Forwarded-Proto": "https"})

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not all(map(shutil.which, ("podman", "mmdebstrap"))), reason="asks podman and mmdebstrap"),
]


class Podman:
    """podman as a user who is not root, with runc, which also works where control groups are of version 1."""

    def __init__(self, folder: Path):
        self.folder, self.made = folder, False
        self.user = None
        if os.getuid() == 0:
            try:
                self.user = pwd.getpwnam(USER)
            except KeyError:
                subprocess.run(["useradd", "--create-home", USER], check=True)
                self.user, self.made = pwd.getpwnam(USER), True
        self.runtime = folder / "run"
        self.runtime.mkdir(mode=0o700)
        config = folder / "containers.conf"
        config.write_text('[engine]\nruntime = "runc"\n' if shutil.which("runc", path="/usr/sbin:/usr/bin") else "")
        self.environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "HOME": self.user.pw_dir if self.user else os.environ["HOME"],
            "XDG_RUNTIME_DIR": str(self.runtime),
            "CONTAINERS_CONF": str(config),
            "PODMAN_IGNORE_CGROUPSV1_WARNING": "1",
        }
        if self.user:
            os.chown(self.runtime, self.user.pw_uid, self.user.pw_gid)

    def __call__(self, *words, check=True, **options):
        who = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}
        done = subprocess.run(
            ["podman", *map(str, words)],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            **who,
            **options,
        )
        assert not check or done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done

    def build(self, target, *words):
        isolated = ("--network", "host", "--isolation", "chroot")
        self("build", *isolated, "--tag", f"localhost/{target}", *words)

    def digest(self, name):
        return f"localhost/{name}@" + self("images", "--format", "{{.Digest}}", f"localhost/{name}").stdout.split()[0]

    def remove(self):
        self("pod", "rm", "--all", "--force", check=False)
        self("rm", "--all", "--force", "--time", 5, check=False)
        if self.made:
            self("system", "reset", "--force", check=False)
            subprocess.run(["userdel", "--remove", USER], check=False, capture_output=True)


@pytest.fixture(scope="module")
def podman(tmp_path_factory):
    """The image `localhost/maturity` and the stand-ins for those that deploy/ names, in a plain user's storage."""
    folder = Path(subprocess.run(["mktemp", "-d"], check=True, capture_output=True, text=True).stdout.strip())
    folder.chmod(0o755)
    podman = Podman(folder)
    try:
        build_all(podman, folder)
        yield podman
    finally:
        podman.remove()
        shutil.rmtree(folder, ignore_errors=True)


def build_all(podman, folder):
    if podman("image", "exists", "localhost/python", check=False).returncode:
        made = ["mmdebstrap", "--variant=minbase", f"--include={DEBIAN}", "trixie", str(folder / "base.tar")]
        subprocess.run(made, check=True, capture_output=True)
        shutil.copy("/etc/ssl/certs/ca-certificates.crt", folder)
        shutil.copy(HERE / "start-postgres", folder)
        for target in ("python", "postgres", "nginx"):
            podman.build(target, "--target", target, "--file", HERE / "Stand-ins", folder)
    source = folder / "source"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(source)], check=True)
    subprocess.run(["chmod", "-R", "go+rX", str(source)], check=True)
    base = f"PYTHON_IMAGE={podman.digest('python')}"
    podman.build("maturity", "--build-arg", base, "--file", source / "deploy" / "Containerfile", source)


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


def answers(podman, container, question):
    done = podman("exec", container, "python", "-c", question, check=False)
    return done.stdout.strip() == "200"


def wait_until_ready(podman, container, seconds):
    """Return the seconds until the container answers that it is ready."""
    start = time.monotonic()
    while not answers(podman, container, READY):
        assert time.monotonic() < start + seconds, podman("logs", container).stderr[-2000:]
        time.sleep(0.2)
    return time.monotonic() - start


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
