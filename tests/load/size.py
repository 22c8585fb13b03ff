"""`make bench-size`: what a large database costs: migrations, closing an assessment of 1,000 people, and each page's queries.

`ORGANISATIONS` (1,000, of ten assessments and two people: 1.12 million answers) can be set, `ENGINES` as well. Written to
`build/size.md`; the databases are dropped afterwards.
"""

import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[2]
ORGANISATIONS = os.environ.get("ORGANISATIONS", "1000")
LARGE = ("answer", "submission", "participant", "assessment", "result", "pillarresult", "organisation")
WRITTEN = ROOT / "build" / "size.md"


def say(*cells: object) -> None:
    line = f"| {' | '.join(str(cell) for cell in cells)} |"
    print(line, flush=True)
    with WRITTEN.open("a") as file:
        file.write(line + "\n")


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def manage(*words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    """How many engines went wrong."""
    WRITTEN.parent.mkdir(exist_ok=True)
    WRITTEN.write_text(
        "| engine | what | seconds or ms | queries | its slowest query |\n| --- | --- | --- | --- | --- |\n"
    )
    wrong = 0
    for engine in os.environ.get("ENGINES", "sqlite postgres").split():
        with tempfile.TemporaryDirectory() as folder:
            told = os.environ | {"DATABASE_URL": database(engine, folder), "LOG_LEVEL": "ERROR", "DEMO": "on"}
            wrong += (
                subprocess.run(
                    [sys.executable, "-m", "tests.load.size", engine], cwd=ROOT, env=told, check=False
                ).returncode
                != 0
            )
        if engine == "postgres":
            drop()
    return wrong


def database(engine: str, folder: str) -> str:
    from tests.load.run import fresh_database

    return f"sqlite:///{folder}/size.sqlite3" if engine == "sqlite" else fresh_database("maturity_size")


def drop() -> None:
    import psycopg

    from tests.load.run import SERVER

    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as wire:
        wire.execute("DROP DATABASE IF EXISTS maturity_size WITH (FORCE)")


def one(engine: str) -> None:
    say(engine, "migrations from empty", f"{timed(lambda: manage('migrate', '-v', '0')):.1f} s")
    for words in (["createcachetable"], ["collectstatic", "--noinput"], ["demo"]):
        manage(*words)
    seed = ["seed_load", "--organisations", ORGANISATIONS, "--rounds", "10", "--people", "2"]
    say(engine, f"seed_load, {ORGANISATIONS} organisations", f"{timed(lambda: manage(*seed)):.0f} s")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maturity.settings")
    django.setup()
    if engine == "postgres":
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    newest_migrations(engine)
    large_assessment(engine)
    for name, milliseconds, queries, plan in pages():
        say(engine, name, f"{milliseconds:.0f} ms", queries, plan)


def newest_migrations(engine: str) -> None:
    """The last three, taken back and made again with everything in the database."""
    names = sorted(path.stem for path in (ROOT / "assessments" / "migrations").glob("0*.py"))
    for before, name in reversed(list(pairwise(names))[-3:]):
        try:
            manage("migrate", "assessments", before, "-v", "0")
        except subprocess.CalledProcessError:
            say(engine, f"{name}: cannot be taken back")
            break
        say(
            engine,
            f"{name}, beside everything",
            f"{timed(lambda name=name: manage('migrate', 'assessments', name, '-v', '0')):.1f} s",
        )  # type: ignore[misc]
        manage("migrate", "assessments", before, "-v", "0")
    manage("migrate", "-v", "0")
    say(engine, "a migrate that has nothing to do", f"{timed(lambda: manage('migrate', '-v', '0')):.1f} s")


def large_assessment(engine: str) -> None:
    """1,000 people with 56 answers each: closed, and opened as a page and a report."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from assessments.actions import assessments, bulk_copy
    from assessments.demo import seeding
    from assessments.models import Answer, Assessment, Organisation, Participant, Submission, User
    from assessments.reports.pdf.report import rendered_report
    from assessments.reports.report import report_of
    from assessments.results import assessment_result

    lead = User.objects.get(email="consultant@hart.example")
    version = Assessment.objects.get(state="open", for_one=False).bank_version
    opened = assessments.start(
        organisation=Organisation.objects.get(name="Northfield"),
        bank_version=version,
        name="A large assessment",
        by=lead,
    )
    maker = seeding.Maker(version, seeding.Size(organisations=1, assessments=1, people=1000, seed=7))
    batch, draw = seeding.Batch(), seeding.AnswerDraw(random.Random(7), 3.0)
    for number in range(1000):
        maker._person(batch, opened, number, draw)
    for submission in batch.submissions:
        submission.submitted_at = opened.opened_at
    Participant.objects.bulk_create(batch.people, batch_size=500)
    Submission.objects.bulk_create(batch.submissions, batch_size=500)
    bulk_copy.insert(batch.answers)
    assert Answer.objects.filter(submission__participant__assessment=opened).count() == 56_000
    with CaptureQueriesContext(connection) as asked:
        seconds = timed(lambda: assessments.close(assessment=opened, by=lead))
    say(engine, "closing an assessment of 1,000", f"{seconds:.1f} s", len(asked))
    address = f"/assessments/{opened.pk}/result/"
    for name, milliseconds, queries, plan in opened_pages(lead, {"its result page": address}):
        say(engine, name, f"{milliseconds:.0f} ms", queries, plan)
    opened.refresh_from_db()
    report = report_of(assessment_result(opened, reader=None, may_read_comments=True))
    rendered_report(report)
    say(engine, "its report, set", f"{timed(lambda: rendered_report(report)):.1f} s")


def pages() -> Iterator[tuple[str, float, int, str]]:
    """Each page, as an executive, as a consultant of 200 clients, and as staff."""
    from assessments.models import Assessment, Engagement, Organisation, User

    northfield = Organisation.objects.get(name="Northfield")
    executive = User.objects.get(email="executive@northfield.example")
    consultant, staff = User.objects.get(email="consultant@hart.example"), User.objects.get(email="admin@demo.example")
    firm = northfield.engagements.get().consultancy
    others = Organisation.objects.filter(name__startswith="Invented")[:200]
    Engagement.objects.bulk_create(Engagement(consultancy=firm, organisation=each) for each in others)
    opened = Assessment.objects.get(state="open", for_one=False)
    closed = Assessment.objects.get(organisation=northfield, name="Q4 2026")
    a, b = f"/assessments/{opened.pk}/", f"/assessments/{closed.pk}/"
    answering = {"home": "/home/", "overview": a, "pillar page": f"{a}pillars/vision/", "review": f"{a}review/"}
    yield from opened_pages(executive, {**answering, "result page": f"{b}result/"})
    pages = {
        "who takes part": f"{a}manage/",
        "portfolio": "/portfolio/",
        "portfolio, searched": "/portfolio/?q=Invented",
    }
    yield from opened_pages(consultant, {**pages, "exports": "/exports/", "cohorts": "/benchmarks/"})
    lists = ("assessment", "organisation", "user")
    yield from opened_pages(staff, {f"admin: {name}s": f"/admin/assessments/{name}/" for name in lists})


def opened_pages(user: Any, addresses: dict[str, str]) -> Iterator[tuple[str, float, int, str]]:
    """Name, median milliseconds of five, queries, and how the slowest finds its rows."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = False
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    for name, address in addresses.items():
        reply = client.get(address)
        if reply.status_code != 200:
            yield f"{name}: {reply.status_code} {reply.headers.get('Location', '')}", 0, 0, ""
            continue
        milliseconds = statistics.median(timed(lambda address=address: client.get(address)) for _ in range(5)) * 1000  # type: ignore[misc]
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        selects = [query for query in asked.captured_queries if query["sql"].lstrip().startswith("SELECT")]
        slowest = max(selects, key=lambda query: float(query["time"]))
        yield name, milliseconds, len(asked), f"{float(slowest['time']) * 1000:.0f} ms, {plan_of(slowest['sql'])}"


def plan_of(sql: str) -> str:
    """Which large tables a query reads from end to end."""
    from django.db import connection

    with connection.cursor() as cursor:
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        try:
            cursor.execute(f"{explain} {sql}")
        except Exception as error:  # what is shown of a query on SQLite cannot always be sent again
            return f"plan unknown: {type(error).__name__}"
        text = "\n".join(str(row[-1]) for row in cursor.fetchall())
    whole = re.findall(r"Seq Scan on assessments_(\w+)|SCAN assessments_(\w+)(?! USING)", text)
    read = sorted({one or other for one, other in whole} & set(LARGE))
    return f"reads all of {', '.join(read)}" if read else "by index"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        one(sys.argv[1])
    else:
        sys.exit(main())
