"""What a year of measuring costs: the trend of many assessments, the calendar of a busy person, a site of programmes."""

import datetime
import random
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.formats.answers import dump_answers
from assessments.formats.result import dump_result
from assessments.models import (
    Assessment,
    Organisation,
    Programme,
    ProgrammePerson,
    ProgrammeStep,
    Result,
    RoadmapAction,
    User,
)
from assessments.scoring.answers import Answers, Respondent
from assessments.scoring.result import score

RUNS = 15
LINES, PEOPLE, EVENTS, PROGRAMMES = 40, 30, 500, 1_000
QUARTER = datetime.timedelta(days=91)
type Line = Callable[..., None]


class Took(NamedTuple):
    """Medians in seconds: on the clock, and of the processor, which others on the machine cannot lengthen."""

    wall: float
    processor: float


def took(work: Callable[[], object], before: Callable[[], object] = lambda: None, runs: int = RUNS) -> Took:
    """Each time after `before`, which is not counted."""
    walls, busy = [], []
    for _ in range(runs):
        before()
        start, processor = time.perf_counter(), time.process_time()
        work()
        busy.append(time.process_time() - processor)
        walls.append(time.perf_counter() - start)
    return Took(statistics.median(walls), statistics.median(busy))


def told(line: Line, name: str, found: Took, *more: str) -> None:
    line(name, found.wall, f"{found.processor * 1000:.0f} ms of processor", *more)


def queries(work: Callable[[], object]) -> str:
    with CaptureQueriesContext(connection) as caught:
        work()
    return f"{len(caught)} queries"


def trend(line: Line) -> None:
    """Of 40 assessments that 30 people answered: read and fitted the first time, then as kept."""
    from assessments import results
    from assessments.results.trend import _history

    latest = _many_assessments(Organisation.objects.get(name="Northfield"))
    shown = results.assessment_result(latest, reader=None, may_read_comments=False)

    def find() -> object:
        return results.trend_of(shown, lambda assessment: True)

    told(line, f"trend, {LINES} × {PEOPLE}, first", took(find, _history.cache_clear), queries(find))
    told(line, f"trend, {LINES} × {PEOPLE}, kept", took(find), queries(find))


def _many_assessments(organisation: Organisation) -> Assessment:
    from assessments.results.bank import bank_of

    version = organisation.assessments.latest("opened_at").bank_version
    bank, chance, now = bank_of(version), random.Random(1), timezone.now()
    for number in range(LINES):
        rows = [
            Respondent(f"p-{person}", {key: chance.choice((1, 2, 3, 4)) for key in bank.questions})
            for person in range(PEOPLE)
        ]
        answers = Answers(tuple(rows), invited=PEOPLE)
        closed = now - QUARTER * (LINES - number) / 4
        assessment = Assessment.objects.create(
            organisation=organisation, bank_version=version, name=f"Trend {number}", state="released",
            opened_at=closed, closed_at=closed, released_at=closed,
        )  # fmt: skip
        Result.objects.create(
            assessment=assessment, revision=1, result=dump_result(score(bank, answers)), answers=dump_answers(answers),
            engine="1", checksum=f"sha256:{number}", counted={row.id: None for row in rows},
        )  # fmt: skip
    return assessment


def feed(line: Line) -> None:
    """The calendar of somebody with 500 events: put together the first time, then unchanged."""
    from assessments import ics
    from assessments.actions import calendars

    lead = User.objects.get(email="executive@northfield.example")
    closed = Assessment.objects.get(organisation__name="Northfield", name="Q4 2026")
    RoadmapAction.objects.bulk_create(
        RoadmapAction(
            assessment=closed, checksum="x", title=f"Action {number}", horizon="90d", due_on=closed.organisation.today
        )
        for number in range(EVENTS)
    )
    client, address = Client(), f"/calendars/{calendars.make(by=lead)}.ics"

    def read() -> object:
        return client.get(address)

    runs = RUNS - 2  # together fewer than one network may ask for in a minute
    told(line, f"calendar, {EVENTS} events, first", took(read, ics.entry_of.cache_clear, runs))
    told(line, f"calendar, {EVENTS} events", took(read, runs=runs), queries(read))


def programmes(line: Line) -> None:
    """`run_due` on a site of 1,000 programmes: on a day without anything, and when each is announced."""
    from assessments.operations import programmes

    today = timezone.localdate()
    bank = Assessment.objects.get(organisation__name="Northfield", name="Q4 2026").bank_version.bank
    lead = User.objects.get(email="executive@northfield.example")
    for number in range(PROGRAMMES):
        organisation = Organisation.objects.create(name=f"Programme {number}")
        organisation.memberships.create(user=lead, role="lead")
        programme = Programme.objects.create(organisation=organisation, run_by=lead, active_since=today)
        ProgrammePerson.objects.create(programme=programme, email=f"p{number}@northfield.example")
        ProgrammeStep.objects.create(programme=programme, bank=bank, months=3, days=14, first_on=today + QUARTER)

    def run() -> int:
        return programmes.run_due(base_url="http://testserver/")

    told(line, f"run_due, {PROGRAMMES:,} programmes", took(run, runs=5), queries(run))
    ProgrammeStep.objects.filter(programme__organisation__name__startswith="Programme ").update(
        first_on=today + datetime.timedelta(days=2)
    )
    told(line, f"run_due, {PROGRAMMES:,} to announce", took(run, runs=1))
