"""Asking people into an assessment, asking again, taking it back, joining, reminding."""

import datetime
import threading

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from assessments.actions import answering, assessments, interviews, invitations, links
from assessments.actions.invitations import Invitee
from assessments.models import AuditEvent, Invitation, Participant, Reminder, User
from tests.conftest import person, submission_of
from tests.mailbox import BASE, token_in

EVE = Invitee("eve@northfield.example", "Eve Adams", "legal")


@pytest.fixture
def invite(assessment, alice, emails):
    def invite(*invitees):
        return invitations.invite(assessment=assessment, invitees=invitees or [EVE], by=alice, base_url=BASE)

    return invite


@pytest.fixture
def eve(db):
    return person(EVE.email)


def invited():
    return Participant.objects.get(name=EVE.name)


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


# Asking


def test_an_invitation_makes_a_participant_and_goes_to_that_address_alone(invite, emails):
    assert invite() == 1
    assert (invited().function, invited().user) == ("legal", None)
    assert [email.to for email in emails] == [[EVE.email]]
    assert verbs()[-1] == "invited"


def test_nobody_is_asked_twice(invite, emails, bob):
    assert invite(EVE, Invitee("EVE@northfield.example", "Eve", "other"), Invitee(bob.email, "Bob", "legal")) == 1
    assert invite() == 0
    assert len(emails) == 1


def test_an_assessment_holds_so_many_people(invite, monkeypatch, emails):
    monkeypatch.setattr(invitations, "PEOPLE_PER_ASSESSMENT", 3)
    with pytest.raises(invitations.AssessmentIsFullError):
        invite(EVE, Invitee("gina@northfield.example", "", "other"))
    assert Participant.objects.count() == 2


def test_one_person_sends_so_many_invitations_a_day(invite, monkeypatch, emails, alice):
    monkeypatch.setattr(invitations, "INVITATIONS_PER_DAY", 2)
    assert invite(EVE, Invitee("gina@northfield.example", "", "other")) == 2
    with pytest.raises(links.TooOftenError):
        invite(Invitee("hana@northfield.example", "", "other"))
    Invitation.objects.update(created_at=timezone.now() - datetime.timedelta(hours=25))
    assert invite(Invitee("hana@northfield.example", "", "other")) == 1


def test_a_closed_assessment_takes_no_invitation(assessment, alice, invite):
    assessments.close(assessment=assessment, by=alice)
    with pytest.raises(assessments.WrongStateError):
        invite()


def test_an_assessment_for_one_takes_no_invitation(alone, alice):
    with pytest.raises(assessments.WrongStateError):
        invitations.invite(assessment=alone, invitees=[EVE], by=alice, base_url=BASE)


def test_the_audit_log_names_nobody(invite, eve, emails):
    invite()
    invitations.accept(token=token_in(emails[0]), user=eve)
    events = str(list(AuditEvent.objects.values()))
    assert "eve" not in events.lower()
    assert token_in(emails[0]) not in events


def test_nobody_is_told_of_by_a_pseudonym(assessment, bob):
    """It stands in files beside the answers."""
    Participant.objects.update(name="")
    User.objects.update(name="")
    assert str(Participant.objects.get(user=bob)) == bob.email
    assert str(Participant(assessment=assessment)) == "A person without a name"


# Joining


def test_accepting_once_is_joining(invite, eve, emails):
    invite()
    joined = invitations.accept(token=token_in(emails[0]), user=eve)
    assert (joined.user, joined.name, joined.function) == (eve, EVE.name, "legal")
    with pytest.raises(links.DeadLinkError):
        invitations.accept(token=token_in(emails[0]), user=eve)
    assert verbs()[-2:] == ["invited", "joined"]


def test_somebody_else_cannot_accept(invite, charlie, emails):
    invite()
    with pytest.raises(links.OtherAddressError):
        invitations.accept(token=token_in(emails[0]), user=charlie)
    assert invited().user is None
    assert Invitation.objects.get().used_at is None


