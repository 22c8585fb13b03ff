"""One report at a time, none for ever, and nothing of this process in the one that draws."""

import multiprocessing
import os
import sys
import threading
from pathlib import Path

import pytest

from assessments.reports.pdf import worker as pdf_worker
from assessments.reports.pdf.render import RenderRequest

REQUEST = RenderRequest("<html lang='en'><head><title>x</title></head><body><p>x</p></body></html>", (), "ab" * 16)
ENDLESS = RenderRequest(REQUEST.html.replace("<p>x</p>", "<p>x y</p>" * 60_000), (), "ab" * 16)


@pytest.fixture(autouse=True)
def own_worker(monkeypatch, tmp_path):
    """A renderer that no other test has warmed, and a lock that no other process takes."""
    kept = []
    monkeypatch.setattr(pdf_worker, "_kept", kept)
    monkeypatch.setattr(pdf_worker, "lock_file", lambda: tmp_path / "turn.lock")
    yield
    for renderer in kept:
        renderer.end()


def test_warm_process_is_kept():
    pdf_worker.render(REQUEST, wait=5)
    first = pdf_worker._kept[0].process.pid
    pdf_worker.render(REQUEST, wait=5)
    assert pdf_worker._kept[0].process.pid == first


def test_report_that_takes_too_long_is_ended_and_the_next_one_is_made():
    pdf_worker.render(REQUEST, wait=5)
    process = pdf_worker._kept[0].process
    with pytest.raises(pdf_worker.PdfTooSlowError, match="longer than 1 second"):
        pdf_worker.render(ENDLESS, wait=5, limit=1)
    assert process.poll() is not None
    assert pdf_worker.render(REQUEST, wait=5).pdf.startswith(b"%PDF")


def test_process_that_died_is_replaced():
    pdf_worker.render(REQUEST, wait=5)
    pdf_worker._kept[0].process.kill()
    pdf_worker._kept[0].process.wait()
    assert pdf_worker.render(REQUEST, wait=5).pages == 1


def test_document_that_breaks_the_typesetter_is_a_sentence():
    pdf_worker.render(REQUEST, wait=5)
    with pytest.raises(pdf_worker.PdfError, match="could not be created"):
        pdf_worker.render(RenderRequest(html=None, styles=(), identifier=""), wait=5)


def test_second_report_in_another_thread_is_told_to_come_back():
    refused = []

    def other():
        try:
            pdf_worker.render(REQUEST, wait=0)
        except pdf_worker.PdfBusyError as error:
            refused.append(str(error))

    with pdf_worker.one_at_a_time(1):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert refused == ["Another report is being created. Try again in a few seconds."]


def hold(path, held, release):
    pdf_worker.lock_file = lambda: path
    with pdf_worker.one_at_a_time(5):
        held.set()
        release.wait(20)


def test_second_report_in_another_process_is_told_to_come_back(tmp_path):
    context = multiprocessing.get_context("fork")
    held, release = context.Event(), context.Event()
    other = context.Process(target=hold, args=[tmp_path / "turn.lock", held, release])
    other.start()
    try:
        assert held.wait(10)
        with pytest.raises(pdf_worker.PdfBusyError):
            pdf_worker.render(REQUEST, wait=0.1)
    finally:
        release.set()
        other.join()
    assert pdf_worker.render(REQUEST, wait=5).pages == 1


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_process_that_draws_holds_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hush")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///x")
    pdf_worker.render(REQUEST, wait=5)
    environment = Path(f"/proc/{pdf_worker._kept[0].process.pid}/environ").read_text()
    assert "hush" not in environment
    assert "DATABASE_URL" not in environment
    assert "PATH=" + os.environ["PATH"] in environment


def test_missing_pango_is_a_sentence_that_says_what_to_install(monkeypatch, tmp_path):
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    monkeypatch.setattr(pdf_worker, "_environment", lambda: {**os.environ, "PYTHONPATH": str(tmp_path)})
    with pytest.raises(pdf_worker.PdfUnavailableError, match=r"libpango-1\.0-0 libpangoft2-1\.0-0 libharfbuzz-subset0"):
        pdf_worker.render(REQUEST, wait=5)
