"""Who hears of a submission and of a result: each once, whatever is pressed how often, and nothing of an answer."""

import pytest

from assessments.actions import answering, assessments, interviews, invitations
from assessments.models import Assessment, Membership, Participant
from tests.conftest import person, submission_of
from tests.mailbox import html_of


def submit(assessment, user):
    return answering.submit(submission=submission_of(assessment, user), by=user)


def subjects(emails, to):
    return [email.subject for email in emails if email.to == [to.email]]


def test_a_receipt_says_when_and_how_many_and_comes_once(assessment, northfield, bob, emails):
    northfield.time_zone = "Asia/Tokyo"
    northfield.save()
    submit(assessment, bob)
    assert not submit(assessment, bob)
    (receipt,) = emails
    assert (receipt.to, receipt.subject) == ([bob.email], "Your answers are submitted: Northfield, Q4")
    for text in (receipt.body, html_of(receipt)):
        assert "0 of 56" in " ".join(text.split())
        assert "JST" in text
        assert submission_of(assessment, bob).receipt in text


def test_a_receipt_is_in_the_language_of_who_submitted(assessment, bob, emails):
    bob.language = "de"
    bob.save()
    submit(assessment, bob)
    assert emails[0].subject == "Ihre Antworten sind abgegeben: Northfield, Q4"


def test_an_interview_has_no_receipt(assessment, alice, bob, emails):
    participant = Participant.objects.get(assessment=assessment, user=bob)
    recorded = interviews.begin(participant=participant, by=alice)
    answering.submit(submission=recorded, by=alice)
    assert subjects(emails, bob) == []


def test_the_leads_hear_once_that_all_have_answered(assessment, alice, bob, emails):
    alice.language = "de"
    alice.save()
    other = person("zoe@northfield.example")
    Membership.objects.create(organisation=assessment.organisation, user=other, role=Membership.Role.LEAD)
    submit(assessment, bob)
    assert subjects(emails, alice) == []
    submit(assessment, alice)
    assert "Alle haben geantwortet: Northfield, Q4" in subjects(emails, alice)
    assert subjects(emails, other) == ["Everyone has answered: Northfield, Q4"]
    assessments.reopen(submission=submission_of(assessment, bob), reason="Why", by=alice, base_url="")
    submit(assessment, bob)
    assert len(subjects(emails, other)) == 1


def test_the_leads_hear_too_when_who_was_missing_is_withdrawn(assessment, alice, bob, emails):
    wanted = invitations.Invitee("zoe@northfield.example", "Zoe", "legal")
    invitations.invite(assessment=assessment, invitees=[wanted], by=alice, base_url="")
    submit(assessment, bob)
    submit(assessment, alice)
    everyone = "Everyone has answered: Northfield, Q4"
    assert everyone not in subjects(emails, alice)
    invitations.revoke(participant=Participant.objects.get(assessment=assessment, user=None), by=alice, base_url="")
    assert subjects(emails, alice).count(everyone) == 1


def test_whoever_is_alone_so_far_is_not_everyone(northfield, version, alice, emails):
    started = assessments.start(organisation=northfield, bank_version=version, name="Q1", by=alice, function="ceo")
    submit(started, alice)
    assert subjects(emails, alice) == ["Your answers are submitted: Northfield, Q1"]


@pytest.fixture
def closed(assessment, alice, bob, emails):
    """Bob has submitted; eve, who also takes part, has not."""
    assessments.add_participant(
        assessment=assessment, user=person("eve@northfield.example"), function="legal", by=alice
    )
    submit(assessment, bob)
    assessments.close(assessment=assessment, by=alice)
    emails.clear()
    return assessment


def test_only_who_may_see_the_result_hears_that_it_is_ready(closed, alice, bob, emails):
    assessments.release(assessment=closed, by=alice)
    (email,) = emails
    assert (email.to, email.subject) == ([bob.email], "The result is ready: Northfield, Q4")
    assert f"/assessments/{closed.pk}/result/" in email.body


def test_whoever_comes_to_see_it_later_hears_of_it_and_nobody_twice(closed, alice, emails):
    assessments.release(assessment=closed, by=alice)
    for everyone in (True, False, True):
        assert assessments.show_to(assessment=closed, everyone=everyone, by=alice)
    assert not assessments.show_to(assessment=closed, everyone=True, by=alice)
    assert sorted(email.to[0].partition("@")[0] for email in emails) == ["bob", "eve"]


def test_a_released_result_keeps_what_was_decided_before(closed, alice, emails):
    Assessment.objects.update(result_for_everyone=True)
    assessments.release(assessment=closed, by=alice)
    assert len(emails) == 2


def test_only_a_released_result_has_readers(closed, alice):
    with pytest.raises(assessments.WrongStateError):
        assessments.show_to(assessment=closed, everyone=True, by=alice)


def test_no_email_of_an_outcome_is_sent_once_it_no_longer_holds(
    closed, alice, bob, mailoutbox, django_capture_on_commit_callbacks
):
    assessments.release(assessment=closed, by=alice)
    Assessment.objects.update(state=Assessment.State.OPEN)
    from assessments import emails as letters

    participant = Participant.objects.get(user=bob)
    assert letters.send(kind="result_ready", pk=str(participant.pk), base_url="http://testserver/") == 0
