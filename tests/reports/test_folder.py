"""No temporary folder outlives the renderer, whatever ended it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assessments.reports.folder import Folder, sweep
from assessments.reports.pdf import worker as pdf_worker
from tests.reports.test_pdf_worker import REQUEST

FACE = '@font-face { font-family: "Source Sans 3"; src: url("appfont:source-sans-3/400") } * { font-family: "Source Sans 3" }'
STYLED = type(REQUEST)(REQUEST.html, (FACE,), REQUEST.identifier)


@pytest.fixture(autouse=True)
def own_worker(monkeypatch, tmp_path):
    kept = []
    monkeypatch.setattr(pdf_worker, "_kept", kept)
    monkeypatch.setattr(pdf_worker, "lock_file", lambda: tmp_path / "turn.lock")
    yield
    for renderer in kept:
        renderer.end()


def folders(tmp_path):
    return sorted(tmp_path.glob("turn-*"))


def until(holds):
    """Wait for what another process does."""
    end = time.monotonic() + 60
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    assert holds()


def is_dead(process):
    """Gone with all its threads, or waiting for nobody to ask how it ended."""
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z" and len(threads) == 1
    except OSError:
        return True


def test_typefaces_lie_in_the_one_folder_and_go_with_the_typesetter(tmp_path):
    pdf_worker.render(STYLED, wait=5)
    (folder,) = folders(tmp_path)
    assert list(folder.glob("weasyprint-*/*"))  # else the rest of this test proves nothing
    pdf_worker._kept[0].end()
    assert folders(tmp_path) == []


def test_a_typesetter_that_hears_no_more_cleans_up_itself(tmp_path):
    pdf_worker.render(STYLED, wait=5)
    renderer = pdf_worker._kept.pop()
    renderer.stream.close()
    renderer.wire.close()
    renderer.process.wait(10)
    until(lambda: not folders(tmp_path))
    renderer.end()


def test_what_a_killed_process_left_goes_with_the_next_start(tmp_path):
    """The process that prints and its renderer are killed together, as by a machine that runs out of memory."""
    code = (
        "import os, sys, time; from pathlib import Path; from assessments.reports.pdf import worker\n"
        "worker.lock_file = lambda: Path(sys.argv[1])\n"
        "worker.render(worker.RenderRequest(sys.argv[2], (sys.argv[3],), 'ab'), wait=5)\n"
        "print(worker._kept[0].process.pid, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "turn.lock"), REQUEST.html, FACE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=pdf_worker.ROOT) as process:
        renderer = int(process.stdout.readline())
        os.kill(renderer, signal.SIGKILL)
        process.kill()
    until(lambda: is_dead(renderer))
    (left,) = folders(tmp_path)
    pdf_worker.render(REQUEST, wait=5)
    assert not left.exists()
    assert len(folders(tmp_path)) == 1


def test_a_typesetter_that_was_killed_leaves_nothing_once_replaced(tmp_path):
    pdf_worker.render(STYLED, wait=5)
    (first,) = folders(tmp_path)
    pdf_worker._kept[0].process.kill()
    pdf_worker._kept[0].process.wait()
    pdf_worker.render(REQUEST, wait=5)
    assert not first.exists()


def test_a_folder_in_use_is_not_swept_and_others_are_not_touched(tmp_path):
    lock = tmp_path / "turn.lock"
    used, other = Folder(lock), tmp_path / "elsewhere"
    other.mkdir()
    sweep(lock)
    assert used.path.exists()
    used.close(remove=False)
    sweep(lock)
    assert not used.path.exists()
    assert other.exists()


DRAWS = 'from assessments.reports.raster import png; png(\'<svg viewBox="0 0 9 9"><circle r="4"/></svg>\'); {}'


def drawing(tmp_path, then):
    command = [sys.executable, "-c", DRAWS.format(then)]
    return subprocess.Popen(command, env={**os.environ, "TMPDIR": str(tmp_path)}, stdout=subprocess.PIPE)


def typefaces(tmp_path):
    return [path for path in tmp_path.glob("report-typefaces-*") if path.is_dir()]


def test_typefaces_of_a_picture_go_with_its_process_and_after_a_kill_with_the_next_picture(tmp_path):
    killed = drawing(tmp_path, "print('drawn', flush=True); import time; time.sleep(60)")
    assert killed.stdout.readline()
    killed.kill()
    killed.wait(10)
    assert len(typefaces(tmp_path)) == 1
    assert drawing(tmp_path, "pass").wait(60) == 0
    assert typefaces(tmp_path) == []


def test_typefaces_of_a_living_process_stay(tmp_path):
    living = drawing(tmp_path, "print('drawn', flush=True); import time; time.sleep(60)")
    assert living.stdout.readline()
    assert drawing(tmp_path, "pass").wait(60) == 0
    assert len(typefaces(tmp_path)) == 1
    living.kill()
    living.wait(10)
