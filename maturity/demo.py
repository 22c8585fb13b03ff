"""`make demo`: prepare the database, then run the site and a task worker until ctrl-C."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

PORT = os.environ.get("PORT", "8000")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maturity.settings")
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{PORT}/")
    refuse_a_taken_port()
    django.setup()
    prepare()
    serve()


def refuse_a_taken_port() -> None:
    if not (PORT.isdigit() and 0 < int(PORT) < 65536):
        sys.exit(f"PORT={PORT} is not a port. Choose a number from 1 to 65535: make demo PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(PORT)))
        except OSError:
            sys.exit(f"Port {PORT} is taken by another program, or not yours to use. Try another: make demo PORT=8001")


def prepare() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if statics_are_stale():
        call_command("collectstatic", verbosity=0, interactive=False)
    call_command("demo")
    note_the_sample_report()


def note_the_sample_report() -> None:
    """Create the sample report in each language, so that the landing page can state its length, if PDFs work here."""
    from assessments.demo import sample
    from assessments.reports.pdf.report import PdfError

    for language, _name in settings.LANGUAGES:
        if sample.report_facts(language) is None:
            with contextlib.suppress(PdfError):
                sample.sample_report(language)


def statics_are_stale() -> bool:
    """Whether a source file or the list of packages is newer than the collected files."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return True
    sources = [*(settings.BASE_DIR / "static").rglob("*"), settings.BASE_DIR / "requirements.txt"]
    return max(source.stat().st_mtime for source in sources) > manifest.stat().st_mtime


def serve() -> None:
    """Run the web server and the worker; stop both when either ends or on ctrl-C."""
    processes = [
        subprocess.Popen([sys.executable, *command])  # noqa: S603 - only our own two commands
        for command in (("-m", "gunicorn", *GUNICORN, "maturity.wsgi"), ("manage.py", "db_worker", "-v", "0"))
    ]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(f"\n  http://127.0.0.1:{PORT}   Ctrl-C ends it. Sent mail: http://127.0.0.1:{PORT}/demo/outbox\n", flush=True)
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.2)
    except KeyboardInterrupt:
        print("\nGoodbye.")
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=20)


GUNICORN = ["--bind", f"127.0.0.1:{PORT}", "--workers", "2", "--log-level", "warning", "--no-control-socket"]

if __name__ == "__main__":
    main()
