"""podman as a user who is not root, the image of deploy/, and stand-ins for the images it names, from Debian's packages."""

import os
import pwd
import secrets
import shutil
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
USER = "maturity-containers"  # made for the test, and removed with its images, when root runs it
TUNNEL = Path(
    "/dev/net/tun"
)  # networks of plain users go through it; Debian opens it to everyone, some machines do not
DEBIAN = "python3,python3-venv,python3-pip,ca-certificates,media-types,tzdata"
ASK = "import urllib.request as u; print(u.urlopen(u.Request('http://127.0.0.1:8001{}', headers={}), timeout=5).status)"
READY, PAGE = ASK.format("/readyz", {}), ASK.format("/", {"X-Forwarded-Proto": "https"})
NAMED_PAGE = ASK.format("/", {"X-Forwarded-Proto": "https", "Host": "maturity.example.org"})


class Podman:
    """podman as a user who is not root, with runc, which also works where control groups are of version 1."""

    def __init__(self, folder: Path):
        self.folder, self.made, self.closed = folder, False, None
        self.user = None
        if os.getuid() == 0:
            try:
                self.user = pwd.getpwnam(USER)
            except KeyError:
                subprocess.run(["useradd", "--create-home", USER], check=True)
                self.user, self.made = pwd.getpwnam(USER), True
            if TUNNEL.exists() and TUNNEL.stat().st_mode & 0o006 != 0o006:
                self.closed = TUNNEL.stat().st_mode
                TUNNEL.chmod(0o666)
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

    def __call__(self, *words, program="podman", check=True, **more):
        """Run a command of podman, or of another program with these variables more."""
        who = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}
        environment = self.environment | more
        command = [program, *map(str, words)]
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False, timeout=500, **who
        )
        assert not check or done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done

    def build(self, target, *words):
        isolated = ("--network", "host", "--isolation", "chroot")
        self("build", *isolated, "--tag", f"localhost/{target}", *words)

    def digest(self, name):
        return f"localhost/{name}@" + self("images", "--format", "{{.Digest}}", f"localhost/{name}").stdout.split()[0]

    def remove(self):
        if self.closed is not None:
            TUNNEL.chmod(self.closed)
        self("pod", "rm", "--all", "--force", check=False)
        self("rm", "--all", "--force", "--time", 5, check=False)
        if self.made:
            self("system", "reset", "--force", check=False)
            subprocess.run(["userdel", "--remove", USER], check=False, capture_output=True)


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


def secret_files(database):
    """The three secrets that compose.yaml and kubernetes.yaml name, for PostgreSQL at this host."""
    password = secrets.token_hex(16)
    address = f"postgres://maturity:{password}@{database}:5432/maturity"
    return {"secret_key": secrets.token_hex(40), "database_url": address, "database_password": password}


def state(podman, container):
    return podman("inspect", "--format", "{{.State.Status}} {{.State.ExitCode}}", container).stdout.strip()
