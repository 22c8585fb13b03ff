"""The virus scanner: what it says, and that silence is no clean bill."""

import io
import shutil
import socket
import subprocess
import time

import pytest

from assessments.uploads import scanner as module
from assessments.uploads.scanner import Verdict, scan
from tests.uploads.clamd import scanner
from tests.uploads.files import EICAR


def test_without_a_scanner_every_file_is_clean():
    assert scan(io.BytesIO(EICAR), "") is Verdict.CLEAN


def test_it_is_given_the_whole_file():
    content = b"words " * 5_000
    with scanner() as clamd:
        assert scan(io.BytesIO(content), clamd.url) is Verdict.CLEAN
        assert scan(io.BytesIO(b"before" + EICAR), clamd.url) is Verdict.INFECTED
    assert clamd.seen == [content, b"before" + EICAR]


@pytest.mark.parametrize("says", [b"INSTREAM size limit exceeded. ERROR\n", b"stream: broken ERROR\n", b"?\n", b"\n"])
def test_an_answer_that_says_nothing_leaves_the_file_waiting(says):
    with scanner(says) as clamd:
        assert scan(io.BytesIO(b"words"), clamd.url) is Verdict.UNKNOWN


def test_a_scanner_that_is_away_leaves_the_file_waiting(monkeypatch):
    monkeypatch.setattr(module, "TIMEOUT", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        assert scan(io.BytesIO(b"x"), f"tcp://127.0.0.1:{silent.getsockname()[1]}") is Verdict.UNKNOWN
        silent.listen()
        assert scan(io.BytesIO(b"x"), f"tcp://127.0.0.1:{silent.getsockname()[1]}") is Verdict.UNKNOWN
    assert scan(io.BytesIO(b"x"), "unix:///nowhere/clamd.ctl") is Verdict.UNKNOWN


@pytest.mark.long
def test_the_real_scanner_finds_eicar(tmp_path):
    """Debian's clamd with a database of one signature, which it needs no network for."""
    if shutil.which("clamd") is None:
        subprocess.run(["apt-get", "install", "-y", "-q", "clamav-daemon"], check=False, capture_output=True)
    if shutil.which("clamd") is None:
        pytest.skip("clamd cannot be installed here")
    database = tmp_path / "database"
    database.mkdir()
    (database / "test.ndb").write_text(f"Test.Eicar:0:*:{EICAR.hex()}\n")
    config = tmp_path / "clamd.conf"
    config.write_text(f"LocalSocket {tmp_path}/clamd.ctl\nDatabaseDirectory {database}\nForeground yes\nUser root\n")
    with subprocess.Popen(["clamd", f"--config-file={config}"], stdout=subprocess.DEVNULL) as clamd:
        try:
            until = time.monotonic() + 120
            while not (tmp_path / "clamd.ctl").exists() and time.monotonic() < until:
                time.sleep(0.2)
            url = f"unix://{tmp_path}/clamd.ctl"
            assert scan(io.BytesIO(EICAR), url) is Verdict.INFECTED
            assert scan(io.BytesIO(b"words " * 100_000), url) is Verdict.CLEAN
        finally:
            clamd.terminate()
