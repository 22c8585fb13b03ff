"""The package in a fresh environment, as a user who is not root and cannot write to its code: every command once."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
UV = ROOT / ".uv" / "bin" / "uv"
NOBODY = 65534
PATIENCE = 300  # seconds for a first start, which prepares a database and compresses the static files

pytestmark = [pytest.mark.long, pytest.mark.skipif(not UV.exists(), reason="asks uv")]


@pytest.fixture(scope="module")
def installation():
    """(command, home): the package built and installed, its code not writable, its home that of a plain user."""
    folder = Path(tempfile.mkdtemp(prefix="installed-"))  # pytest's own folders are closed to other users
    folder.chmod(0o755)
    environment = folder / "environment"
    python = environment / "bin" / "python"
    locked = ["--constraint", str(ROOT / "requirements.txt")]
    for words in (
        ["build", "--wheel", "--out-dir", str(folder / "dist"), str(ROOT)],
        ["venv", "--python", ">=3.12", str(environment)],
        ["pip", "install", "--python", str(python), *locked, "WHEEL"],
    ):
        wheels = [str(file) for file in (folder / "dist").glob("*.whl")]
        command = [UV, "--quiet", *(wheels[0] if word == "WHEEL" else word for word in words)]
        subprocess.run(command, check=True, capture_output=True, text=True)
    code = next(environment.glob("lib/*/site-packages"))
    for path in [code, *code.rglob("*")]:
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    home = folder / "home"
    home.mkdir()
    if os.getuid() == 0:
        os.chown(home, NOBODY, NOBODY)
    yield environment / "bin" / "ai-leadership", home
    subprocess.run(["chmod", "-R", "u+w", str(code)], check=True)
    shutil.rmtree(folder)


@pytest.fixture
def run(installation):
    """Start a command of the installation in an empty folder."""
    program, home = installation
    user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.getuid() == 0 else {}
    environment = {"PATH": os.environ["PATH"], "HOME": str(home)}

    def start(*words, **extra):
        return subprocess.Popen(
            [program, *map(str, words)], cwd=home, env=environment | extra, stdout=subprocess.PIPE, text=True, **user
        )

    return start


def output(process):
    said, _errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    return said


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(process, url):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, process.stdout.read()
        try:
            return urllib.request.urlopen(url, timeout=5).read().decode()
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"{url} does not answer")


def stop(process):
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 0


def test_files_are_checked_and_scored(run):
    fixtures = ROOT / "fixtures"
    assert "56 questions, 0 warnings" in output(run("check-bank", fixtures / "ai-leadership.yaml"))
    answers = fixtures / "demo" / "northfield-2026-q4.json"
    scored = output(run("score", "--bank", fixtures / "ai-leadership.yaml", "--answers", answers))
    assert scored.startswith('{"format": "maturity-result/1"')


def test_the_demonstration_runs(run, installation):
    port = free_port()
    demo = run("demo", "--port", port)
    try:
        assert "/static/css/site." in wait_for(demo, f"http://127.0.0.1:{port}/")
    finally:
        stop(demo)
    state = installation[1] / ".local" / "state" / "ai-leadership"
    assert (state / "demo" / "db.sqlite3").exists() and not (state / "db.sqlite3").exists()


def test_a_site_runs_is_backed_up_and_restored(run, installation, tmp_path):
    port, home = free_port(), installation[1]
    site = run("serve", "--port", port)
    try:
        wait_for(site, f"http://127.0.0.1:{port}/readyz")
        assert "/static/css/site." in wait_for(site, f"http://127.0.0.1:{port}/")
        assert "rows of sqlite" in output(run("backup", home / "site.backup"))
    finally:
        stop(site)
    for file in (home / ".local/state/ai-leadership").glob("db.sqlite3*"):
        file.unlink()
    output(run("migrate", "-v", "0"))
    assert "rows from" in output(run("restore", home / "site.backup", "--yes"))
    assert "No migrations to apply" in output(run("migrate"))


def test_without_a_folder_to_write_to_there_is_a_sentence(run):
    process = run("migrate", AI_LEADERSHIP_HOME="/proc/none")
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 1


# The release


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """(folder, clone, public key): a release made in a clone with a key for this test."""
    folder = tmp_path_factory.mktemp("release")
    clone, key = folder / "clone", folder / "key"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    names = {f"GIT_{who}_{what}": "test@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    made = [clone / "scripts" / "release", "1.0.0", str(key), str(folder / "out")]
    subprocess.run(made, check=True, env=os.environ | names | {"UV": str(UV)}, capture_output=True)
    return folder / "out", clone, key.with_suffix(".pub")


def test_a_release_has_everything_and_its_signature_holds(release, tmp_path):
    folder, clone, key = release
    wheel = "ai_leadership_maturity-1.0.0-py3-none-any.whl"
    files = {"CHANGES.md", "SHA256SUMS", "SHA256SUMS.sig", "requirements.txt", "sbom.json"}
    assert {path.name for path in folder.iterdir()} == files | {wheel, "ai_leadership_maturity-1.0.0.tar.gz"}
    assert json.loads((folder / "sbom.json").read_text())["bomFormat"] == "CycloneDX"
    assert (folder / "CHANGES.md").read_text().strip().startswith("- ")
    assert f"version {read(clone, 'describe')}".strip() == "version v1.0.0"
    signers = tmp_path / "allowed_signers"
    signers.write_text(f"release {key.read_text()}")
    verify = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", "release", "-n", "file", "-s", "SHA256SUMS.sig"]
    sums = (folder / "SHA256SUMS").read_bytes()
    subprocess.run(verify, cwd=folder, input=sums, check=True, capture_output=True)
    assert subprocess.run(verify, cwd=folder, input=sums + b"x", check=False, capture_output=True).returncode != 0
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=True)


def test_a_release_is_made_once_and_from_committed_files(release):
    _folder, clone, key = release
    again = subprocess.run(
        [clone / "scripts" / "release", "1.0.0", str(key)], check=False, capture_output=True, text=True
    )
    assert again.returncode == 1 and "v1.0.0 exists already" in again.stderr
    (clone / "notes").write_text("")
    unclean = subprocess.run(
        [clone / "scripts" / "release", "1.0.1", str(key)], check=False, capture_output=True, text=True
    )
    assert unclean.returncode == 1 and "Commit or remove your changes" in unclean.stderr


def read(clone, *words):
    return subprocess.run(["git", *words], cwd=clone, check=True, capture_output=True, text=True).stdout
