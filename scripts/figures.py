"""Print what a request runs of our own code: files, functions and calls, and the milliseconds it takes unprofiled.

Run it from the root with the project's Python: `.venv/bin/python scripts/figures.py`. Each row runs in its own process,
and all use a temporary database with the demonstration.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from types import CodeType, FrameType

ROOT = Path(__file__).resolve().parent.parent
OURS = (f"{ROOT}/assessments/", f"{ROOT}/maturity/")


def counted(act: Callable[[], object]) -> tuple[int, int, int]:
    """Return the files, functions and calls of our code that `act` runs in this thread, without imports."""
    calls: dict[CodeType, int] = {}

    def count(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_name != "<module>" and frame.f_code.co_filename.startswith(OURS):
            calls[frame.f_code] = calls.get(frame.f_code, 0) + 1

    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
    return len({code.co_filename for code in calls}), len(calls), sum(calls.values())


def result_page() -> Callable[[], object]:
    """Return a function that requests a released result, which this process has not rendered before."""
    from django.test import Client

    from assessments.models import Assessment, User

    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(email="executive@northfield.example"))
    client.get("/home/")
    assessment = Assessment.objects.get(organisation__name="Northfield", name="Q4 2026")
    return lambda: client.get(f"/assessments/{assessment.pk}/result/")


def pdf() -> Callable[[], object]:
    """Return a function that renders the report of the same assessment."""
    from assessments.models import Assessment, User
    from assessments.reports.pdf.report import render_pdf
    from assessments.reports.report import report_of
    from assessments.results import assessment_result

    reader = User.objects.get(email="executive@northfield.example")
    assessment = Assessment.objects.get(organisation__name="Northfield", name="Q4 2026")
    return lambda: render_pdf(report_of(assessment_result(assessment, reader=reader, may_read_comments=True)))


ROWS: dict[str, Callable[[], Callable[[], object]]] = {"result page, first view": result_page, "PDF": pdf}


def row(name: str, *, timed: bool) -> str:
    import maturity.wsgi  # noqa: F401 - imports what a server imports at start-up

    act = ROWS[name]()
    if not timed:
        return " · ".join(map(str, counted(act)))
    start = perf_counter()
    act()
    return f"{1000 * (perf_counter() - start):.0f}"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = {"DATABASE_URL": f"sqlite:///{folder}/demonstration.sqlite3", "DEMO": "1", "DEBUG": "on"}
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "maturity.settings", "PYTHONPATH": str(ROOT), **database}

        def run(*command: str) -> str:
            done = subprocess.run(  # noqa: S603
                [sys.executable, *command], cwd=ROOT, env=environment, check=True, capture_output=True
            )
            return done.stdout.decode().strip()

        for command in ("migrate", "createcachetable", "demo"):
            run("manage.py", command)
        print("| | files · functions · calls | ms |\n|---|---|---|")
        for name in ROWS:
            print(f"| {name} | {run(__file__, name)} | {run(__file__, name, 'timed')} |")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(row(sys.argv[1], timed=len(sys.argv) > 2))
    else:
        main()
