"""`make demo` and `ai-leadership demo`: prepare the database, then run the site and a task worker until ctrl-C."""

import contextlib
import os

import django
from django.conf import settings
from django.core.management import call_command

PORT = os.environ.get("PORT", "8000")
GUNICORN = ["--bind", f"127.0.0.1:{PORT}", "--workers", "2", "--log-level", "warning", "--no-control-socket"]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maturity.settings")
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{PORT}/")
    from maturity.processes import refuse_a_taken_port, run_until_stopped

    refuse_a_taken_port(PORT)
    django.setup()
    prepare()
    site = f"http://127.0.0.1:{PORT}"
    notice = f"  {site}   Ctrl-C ends it. Sent mail: {site}/demo/outbox"
    run_until_stopped(["-m", "gunicorn", *GUNICORN, "maturity.wsgi"], notice=notice, scheduled=False)


def prepare() -> None:
    from maturity.processes import collecting_statics

    print("Preparing the demonstration …", flush=True)
    with collecting_statics():
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("demo")
    note_the_sample_report()


def note_the_sample_report() -> None:
    """Create the sample report in each language, so that the landing page can state its length, if PDFs work here."""
    from assessments.demo import sample
    from assessments.reports.pdf.worker import PdfError

    for language, _name in settings.LANGUAGES:
        if sample.report_facts(language) is None:
            with contextlib.suppress(PdfError):
                sample.sample_report(language)


if __name__ == "__main__":
    main()