def test_a_closed_assessment_lets_nobody_in(invite, eve, emails, assessment, alice):
    invite()
    assessments.close(assessment=assessment, by=alice)
    with pytest.raises(links.DeadLinkError):
        invitations.accept(token=token_in(emails[0]), user=eve)


def test_a_person_keeps_their_pseudonym_in_the_organisation(
    invite, eve, emails, northfield, version, alice, assessment
):
    before = assessments.start(organisation=northfield, bank_version=version, name="Q3", by=alice)
    earlier = assessments.add_participant(assessment=before, user=eve, function="legal", by=alice)
    invite()
    assert invitations.accept(token=token_in(emails[0]), user=eve).pseudonym == earlier.pseudonym


def test_whoever_takes_part_already_keeps_that_part(invite, eve, emails, assessment, alice):
    invite()
    there = assessments.add_participant(assessment=assessment, user=eve, function="people", by=alice)
    assert invitations.accept(token=token_in(emails[0]), user=eve) == there
    assert assessment.participants.filter(user=None).count() == 0


def test_a_link_makes_the_account_of_its_address(invite, emails):
    invite()
    user, joined = invitations.accept_as_new(token=token_in(emails[0]))
    assert (user.email, user.name, joined.user) == (EVE.email, EVE.name, user)


def test_a_link_opens_no_account_that_exists_and_is_not_spent_on_it(invite, eve, emails):
    invite()
    with pytest.raises(links.AccountExistsError):
        invitations.accept_as_new(token=token_in(emails[0]))
    assert Invitation.objects.get().used_at is None


def close_for_good():
    """This thread's connection: one to a database in memory is kept open by Django."""
    opened = connection.connection
    connection.close()
    if opened is not None:
        opened.close()
        connection.connection = None


