"""Seeds many invented organisations with closed assessments, to show benchmarks and for load tests.

The same seed gives the same numbers. Existing organisations are kept, so an interrupted run can be resumed.
"""

import datetime
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from assessments import results
from assessments.actions import bulk_copy
from assessments.actions.bulk_copy import ROWS
from assessments.formats.answers import dump_answers
from assessments.formats.result import dump_result
from assessments.models import (
    Answer,
    Assessment,
    BankVersion,
    Organisation,
    Participant,
    PeerConsent,
    PillarResult,
    Question,
    Result,
    Submission,
    new_salt,
)
from assessments.scoring.answers import Answers, Respondent
from assessments.scoring.bank import Bank
from assessments.scoring.result import score

NAMESPACE = uuid.UUID("6f1d2c1e-3a0b-4f5e-9c58-1f6f0d3f7a55")
APART = datetime.timedelta(days=91)  # between two assessments of an organisation
BATCH_SIZE = 20  # organisations per transaction
SPREAD = 0.9  # standard deviation of an answer around its organisation's level


@dataclass(frozen=True)
class Size:
    """The number of each: assessments per organisation, people per assessment."""

    organisations: int
    assessments: int
    people: int
    seed: int
    with_answers: bool = True
    consent: bool = True


@dataclass
class Batch:
    """Rows to be inserted, in order of their dependencies."""

    organisations: list[Organisation] = field(default_factory=list)
    consents: list[PeerConsent] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    people: list[Participant] = field(default_factory=list)
    submissions: list[Submission] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    pillars: list[PillarResult] = field(default_factory=list)

    @transaction.atomic
    def save(self) -> None:
        """Insert all rows or none."""
        Organisation.objects.bulk_create(self.organisations)
        PeerConsent.objects.bulk_create(self.consents)
        Assessment.objects.bulk_create(self.assessments, batch_size=ROWS)
        Participant.objects.bulk_create(self.people, batch_size=ROWS)
        Submission.objects.bulk_create(self.submissions, batch_size=ROWS)
        bulk_copy.insert(self.answers)
        Result.objects.bulk_create(self.results, batch_size=ROWS)
        PillarResult.objects.bulk_create(self.pillars, batch_size=ROWS)


def seed(*, version: BankVersion, size: Size) -> Iterator[int]:
    """Create what is missing, in transactions of twenty organisations; yields how many each of them created."""
    maker = Maker(version, size)
    for start in range(0, size.organisations, BATCH_SIZE):
        yield maker.make(range(start, min(start + BATCH_SIZE, size.organisations)))


@dataclass(frozen=True)
class AnswerDraw:
    """Answers scattered around a level."""

    chance: random.Random
    level: float

    def answer(self, offered: tuple[int, ...]) -> int:
        """The offered level closest to the drawn value."""
        drawn = self.chance.gauss(self.level, SPREAD)
        return min(offered, key=lambda each: (abs(each - drawn), each))


class Maker:
    """Creates organisations by number."""

    def __init__(self, version: BankVersion, size: Size) -> None:
        self.version, self.size = version, size
        self.bank: Bank = results.bank_of(version)
        self.questions = {q.key: q for q in Question.objects.filter(pillar__version=version)}

    def make(self, numbers: range) -> int:
        """Create the missing ones of these numbers; returns how many."""
        ids = {number: uuid.uuid5(NAMESPACE, f"{self.size.seed}/{number}") for number in numbers}
        existing = set(Organisation.objects.filter(pk__in=ids.values()).values_list("pk", flat=True))
        batch = Batch()
        for number, pk in ids.items():
            if pk not in existing:
                self._organisation(batch, number, pk)
        batch.save()
        return len(batch.organisations)

    def _organisation(self, batch: Batch, number: int, pk: uuid.UUID) -> None:
        chance = random.Random(f"{self.size.seed}/{number}")  # noqa: S311 - invented data
        organisation = Organisation(pk=pk, name=f"Invented organisation {number + 1}", is_verified=True)
        batch.organisations.append(organisation)
        if self.size.consent:
            batch.consents.append(
                PeerConsent(organisation=organisation, alias=uuid.UUID(int=chance.getrandbits(128), version=4))
            )
        level = chance.uniform(1.6, 4.2)
        last = timezone.now() - datetime.timedelta(days=chance.randrange(1, 60))
        for place in range(self.size.assessments):
            closed = last - (self.size.assessments - 1 - place) * APART
            draw = AnswerDraw(chance, min(5.0, level + 0.1 * place))
            batch.assessments.append(self._assessment(organisation, f"Round {place + 1}", closed))
            self._answered(batch, batch.assessments[-1], draw)

    def _assessment(self, organisation: Organisation, name: str, closed: datetime.datetime) -> Assessment:
        opened = closed - datetime.timedelta(days=20)
        return Assessment(
            organisation=organisation,
            bank_version=self.version,
            name=name,
            state=Assessment.State.RELEASED,
            created_at=opened,
            opened_at=opened,
            closed_at=closed,
            released_at=closed,
        )

    def _answered(self, batch: Batch, assessment: Assessment, draw: AnswerDraw) -> None:
        respondents = [self._person(batch, assessment, number, draw) for number in range(self.size.people)]
        respondents.sort(key=lambda person: person.id)
        self._result(
            batch, assessment, Answers(id=str(assessment.pk), respondents=tuple(respondents), invited=len(respondents))
        )

    def _person(self, batch: Batch, assessment: Assessment, number: int, draw: AnswerDraw) -> Respondent:
        functions = Participant.Function.values
        person = Participant(
            assessment=assessment,
            name=f"Invented person {number + 1}",
            function=functions[number % len(functions)],
            pseudonym=f"p-{draw.chance.getrandbits(60):015x}",
        )
        submission = Submission(participant=person, state=Submission.State.SUBMITTED, submitted_at=assessment.closed_at)
        batch.people.append(person)
        batch.submissions.append(submission)
        levels = {key: draw.answer(question.offered) for key, question in self.bank.questions.items()}
        if self.size.with_answers:
            batch.answers += [
                Answer(submission=submission, question=self.questions[key], level=value)
                for key, value in levels.items()
            ]
        return Respondent(id=person.pseudonym, role=person.function, answers=dict(levels))

    def _result(self, batch: Batch, assessment: Assessment, answers: Answers) -> None:
        result = score(self.bank, answers)
        result_text, answers_text, salt = dump_result(result), dump_answers(answers), new_salt()
        frozen = Result(
            assessment=assessment,
            revision=1,
            result=result_text,
            answers=answers_text,
            engine=result.engine,
            salt=salt,
            checksum=results.checksum_of(result_text, answers_text, salt),
            frozen_at=assessment.closed_at or timezone.now(),
            index=result.overall.index,
            level=result.overall.level,
            counted={person.id: None for person in answers.respondents},
        )
        visible = results.seen_by_everybody(frozen, assessment, self.bank, answers).result
        frozen.index, frozen.level = visible.overall.index, visible.overall.level
        batch.results.append(frozen)
        batch.pillars += results.pillar_rows(frozen, visible)
