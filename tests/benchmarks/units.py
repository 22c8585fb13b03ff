"""A group of 200 units with 20 people each: closing, the page of its units, and its report."""

import random
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from tests.benchmarks.browser import Browser, served
from tests.benchmarks.programme import told, took

if TYPE_CHECKING:
    from assessments.models import Assessment, Unit

DIVISIONS, SITES, PEOPLE = 10, 19, 20  # 10 units with 19 below each; people in every one of them
TOTAL = DIVISIONS * (SITES + 1)
NAME = f"{TOTAL} units × {PEOPLE} people"


class RolledBackError(Exception):
    """Ends a transaction that was only to be timed."""


def units(line: Callable[..., None], timed: Callable[..., None]) -> None:
    """The lines of `make bench`."""
    from assessments.actions import assessments
    from assessments.models import Assessment, User
    from assessments.reports.files import file_of
    from assessments.results import assessment_result, with_all_units

    lead = User.objects.get(email="executive@northfield.example")
    asked = answered(lead)
    told(line, f"closing {NAME}", took(partial(closing, asked, lead), runs=3))
    assessments.close(assessment=asked, by=lead)
    assessment = Assessment.objects.get(pk=asked.pk)
    with served() as port:
        browser = Browser(port, lead)
        timed(browser, f"page of {TOTAL} units", f"/assessments/{assessment.pk}/result/units/", 20)
    shown = with_all_units(assessment_result(assessment, reader=None, may_read_comments=True), lambda _assessment: True)
    for form in ("pdf", "pptx", "docx", "xlsx"):
        make = partial(file_of, shown, form, wait=60)
        size = len(make())
        told(line, f"{form} of {TOTAL} units", took(make, runs=3), f"{size / 1024:.0f} KB")


def closing(assessment: "Assessment", lead: object) -> None:
    """Close it, and undo that."""
    from assessments.actions import assessments

    with suppress(RolledBackError), transaction.atomic():
        assessments.close(assessment=assessment, by=lead)
        raise RolledBackError


def answered(lead: object) -> "Assessment":
    """An open assessment of all units that everybody has submitted."""
    from assessments.actions import assessments, unit_people
    from assessments.models import Answer, Assessment, Organisation, Participant, Question, Submission

    organisation = Organisation.objects.get(name="Northfield")
    version = organisation.assessments.latest("opened_at").bank_version
    made = assessments.start(organisation=organisation, bank_version=version, name="Group", by=lead)
    tree = grown(organisation)
    unit_people.choose(assessment=made, kind="unit", roots=(), by=lead)
    questions, chance = list(Question.objects.filter(pillar__version=version)), random.Random(1)
    people = Participant.objects.bulk_create(
        Participant(assessment=made, unit=unit) for unit in tree for _number in range(PEOPLE)
    )
    now, middle = timezone.now(), {unit.pk: chance.choice((1, 2, 3)) for unit in tree}
    sent = Submission.objects.bulk_create(
        Submission(participant=person, state="submitted", submitted_at=now) for person in people
    )
    for start in range(0, len(sent), 200):
        Answer.objects.bulk_create(
            Answer(
                submission=row, question=question, level=middle[row.participant.unit_id] + chance.choice((0, 0, 1, 2))
            )
            for row in sent[start : start + 200]
            for question in questions
        )
    return Assessment.objects.get(pk=made.pk)


def grown(organisation: object) -> list["Unit"]:
    """The tree, each unit after the one above it."""
    from assessments.models import Unit

    rows: list[Unit] = []
    for division in range(DIVISIONS):
        above = Unit(organisation=organisation, name=f"Division {division + 1}", headcount=50, order=len(rows))
        rows.append(above)
        rows += [
            Unit(
                organisation=organisation, parent=above, name=f"Site {division + 1}.{site + 1}", headcount=20 + site,
                order=len(rows) + site,
            )
            for site in range(SITES)
        ]  # fmt: skip
    return Unit.objects.bulk_create(rows)
