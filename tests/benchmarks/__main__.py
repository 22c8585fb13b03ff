"""`make bench`: medians, and ratios to a bare Django view taken in the same run, on a database of its own.

Machines are shared and noisy: a bare view is timed between any two measurements, and ratios count more than
milliseconds. Figures are printed, never asserted.
"""

import io
import os
import pathlib
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import django

from assessments.stack import with_room
from tests.benchmarks.budgets import budget_of
from tests.benchmarks.files import ASSESSMENTS, Run, refused, streamed

if TYPE_CHECKING:
    from tests.benchmarks.browser import Browser


def median(work: Callable[[], object], runs: int) -> float:
    """Seconds, after one run that fills caches."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def line(name: str, seconds: float, *more: str) -> None:
    print(f"{name:32} {seconds * 1000:9.2f} ms  {'  '.join(more):44} {budget_of(name)}")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maturity.settings")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DEMO"] = "on"
        os.environ.setdefault("LOG_LEVEL", "CRITICAL")
        django.setup()
        prepare()
        parts = {
            part.__name__: part
            for part in (begin, scoring, models, pages, habit, documents, units, crowd, screen, paper)
        }
        parts["files"] = partial(files, pathlib.Path(folder))
        for name in sys.argv[1:] or parts:
            parts[name]()


def prepare() -> None:
    from django.conf import settings
    from django.core.management import call_command

    from maturity.processes import statics_are_stale

    settings.ALLOWED_HOSTS = ["testserver", *settings.ALLOWED_HOSTS]
    if statics_are_stale():
        call_command("collectstatic", verbosity=0, interactive=False)
    for command in ("migrate", "createcachetable", "demo"):
        call_command(command, verbosity=0, stdout=io.StringIO())


def scoring() -> None:
    from assessments.formats.bank import read_bank
    from assessments.scoring.answers import Answers, Respondent
    from assessments.scoring.result import score

    bank = read_bank("fixtures/ai-leadership.yaml")
    chance = random.Random(1)
    for people, runs in ((1, 200), (10, 100), (100, 30), (1000, 5), (10_000, 3)):
        respondents = tuple(
            Respondent(id=f"r{number}", answers={key: chance.choice((1, 2, 3, 4, 5)) for key in bank.questions})
            for number in range(people)
        )
        answers = Answers(respondents=respondents, invited=people)
        plural = "respondent" if people == 1 else "respondents"
        line(f"score, {people:,} {plural} × 56", median(lambda answers=answers: score(bank, answers), runs))
    budget(chance)


def budget(chance: random.Random) -> None:
    """The best of 40 moves, each third of which needs others: the median of twenty lists and budgets."""
    from assessments.scoring.budget import Candidate, best_within

    def moves() -> list[Candidate]:
        efforts, keys = (0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 4, 6), [f"q{number}" for number in range(40)]
        needs = [tuple(chance.sample(keys[:n], 2)) if n > 1 and not n % 3 else () for n in range(40)]
        return [Candidate(key, chance.random(), chance.choice(efforts), needs[n]) for n, key in enumerate(keys)]

    lists = iter([(chance.uniform(2, 40), moves()) for _ in range(21)])
    line("budget, 40 moves", median(lambda: best_within(*next(lists)), 20))


def files(folder: pathlib.Path) -> None:
    """The commands on large files and on bad ones, each in a process of its own."""
    for people in (1, 8):
        name = f"stream {ASSESSMENTS:,} × {people} × 56"
        found = streamed(folder, people)
        line(name, found.seconds, processor(found), f"{found.megabytes:.0f} MB")
    for name, found in refused(folder):
        line(name, found.seconds, processor(found), f"{found.megabytes:.0f} MB", f"status {found.status}")


def processor(found: Run) -> str:
    return f"{found.processor:.1f} s of processor"


def models() -> None:
    """The largest bank, from its file into the database, and the result of a model of 24 pillars and 144 questions."""
    from assessments.actions import banks
    from assessments.formats.bank import load_bank
    from assessments.models import Organisation, User
    from tests.benchmarks.browser import Browser, served
    from tests.shaped_assessments import released, start_shaped
    from tests.shapes import aima_shaped, largest

    start, busy = time.perf_counter(), time.process_time()
    banks.load(bank=load_bank(largest()))
    busy = time.process_time() - busy
    line("load 40 × 60 questions", time.perf_counter() - start, f"{busy:.1f} s of processor")
    lead = User.objects.get(email="executive@northfield.example")
    assessment, _bank = start_shaped(aima_shaped(), Organisation.objects.get(name="Northfield"), lead)
    released(assessment, lead)
    with served() as port:
        timed(Browser(port, lead), "result page, 144 questions", f"/assessments/{assessment.pk}/result/", 20)


def begin() -> None:
    """A cold start, and a worker once it has drawn the pages that somebody opens before a result."""
    from django.core.management import call_command

    from assessments.models import Assessment, User
    from tests.benchmarks.browser import Browser
    from tests.benchmarks.start import start

    call_command("collectstatic", verbosity=0, interactive=False)
    open_assessment = Assessment.objects.get(state="open")
    browser = Browser(0, User.objects.get(email="executive@northfield.example"))
    start(line, browser, ["/", "/privacy/", "/home/", f"/assessments/{open_assessment.pk}/pillars/vision/"])


def pages() -> None:
    """Over HTTP from a gunicorn worker, as a browser on this machine would see it; queries are counted beside."""
    from assessments.models import Assessment, User
    from tests.benchmarks.browser import Browser, served

    open_assessment = Assessment.objects.get(state="open")
    closed = Assessment.objects.get(organisation__name="Northfield", name="Q4 2026")
    with served() as port:
        browser = Browser(port, User.objects.get(email="executive@northfield.example"))
        pillar = f"/assessments/{open_assessment.pk}/pillars/vision/"
        addresses = {
            "landing page": ("/", 30),
            "overview": (f"/assessments/{open_assessment.pk}/", 30),
            "pillar page": (pillar, 40),
            "save one answer": (f"/assessments/{open_assessment.pk}/answers/vision-direction", 40),
            "review": (f"/assessments/{open_assessment.pk}/review/", 30),
            "result page": (f"/assessments/{closed.pk}/result/", 20),
            "report, made": (f"/assessments/{closed.pk}/report.pdf", 5),
            "report, kept": (f"/assessments/{closed.pk}/report.pdf", 20),
        }
        for name, (address, runs) in addresses.items():
            work = browser.saving(pillar, address) if name.startswith("save") else partial(browser.get, address)
            timed(browser, name, address, runs, partial(made, work) if name.endswith("made") else work)


def timed(browser: "Browser", name: str, address: str, runs: int, work: Callable[[], bytes] | None = None) -> None:
    """The line of one page: its time against a bare view, its queries and its size."""
    work = work or partial(browser.get, address)
    bare = median(browser.bare, 60)
    body = work()
    seconds = median(work, runs)
    ratio = f"{seconds / bare:5.1f} × bare ({bare * 1000:.2f} ms)"
    line(name, seconds, ratio, f"{browser.queries(address)} queries", f"{len(body) / 1024:.0f} KB")


def made(fetch: Callable[[], bytes]) -> bytes:
    """The report, where none is kept."""
    from assessments.models import KeptReport

    KeptReport.objects.all().delete()
    return fetch()


def habit() -> None:
    """A trend of ten years, a full calendar, and a site on which a thousand organisations have a programme."""
    from tests.benchmarks import programme

    for part in (programme.trend, programme.feed, programme.programmes):
        part(line)


def documents() -> None:
    """Pages with many files of evidence, and a large one."""
    from tests.benchmarks.evidence import evidence

    evidence(line, timed)


def units() -> None:
    """A group of 200 units: closing its assessment, the page of its units, and its report."""
    from tests.benchmarks.units import units as of_units

    of_units(line, timed)


def crowd() -> None:
    """Eight people turn pillar pages on two workers, as fast as they are answered; the time is that of one page."""
    from concurrent.futures import ThreadPoolExecutor

    from assessments.models import Assessment, User
    from tests.benchmarks.browser import Browser, served

    people, pages = 8, 100
    open_assessment = Assessment.objects.get(state="open")
    with served(workers=2) as port:
        browser = Browser(port, User.objects.get(email="executive@northfield.example"))
        addresses = [
            f"/assessments/{open_assessment.pk}/pillars/{key}/" for key in ("vision", "culture", "talent", "ethics")
        ]
        for address in addresses * 4:
            browser.get(address)
        start = time.perf_counter()
        with ThreadPoolExecutor(people) as pool:
            list(pool.map(browser.get, addresses * (people * pages // len(addresses))))
        seconds = time.perf_counter() - start
    line(f"{people} people on the pillar page", seconds / pages, f"{people * pages / seconds:.0f} pages a second")


def paper() -> None:
    """The report in its own process, and what it costs those who save answers meanwhile."""
    from assessments.models import Assessment, User
    from assessments.results import assessment_result
    from tests.benchmarks.browser import Browser, served
    from tests.benchmarks.paper import formats, reports, saves

    open_assessment = Assessment.objects.get(state="open")
    closed = Assessment.objects.get(organisation__name="Northfield", name="Q4 2026")
    shown = assessment_result(closed, reader=None, may_read_comments=True)
    reports(line, shown)
    formats(line, shown)
    with served(workers=2) as port:
        browser = Browser(port, User.objects.get(email="executive@northfield.example"))
        pillar = f"/assessments/{open_assessment.pk}/pillars/vision/"
        save = browser.saving(pillar, f"/assessments/{open_assessment.pk}/answers/vision-direction")
        saves(line, save, partial(made, partial(browser.get, f"/assessments/{closed.pk}/report.pdf")))


def screen() -> None:
    """First visits on a phone at a quarter of this processor's speed and 1.6 Mbit/s; the time is the largest paint."""
    from django.core.management import call_command

    from assessments.models import Assessment, User
    from tests.benchmarks.browser import Browser, served
    from tests.benchmarks.screen import phone

    call_command("collectstatic", verbosity=0, interactive=False)
    open_assessment = Assessment.objects.get(state="open")
    closed = Assessment.objects.get(organisation__name="Northfield", name="Q4 2026")
    pages = {
        "landing page": "/",
        "pillar page": f"/assessments/{open_assessment.pk}/pillars/vision/",
        "result page": f"/assessments/{closed.pk}/result/",
        "figures of the result": f"/assessments/{closed.pk}/result/figures/",
    }
    with served() as port:
        visitor = Browser(port, User.objects.get(email="executive@northfield.example"))
        for name, address in pages.items():
            visitor.get(address)  # the worker has its templates; the phone has nothing
            seen = phone(visitor, address)
            line(f"first visit, {name}", seen.paint, *seen.words)


if __name__ == "__main__":
    with_room(main)()  # as a site has it