@pytest.mark.django_db(transaction=True)
def test_two_posts_of_one_link_join_once(invite, emails):
    """Each in a connection of its own; a database that is locked is asked again, as a browser would."""
    invite()
    outcomes = []

    def follow():
        while True:
            try:
                invitations.accept_as_new(token=token_in(emails[0]))
                outcomes.append("joined")
            except (links.DeadLinkError, links.AccountExistsError):
                outcomes.append("refused")
            except OperationalError:
                continue
            finally:
                close_for_good()
            return

    threads = [threading.Thread(target=follow) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["joined", "refused", "refused", "refused"]
    assert User.objects.filter(email=EVE.email).count() == 1
    assert Participant.objects.filter(user__email=EVE.email).count() == 1


# Sending again, and taking it back


def test_a_new_link_replaces_the_old_one(invite, eve, emails, alice):
    invite()
    invitations.send_again(participant=invited(), by=alice, base_url=BASE)
    old, new = map(token_in, emails)
    with pytest.raises(links.DeadLinkError):
        invitations.accept(token=old, user=eve)
    assert invitations.accept(token=new, user=eve) == invited()


def test_one_person_is_written_to_five_times_a_day(invite, emails, alice):
    invite()
    for _time in range(4):
        invitations.send_again(participant=invited(), by=alice, base_url=BASE)
    with pytest.raises(links.TooOftenError):
        invitations.send_again(participant=invited(), by=alice, base_url=BASE)
    Invitation.objects.update(created_at=timezone.now() - datetime.timedelta(hours=25))
    invitations.send_again(participant=invited(), by=alice, base_url=BASE)
    assert len(emails) == 6


def test_taking_an_invitation_back_closes_the_link_and_the_place(invite, eve, emails, alice, assessment):
    invite()
    invitations.revoke(participant=invited(), by=alice, base_url=BASE)
    with pytest.raises(links.DeadLinkError):
        invitations.accept(token=token_in(emails[0]), user=eve)
    assert assessment.participants.count() == 2
    assert invite() == 1, "and the person may be asked anew"


def test_taking_an_invitation_back_loses_no_interview(invite, alice):
    invite()
    recorded = interviews.begin(participant=invited(), by=alice)
    with pytest.raises(invitations.HasAnswersError):
        invitations.revoke(participant=invited(), by=alice, base_url=BASE)
    recorded.refresh_from_db()


@pytest.mark.parametrize("act", ["send_again", "revoke"])
def test_whoever_has_joined_is_left_alone(invite, eve, emails, alice, act):
    invite()
    joined = invitations.accept(token=token_in(emails[0]), user=eve)
    with pytest.raises(invitations.HasJoinedError):
        getattr(invitations, act)(participant=joined, by=alice, base_url=BASE)
    eve.delete()
    with pytest.raises(invitations.HasJoinedError):
        getattr(invitations, act)(participant=joined, by=alice, base_url=BASE)


# Asking for a new link


@pytest.fixture
def expired(invite, emails):
    invite()
    Invitation.objects.update(expires_at=timezone.now())
    return token_in(emails[0])


def test_the_wish_for_a_new_link_goes_to_every_lead(expired, emails, alice, northfield):
    gina = person("gina@northfield.example")
    northfield.memberships.create(user=gina, role="lead")
    invitations.ask_for_new(token=expired, base_url=BASE)
    assert sorted(email.to[0] for email in emails[1:]) == [alice.email, gina.email]


def test_it_is_passed_on_once_a_day(expired, emails):
    for _time in range(3):
        invitations.ask_for_new(token=expired, base_url=BASE)
    assert len(emails) == 2


def test_an_unknown_token_moves_nobody(expired, emails):
    invitations.ask_for_new(token="wrong", base_url=BASE)
    assert len(emails) == 1


def test_a_closed_assessment_moves_nobody(expired, emails, assessment, alice):
    assessments.close(assessment=assessment, by=alice)
    invitations.ask_for_new(token=expired, base_url=BASE)
    assert len(emails) == 1


# Reminding


def remind(user, assessment, by):
    return invitations.remind(participant=Participant.objects.get(user=user), by=by, base_url=BASE)


def test_a_reminder_goes_out_once_a_day(assessment, alice, bob, emails):
    assert remind(bob, assessment, alice)
    assert not remind(bob, assessment, alice)
    assert [email.to for email in emails] == [[bob.email]]
    Reminder.objects.update(day=timezone.localdate() - datetime.timedelta(days=1))
    assert remind(bob, assessment, alice)


def test_whoever_has_submitted_is_not_reminded(assessment, alice, bob, emails):
    answering.submit(submission=submission_of(assessment, bob), by=bob)
    emails.clear()  # the receipt
    assert not remind(bob, assessment, alice)
    assert emails == []


def test_whoever_has_not_joined_gets_a_new_invitation(invite, eve, emails, alice):
    invite()
    assert invitations.remind(participant=invited(), by=alice, base_url=BASE)
    assert invitations.accept(token=token_in(emails[1]), user=eve)


def test_reminding_all_reaches_everybody_but_oneself_and_who_is_done(invite, assessment, alice, bob, emails):
    invite(EVE, Invitee("gina@northfield.example", "Gina", "people"))
    answering.submit(submission=submission_of(assessment, bob), by=bob)
    emails.clear()
    assert invitations.remind_all(assessment=assessment, by=alice, base_url=BASE) == 2
    assert invitations.remind_all(assessment=assessment, by=alice, base_url=BASE) == 0
    assert sorted(email.to[0] for email in emails) == [EVE.email, "gina@northfield.example"]


def test_a_closed_assessment_reminds_nobody(assessment, alice, bob):
    assessments.close(assessment=assessment, by=alice)
    with pytest.raises(assessments.WrongStateError):
        remind(bob, assessment, alice)
    with pytest.raises(assessments.WrongStateError):
        invitations.remind_all(assessment=assessment, by=alice, base_url=BASE)
