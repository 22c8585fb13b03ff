"""One report at a time, none for ever, and nothing of this process in the one that draws."""

import multiprocessing
import os
import sys
import threading
from pathlib import Path

import pytest

from assessments.reports import press
from assessments.reports.sheet import Sheet

SHEET = Sheet("<html lang='en'><head><title>x</title></head><body><p>x</p></body></html>", (), "ab" * 16)
ENDLESS = Sheet(SHEET.html.replace("<p>x</p>", "<p>x y</p>" * 60_000), (), "ab" * 16)


@pytest.fixture(autouse=True)
def own_press(monkeypatch, tmp_path):
    """A press that no other test has warmed, and a lock that no other process takes."""
    kept = []
    monkeypatch.setattr(press, "_kept", kept)
    monkeypatch.setattr(press, "lock_file", lambda: tmp_path / "turn.lock")
    yield
    for typesetter in kept:
        typesetter.end()


def test_warm_process_is_kept():
    press.press(SHEET, wait=5)
    first = press._kept[0].process.pid
    press.press(SHEET, wait=5)
    assert press._kept[0].process.pid == first


def test_report_that_takes_too_long_is_ended_and_the_next_one_is_made():
    press.press(SHEET, wait=5)
    process = press._kept[0].process
    with pytest.raises(press.PdfTooSlowError, match="longer than 1 second"):
        press.press(ENDLESS, wait=5, limit=1)
    assert process.poll() is not None
    assert press.press(SHEET, wait=5).pdf.startswith(b"%PDF")


def test_process_that_died_is_replaced():
    press.press(SHEET, wait=5)
    press._kept[0].process.kill()
    press._kept[0].process.wait()
    assert press.press(SHEET, wait=5).pages == 1


def test_document_that_breaks_the_typesetter_is_a_sentence():
    press.press(SHEET, wait=5)
    with pytest.raises(press.PdfError, match="could not be made"):
        press.press(Sheet(html=None, styles=(), identifier=""), wait=5)


def test_second_report_in_another_thread_is_told_to_come_back():
    refused = []

    def other():
        try:
            press.press(SHEET, wait=0)
        except press.PdfBusyError as error:
            refused.append(str(error))

    with press.one_at_a_time(1):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert refused == ["Another report is being made. Try again in a few seconds."]


def hold(path, held, release):
    press.lock_file = lambda: path
    with press.one_at_a_time(5):
        held.set()
        release.wait(20)


def test_second_report_in_another_process_is_told_to_come_back(tmp_path):
    context = multiprocessing.get_context("fork")
    held, release = context.Event(), context.Event()
    other = context.Process(target=hold, args=[tmp_path / "turn.lock", held, release])
    other.start()
    try:
        assert held.wait(10)
        with pytest.raises(press.PdfBusyError):
            press.press(SHEET, wait=0.1)
    finally:
        release.set()
        other.join()
    assert press.press(SHEET, wait=5).pages == 1


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_process_that_draws_holds_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hush")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///x")
    press.press(SHEET, wait=5)
    environment = Path(f"/proc/{press._kept[0].process.pid}/environ").read_text()
    assert "hush" not in environment
    assert "DATABASE_URL" not in environment
    assert "PATH=" + os.environ["PATH"] in environment


def test_missing_pango_is_a_sentence_that_says_what_to_install(monkeypatch, tmp_path):
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    monkeypatch.setattr(press, "_environment", lambda: {**os.environ, "PYTHONPATH": str(tmp_path)})
    with pytest.raises(press.PdfUnavailableError, match=r"libpango-1\.0-0 libpangoft2-1\.0-0 libharfbuzz-subset0"):
        press.press(SHEET, wait=5)
