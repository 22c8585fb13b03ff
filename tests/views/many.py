"""Clients and assessments by the thousand, as rows: made in a moment, never scored."""

import datetime

from django.utils import timezone

from assessments.models import (
    Answer,
    Assessment,
    BankVersion,
    Membership,
    Organisation,
    Participant,
    Pillar,
    PillarResult,
    Question,
    Result,
    Submission,
)

STATES = ("open", "closed", "released", "draft")


def assessments_by_the_thousand(lead, clients, assessments_each, *, people=2, answers=3):
    """`clients` organisations led by `lead`, with assessments in every state; closed ones have a result."""
    version = BankVersion.objects.published().get()
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Client {number:04}", time_zone="Europe/London") for number in range(clients)
    )
    Membership.objects.bulk_create(Membership(organisation=o, user=lead, role="lead") for o in organisations)
    assessments = Assessment.objects.bulk_create(
        _assessment(organisation, version, number)
        for organisation in organisations
        for number in range(assessments_each)
    )
    _people(assessments, people, list(Question.objects.filter(pillar__version=version)[:answers]))
    _results([r for r in assessments if r.has_result], list(Pillar.objects.filter(version=version)))
    return assessments


def _assessment(organisation, version, number):
    moment = timezone.now() - datetime.timedelta(days=number)
    state = STATES[number % len(STATES)]
    closed = state in ("closed", "released")
    return Assessment(
        organisation=organisation,
        bank_version=version,
        name=f"Round {number}",
        state=state,
        created_at=moment,
        due_on=moment.date() + datetime.timedelta(days=number % 5 - 2),
        opened_at=None if state == "draft" else moment,
        closed_at=moment + datetime.timedelta(hours=1) if closed else None,
    )


def _people(assessments, people, questions):
    participants = Participant.objects.bulk_create(
        Participant(assessment=r) for r in assessments for _ in range(people)
    )
    submissions = Submission.objects.bulk_create(
        Submission(participant=p, state="submitted", submitted_at=timezone.now()) for p in participants[::2]
    )
    Answer.objects.bulk_create(
        Answer(submission=s, question=question, level=3) for s in submissions for question in questions
    )


def _results(assessments, pillars):
    results = Result.objects.bulk_create(
        Result(
            assessment=r,
            revision=1,
            result="{}",
            answers="{}",
            engine="1.0.0",
            checksum="sha256:0",
            index=1 + number % 40 / 10,
            level=1 + number % 5,
            comparability="comparable",
            change=number % 7 / 10 - 0.3,
            change_is_real=number % 2 == 0,
        )
        for number, r in enumerate(assessments)
    )
    PillarResult.objects.bulk_create(
        PillarResult(result=result, order=order, key=pillar.key, status="rated", score=2.5, level=2)
        for result in results
        for order, pillar in enumerate(pillars)
    )
