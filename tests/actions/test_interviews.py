"""Recording an interview, and having it confirmed."""

import pytest

from assessments.actions import answering, assessments, interviews, invitations, links
from assessments.actions.invitations import Invitee
from assessments.models import Confirmation
from tests.conftest import submission_of
from tests.mailbox import BASE


@pytest.fixture
def person(assessment, bob):
    return assessment.participants.get(user=bob)


@pytest.fixture
def recorded(person, alice):
    return interviews.begin(participant=person, by=alice)


@pytest.fixture
def submitted(recorded, alice):
    answering.submit(submission=recorded, by=alice)
    recorded.refresh_from_db()
    return recorded


def token_of(email):
    return email.body.split("/interviews/")[1].split("/")[0]


def test_an_interview_is_recorded_as_one_and_by_whom(recorded, alice, person):
    assert (recorded.mode, recorded.recorded_by) == ("interview", alice)
    assert interviews.begin(participant=person, by=alice) == recorded


def test_what_somebody_began_alone_is_not_opened(person, submission, alice):
    with pytest.raises(interviews.HasBegunError):
        interviews.begin(participant=person, by=alice)
    submission.refresh_from_db()
    assert submission.mode == "self"


def test_one_records_and_no_other(recorded, person, charlie):
    with pytest.raises(interviews.HasBegunError):
        interviews.begin(participant=person, by=charlie)


def test_nobody_interviews_themselves(person, bob):
    with pytest.raises(assessments.WrongStateError):
        interviews.begin(participant=person, by=bob)


def test_a_closed_assessment_records_nothing(assessment, person, alice):
    assessments.close(assessment=assessment, by=alice)
    with pytest.raises(assessments.WrongStateError):
        interviews.begin(participant=person, by=alice)


def test_the_person_confirms_by_a_link_once(submitted, alice, bob, emails):
    assert interviews.ask(submission=submitted, by=alice, base_url=BASE) == bob.email
    interviews.confirm(token=token_of(emails[0]))
    submitted.refresh_from_db()
    assert submitted.confirmed_at is not None
    with pytest.raises(links.DeadLinkError):
        interviews.confirm(token=token_of(emails[0]))


def test_a_newer_link_replaces_the_older(submitted, alice, emails):
    interviews.ask(submission=submitted, by=alice, base_url=BASE)
    interviews.ask(submission=submitted, by=alice, base_url=BASE)
    with pytest.raises(links.DeadLinkError):
        interviews.confirm(token=token_of(emails[0]))
    interviews.confirm(token=token_of(emails[1]))


def test_so_many_emails_a_day(submitted, alice, emails):
    for _ in range(interviews.EMAILS_PER_DAY):
        interviews.ask(submission=submitted, by=alice, base_url=BASE)
    with pytest.raises(links.TooOftenError):
        interviews.ask(submission=submitted, by=alice, base_url=BASE)


def test_what_is_not_submitted_is_not_confirmed(recorded, alice):
    with pytest.raises(assessments.WrongStateError):
        interviews.ask(submission=recorded, by=alice, base_url=BASE)


def test_what_the_person_answered_alone_needs_no_confirmation(assessment, alice, bob):
    own = submission_of(assessment, bob)
    answering.submit(submission=own, by=bob)
    with pytest.raises(assessments.WrongStateError):
        interviews.ask(submission=own, by=alice, base_url=BASE)


def test_reopening_takes_the_confirmation_and_the_link_back(submitted, alice, emails):
    interviews.ask(submission=submitted, by=alice, base_url=BASE)
    token = token_of(emails[0])
    interviews.confirm(token=token)
    assessments.reopen(submission=submitted, reason="Wrong", by=alice, base_url=BASE)
    submitted.refresh_from_db()
    assert submitted.confirmed_at is None
    answering.submit(submission=submitted, by=alice)
    interviews.ask(submission=submitted, by=alice, base_url=BASE)
    assessments.reopen(submission=submitted, reason="Wrong", by=alice, base_url=BASE)
    assert not Confirmation.objects.pending().exists()


def test_somebody_without_an_account_is_asked_where_they_were_invited(assessment, alice, emails):
    invitees = [Invitee("erin@n.example", "Erin", "legal")]
    invitations.invite(assessment=assessment, invitees=invitees, by=alice, base_url=BASE)
    recorded = interviews.begin(participant=assessment.participants.get(name="Erin"), by=alice)
    answering.submit(submission=recorded, by=alice)
    assert interviews.ask(submission=recorded, by=alice, base_url=BASE) == "erin@n.example"
    assert emails[-1].to == ["erin@n.example"]
