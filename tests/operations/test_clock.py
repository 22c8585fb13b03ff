"""A clock that was set wrong, and is set right, costs no answer and sends nothing twice."""

import datetime
from unittest import mock

import pytest
from django.utils import timezone

from assessments.actions import answering
from assessments.models import Answer, Assessment, Question
from assessments.operations import reminders
from tests.mailbox import BASE

NOW = timezone.now()
DAY = datetime.timedelta(days=1)


def at(moment):
    return mock.patch("django.utils.timezone.now", return_value=moment)


def save(submission, question, level, revision, by):
    given = answering.Given(choice=str(level))
    return answering.save_answer(submission=submission, question=question, given=given, revision=revision, by=by)


@pytest.mark.parametrize("step", [-400 * DAY, -DAY, DAY, 400 * DAY], ids=str)
def test_the_later_save_wins_whatever_the_clock_says(submission, bob, version, step):
    question = Question.objects.filter(pillar__version=version).first()
    with at(NOW):
        first = save(submission, question, 2, 0, bob)
    with at(NOW + step):
        second = save(submission, question, 4, first.revision, bob)
    assert second.revision == first.revision + 1
    assert Answer.objects.get().level == 4


def test_a_stale_page_stays_stale_when_the_clock_goes_back(submission, bob, version):
    question = Question.objects.filter(pillar__version=version).first()
    with at(NOW):
        save(submission, question, 2, 0, bob)
    with at(NOW - DAY), pytest.raises(answering.StaleAnswerError):
        save(submission, question, 5, 0, bob)
    assert Answer.objects.get().level == 2


def test_an_hour_that_comes_twice_sends_one_email(assessment, submission, bob, emails):
    Assessment.objects.update(due_on=(NOW + DAY).date(), opened_at=NOW - 20 * DAY, reminder_days=[1])
    sent = [reminders.send_due(base_url=BASE, now=moment) for moment in (NOW, NOW - DAY / 24, NOW)]
    assert sent[0] > 0 and sent[1:] == [0, 0]
    assert len(emails) == sent[0]
