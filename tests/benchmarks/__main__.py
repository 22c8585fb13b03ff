"""`make bench`: medians, and ratios to a bare Django view taken in the same run, on a database of its own.

Machines are shared and noisy: a bare view is timed between any two measurements, and ratios count more than
milliseconds. Figures are printed, never asserted.
"""

import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable

import django

BUDGETS = {  # what was promised for each line, for the eye
    "score, 1 respondent × 56": "≤ 0.5 ms",
    "score, 100 respondents × 56": "≤ 30 ms",
    "score, 1,000 respondents × 56": "≤ 400 ms",
    "overview": "≤ 12 queries",
    "pillar page": "≤ 12 queries, ≤ 12 × bare",
    "save one answer": "≤ 8 queries, ≤ 5 × bare",
    "result page": "≤ 15 queries, ≤ 20 × bare",
    "report": "≤ 20 queries, ≤ 1.5 s, ≤ 400 KB",
}


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
    print(f"{name:32} {seconds * 1000:9.2f} ms  {'  '.join(more):44} {BUDGETS.get(name, '')}")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maturity.settings")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DEMO"] = "on"
        os.environ.setdefault("LOG_LEVEL", "ERROR")
        django.setup()
        prepare()
        scoring()
        pages()


def prepare() -> None:
    from django.conf import settings
    from django.core.management import call_command

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.ALLOWED_HOSTS = ["testserver"]
    for command in ("migrate", "createcachetable", "demo"):
        call_command(command, verbosity=0, stdout=io.StringIO())


def scoring() -> None:
    import random

    from assessments.exchange.bank import read_bank
    from assessments.scoring.answers import Answers, Respondent
    from assessments.scoring.result import score

    bank = read_bank("fixtures/ai-leadership.yaml")
    chance = random.Random(1)
    for people, runs in ((1, 200), (100, 30), (1000, 5), (10_000, 3)):
        respondents = tuple(
            Respondent(id=f"r{number}", answers={key: chance.choice((1, 2, 3, 4, 5)) for key in bank.questions})
            for number in range(people)
        )
        answers = Answers(respondents=respondents, invited=people)
        plural = "respondent" if people == 1 else "respondents"
        line(f"score, {people:,} {plural} × 56", median(lambda answers=answers: score(bank, answers), runs))


def pages() -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from assessments.models import Assessment, User

    client = Client()
    client.force_login(
        User.objects.get(email="executive@northfield.example"), "allauth.account.auth_backends.AuthenticationBackend"
    )
    open_round = Assessment.objects.get(state="open")
    closed = Assessment.objects.get(organisation__name="Northfield", name="Q4 2026")
    save = saving(client, f"/assessments/{open_round.pk}/answers/vision-direction")
    measured: dict[str, tuple[Callable[[], object], int]] = {
        "landing page": (lambda: client.get("/"), 30),
        "overview": (lambda: client.get(f"/assessments/{open_round.pk}/"), 30),
        "pillar page": (lambda: client.get(f"/assessments/{open_round.pk}/pillars/vision/"), 30),
        "save one answer": (save, 30),
        "review": (lambda: client.get(f"/assessments/{open_round.pk}/review/"), 30),
        "result page": (lambda: client.get(f"/assessments/{closed.pk}/result/"), 20),
        "report": (lambda: client.get(f"/assessments/{closed.pk}/report.pdf"), 5),
    }
    for name, (work, runs) in measured.items():
        work()
        with CaptureQueriesContext(connection) as captured:
            response = work()
        queries = [query for query in captured if query["sql"].split(" ")[0] not in ("BEGIN", "COMMIT", "SAVEPOINT")]
        bare = median(lambda: client.get("/healthz"), 50)
        seconds = median(work, runs)
        size = f"{len(response.content) / 1024:.0f} KB"
        line(name, seconds, f"{seconds / bare:5.1f} × bare ({bare * 1000:.2f} ms)", f"{len(queries)} queries", size)


def saving(client, address: str) -> Callable[[], object]:
    """Each call changes the answer once more, with the revision that stands."""
    state = {"revision": 0, "choice": 1}

    def save():
        state["choice"] = state["choice"] % 5 + 1
        sent = {"choice": str(state["choice"]), "revision": state["revision"]}
        response = client.put(address, sent, "application/json")
        if response.status_code == 409:
            state["revision"] = response.json()["revision"]
            return save()
        state["revision"] = response.json()["revision"]
        return response

    return save


if __name__ == "__main__":
    main()
