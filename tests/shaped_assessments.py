"""Assessments with banks of every shape: people who answer what each question offers, up to the released result."""

import re

from django.utils import timezone

from assessments.actions import assessments, banks
from assessments.models import Answer, Assessment, Question, Submission, User
from assessments.results import bank_of


def start_shaped(bank, organisation, lead, people=5):
    """(assessment, bank) that people have answered all over what each question offers."""
    version, _made = banks.load(bank=bank)
    banks.publish(version=version)
    started = assessments.start(organisation=organisation, bank_version=version, name="Q4", by=lead, function="ceo")
    submitted(started, bank_of(version), lead, people)
    return started, bank_of(version)


def submitted(assessment, bank, alice, people, chosen=None):
    """Submissions of people who answer all over what each question offers."""
    rows = {row.key: row for row in Question.objects.filter(pillar__version=assessment.bank_version)}
    for number in range(people):
        user, _new = User.objects.get_or_create(email=f"p{number}@northfield.example", name=f"Person {number}")
        person = assessments.add_participant(assessment=assessment, user=user, function="technology", by=alice)
        sent = Submission.objects.create(
            participant=person, state=Submission.State.SUBMITTED, submitted_at=timezone.now()
        )
        Answer.objects.bulk_create(
            Answer(
                submission=sent, question=rows[key], answered_by=user, level=(chosen or level)(question, number, place)
            )
            for place, (key, question) in enumerate(bank.questions.items())
        )


def level(question, number, place):
    """Stages low down are reached, those higher up not quite."""
    top = len(question.offered) - 1
    return question.offered[max(0, top - (number + place) % 3 - ((question.stage or 2) - 2))]


def assert_only_offered(text, bank):
    """No level above the bank's highest, as `level 5` or as a step of a ladder."""
    named = {int(number) for number in re.findall(r"\blevels?[\s\u00a0](\d+)(?![\d%])", text, re.IGNORECASE)}
    assert max(named, default=1) <= bank.highest, sorted(named)
    assert text.count('class="step"') in {0, bank.highest}


def released(started, alice):
    assessments.close(assessment=started, by=alice)
    assessments.release(assessment=Assessment.objects.get(pk=started.pk), by=alice, everyone=True)
