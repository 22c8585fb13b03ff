"""Accepting an invitation where one takes part already: what was recorded under it is kept."""

import pytest
from django.db import transaction

from assessments.actions import answering, assessments, interviews, invitations, links
from assessments.actions.answering import Given
from assessments.actions.invitations import Invitee
from assessments.models import Answer, Invitation, Participant, Question, Submission
from tests.actions.test_races import Beside, wait
from tests.conftest import person, submission_of
from tests.mailbox import BASE, browser_of, token_in

EVE = Invitee("eve@northfield.example", "Eve Adams", "legal")


@pytest.fixture
def eve(db):
    return person(EVE.email)


@pytest.fixture
def token(assessment, alice, emails):
    invitations.invite(assessment=assessment, invitees=[EVE], by=alice, base_url=BASE)
    return token_in(emails[0])


@pytest.fixture
def recorded(token, alice):
    """What alice has recorded of an interview with Eve, who has not joined."""
    submission = interviews.begin(participant=Participant.objects.get(name=EVE.name), by=alice)
    answer(submission, alice, "4")
    return submission


@pytest.fixture
def part(assessment, token, eve, alice):
    """Eve takes part by another way."""
    return assessments.add_participant(assessment=assessment, user=eve, function="people", by=alice)


def answer(submission, user, choice):
    question = Question.objects.get(key="vision-value")
    answering.save_answer(submission=submission, question=question, given=Given(choice=choice), revision=0, by=user)


@pytest.mark.parametrize("begun", [False, True])
def test_what_was_recorded_becomes_ones_own(assessment, token, recorded, part, eve, begun):
    """A questionnaire that was opened and left empty is nothing to choose from."""
    if begun:
        submission_of(assessment, eve)
    assert invitations.accept(token=token, user=eve) == part
    recorded.refresh_from_db()
    assert (recorded.participant, recorded.answers.get().level) == (part, 4)
    assert assessment.participants.filter(user=None).count() == 0
    assert Submission.objects.count() == 1


def test_two_sets_of_answers_are_kept_and_the_person_is_told_whom_to_ask(assessment, token, recorded, part, eve):
    answer(submission_of(assessment, eve), eve, "2")
    with pytest.raises(invitations.TwoPartsError):
        invitations.accept(token=token, user=eve)
    shown = browser_of(eve).post(f"/invitations/{token}/", follow=True)
    assert shown.redirect_chain[-1][0] == f"/assessments/{assessment.pk}/"
    assert "ask Alice which of the two should count" in shown.content.decode()
    assert sorted(Answer.objects.values_list("level", flat=True)) == [2, 4]
    assert Invitation.objects.get().used_at is None


def test_an_interview_that_nothing_was_said_in_is_no_second_part(assessment, token, recorded, part, eve):
    recorded.answers.all().delete()
    answer(submission_of(assessment, eve), eve, "2")
    assert invitations.accept(token=token, user=eve) == part
    assert Submission.objects.get().participant == part


@pytest.mark.django_db(transaction=True)
def test_accepting_and_taking_back_at_once_do_not_lock_each_other_out(assessment, token, eve, alice):
    with transaction.atomic():
        asked = invitations._not_joined(Participant.objects.get(name=EVE.name))
        joins = Beside(lambda: invitations.accept(token=token, user=eve))
        assert wait(joins)
        invitations.revoke(participant=asked, by=alice, base_url="https://site.example/")
    assert joins.ends() is links.DeadLinkError
