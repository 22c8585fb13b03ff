"""E-mails wait until a mail server takes them: with pauses, for three days, and nothing is noted as sent before."""

import datetime
import smtplib
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from assessments.actions import assessments, delegation, invitations
from assessments.actions.invitations import Invitee
from assessments.emails import outbox, queue
from assessments.models import Assessment, Delegation, Invitation, Notice, OutgoingEmail, Participant, Reminder, User
from assessments.operations import reminders
from assessments.privacy import erasing
from tests.mailbox import BASE, token_in

EVE = "eve@northfield.example"
MINUTE, HOUR, DAY = (datetime.timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))
BACKEND = "django.core.mail.backends.locmem.EmailBackend.send_messages"
State, Failure = OutgoingEmail.State, OutgoingEmail.Failure


def failing(problem=None):
    """A mail server that takes nothing."""
    return mock.patch(BACKEND, side_effect=problem or ConnectionRefusedError())


def later(pause):
    return mock.patch("django.utils.timezone.now", return_value=timezone.now() + pause)


def invite(assessment, by, number=1):
    invitees = [Invitee(f"{n or ''}{EVE}", f"Eve {n}", "legal") for n in range(number)]
    invitations.invite(assessment=assessment, invitees=invitees, by=by, base_url=BASE)


@pytest.fixture
def waiting(assessment, alice, emails):
    """An invitation that the mail server has refused once."""
    with failing():
        invite(assessment, alice)
    return OutgoingEmail.objects.get()


# An hour without a mail server


def test_ten_emails_of_an_hour_without_a_mail_server_all_come(assessment, alice, emails):
    with failing():
        invite(assessment, alice, 10)
        for minute in range(1, 60, 4):
            with later(minute * MINUTE):
                assert outbox.send_due() == 0
    assert not Invitation.objects.exclude(sent_at=None).exists()
    with later(90 * MINUTE):
        assert outbox.send_due() == 10
    assert len({email.to[0] for email in emails}) == 10
    assert not Invitation.objects.filter(sent_at=None).exists()
    assert outbox.send_due() == 0


def test_it_is_queued_in_the_transaction_that_caused_it(assessment, alice, emails, monkeypatch):
    monkeypatch.setattr("assessments.emails.transaction.on_commit", lambda post, robust=False: None)  # killed
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        invite(assessment, alice)
        raise ZeroDivisionError
    assert not OutgoingEmail.objects.exists()
    invite(assessment, alice)
    assert emails == []
    call_command("run_due")
    assert [email.to for email in emails] == [[EVE]]


def test_pauses_grow_up_to_three_hours(waiting):
    pauses = []
    with failing():
        for _attempt in range(7):
            waiting.refresh_from_db()
            pauses.append(round((waiting.next_attempt_at - waiting.tried_at) / MINUTE))
            with mock.patch("django.utils.timezone.now", return_value=waiting.next_attempt_at):
                outbox.deliver(pk=waiting.pk)
    assert pauses == [1, 5, 15, 60, 180, 180, 180]


def test_it_is_not_tried_before_its_time(waiting, emails):
    assert outbox.send_due() == 0
    assert emails == []


def test_after_three_days_it_is_dead_and_holds_no_secret(waiting):
    with failing(), later(3 * DAY - MINUTE):
        outbox.send_due()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.sealed != "") == (State.QUEUED, True)
    with failing(), later(3 * DAY + MINUTE):
        outbox.send_due()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.sealed, waiting.last_error) == (State.DEAD, "", Failure.UNREACHABLE)


def test_a_last_attempt_is_made_where_nobody_ran_what_is_due_for_a_week(waiting, emails):
    with later(7 * DAY):
        assert outbox.send_due() == 1


def test_a_dead_one_can_be_tried_again(waiting, alice, emails):
    OutgoingEmail.objects.update(state=State.DEAD, sealed="")
    assert outbox.try_again(email=waiting, by=alice)
    assert outbox.send_due() == 1
    assert Invitation.objects.with_token(token_in(emails[0])).exists()
    assert not outbox.try_again(email=waiting, by=alice)


@pytest.mark.parametrize(
    ("problem", "failure"),
    [
        (ConnectionRefusedError(), Failure.UNREACHABLE),
        (TimeoutError(), Failure.UNREACHABLE),
        (smtplib.SMTPServerDisconnected(), Failure.UNREACHABLE),
        (smtplib.SMTPConnectError(421, b"busy"), Failure.UNREACHABLE),
        (smtplib.SMTPAuthenticationError(535, b"no"), Failure.REFUSED),
        (smtplib.SMTPDataError(452, b"disk full"), Failure.REFUSED),
        (smtplib.SMTPSenderRefused(451, b"later", "noreply@localhost"), Failure.REFUSED),
        (smtplib.SMTPRecipientsRefused({EVE: (550, b"unknown")}), Failure.ADDRESS),
        (ValueError("a template"), Failure.BROKEN),
    ],
)
def test_whatever_the_trouble_it_is_tried_again_and_the_log_names_nobody(
    assessment, alice, emails, problem, failure, caplog
):
    with failing(problem):
        invite(assessment, alice)
    email = OutgoingEmail.objects.get()
    assert (email.state, email.last_error, email.attempts) == (State.QUEUED, failure, 1)
    assert EVE not in "".join(record.getMessage() for record in caplog.records)
    with later(2 * MINUTE):
        assert outbox.send_due() == 1


def test_a_server_that_does_not_answer_is_asked_once_a_run(assessment, alice, emails):
    with failing() as server:
        invite(assessment, alice, 5)
        assert server.call_count == 1
        with later(2 * MINUTE):
            outbox.send_due()
        assert server.call_count == 2
    assert set(OutgoingEmail.objects.values_list("last_error", flat=True)) == {Failure.UNREACHABLE}


def test_an_address_that_is_refused_holds_up_nobody_else(assessment, alice, emails):
    with failing(smtplib.SMTPRecipientsRefused({EVE: (550, b"unknown")})) as server:
        invite(assessment, alice, 3)
        assert server.call_count == 3


# Workers that die, and workers beside each other


class KilledError(BaseException):
    """As good as kill -9: nothing of ours runs after it."""


def test_a_worker_killed_while_sending_loses_nothing(assessment, alice, emails):
    with failing(KilledError()):
        invite(assessment, alice)
    assert outbox.send_due() == 0  # somebody may still be at it
    with later(11 * MINUTE):
        assert outbox.send_due() == 1


def test_a_worker_killed_after_the_server_took_it_sends_one_more_with_the_same_link(
    assessment, alice, emails, monkeypatch
):
    """The one window in which an e-mail comes twice: both links open the same door."""
    taken = []

    def take_and_die(self, messages):
        taken.extend(messages)
        raise KilledError

    with mock.patch(BACKEND, take_and_die):
        invite(assessment, alice)
    with later(11 * MINUTE):
        assert outbox.send_due() == 1
    assert token_in(taken[0]) == token_in(emails[0])
    assert Invitation.objects.with_token(token_in(taken[0])).exists()


def test_two_workers_do_not_send_the_same(waiting, emails):
    """The second comes while the first is with the mail server."""
    real, second = OutgoingEmail.objects.get, []

    def beside(self, messages):
        second.append(outbox.deliver(pk=waiting.pk))
        second.append(outbox.send_due())

    with later(2 * MINUTE), mock.patch(BACKEND, beside):
        assert outbox.deliver(pk=waiting.pk)
    assert second == [False, 0]
    assert real(pk=waiting.pk).attempts == 2


# What is noted, and what is wanted no more


def test_a_reminder_is_noted_as_sent_once_it_is(submission, alice, emails):
    with failing():
        invitations.remind(participant=submission.participant, by=alice, base_url=BASE)
    assert Reminder.objects.get().sent_at is None
    with later(2 * MINUTE):
        outbox.send_due()
    assert Reminder.objects.get().sent_at is not None


def test_what_the_clock_sends_is_noted_as_sent_once_it_is(submission, emails):
    now = timezone.now()
    Assessment.objects.update(due_on=(now + DAY).date(), opened_at=now - 20 * DAY, reminder_days=[1])
    with failing():
        assert reminders.send_due(base_url=BASE) > 0
    assert set(Notice.objects.values_list("sent_at", flat=True)) == {None}
    with later(2 * MINUTE):
        assert outbox.send_due() > 0
    told = Notice.objects.filter(participant=submission.participant)
    assert not told.filter(sent_at=None).exists()


def test_a_delegation_and_what_follows_wait_as_well(submission, bob, version, emails):
    pillar = version.pillars.get(key="vision")
    with failing():
        delegation.delegate(submission=submission, pillar=pillar, email=EVE, name="Eve", note="", by=bob, base_url=BASE)
    assert Delegation.objects.get().sent_at is None
    with later(2 * MINUTE):
        assert outbox.send_due() == 1
    assert Delegation.objects.get().sent_at is not None


def test_what_is_wanted_no_more_leaves_the_queue(waiting, assessment, alice, emails):
    assessments.close(assessment=assessment, by=alice)
    with later(2 * MINUTE):
        assert outbox.send_due() == 0
    assert not OutgoingEmail.objects.exists()


def test_a_new_invitation_takes_the_place_of_the_one_that_waits(waiting, alice, emails):
    with failing():
        invitations.send_again(participant=Participant.objects.get(name="Eve 0"), by=alice, base_url=BASE)
    assert OutgoingEmail.objects.get().pk != waiting.pk


def test_each_of_several_readers_has_an_email_of_their_own(waiting, assessment, alice, bob, northfield, emails):
    """One whose address is refused keeps nobody else from theirs, and nobody gets it twice."""
    northfield.memberships.create(user=bob, role="lead")
    OutgoingEmail.objects.all().delete()
    emails.clear()
    refused = smtplib.SMTPRecipientsRefused({alice.email: (450, b"later")})
    sends = mock.Mock(side_effect=[refused, 1])
    with mock.patch(BACKEND, sends):
        ask_for_new(Invitation.objects.get())
    assert sorted(OutgoingEmail.objects.values_list("state", flat=True)) == [State.QUEUED, State.SENT]
    with later(2 * MINUTE):
        assert outbox.send_due() == 1
    assert len(emails) == 1


def ask_for_new(invitation):
    queue(kind="invitation_wanted", about=invitation, base_url=BASE)


# What the rows hold


def test_the_database_holds_no_token_in_clear(waiting, emails):
    with later(2 * MINUTE):
        sealed = OutgoingEmail.objects.get().sealed
        outbox.send_due()
    token = token_in(emails[0])
    assert sealed.startswith("sealed:") and token not in sealed
    sent = OutgoingEmail.objects.get()
    assert (sent.state, sent.sealed) == (State.SENT, "")


def test_a_former_key_reads_what_waits_and_without_it_there_is_a_new_link(waiting, emails, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, []
    with later(2 * MINUTE):
        assert outbox.send_due() == 1
    assert Invitation.objects.with_token(token_in(emails[0])).exists()


def test_erasing_a_person_takes_their_emails_along(submission, bob, alice, emails):
    with failing():
        invitations.remind(participant=submission.participant, by=alice, base_url=BASE)
    OutgoingEmail.objects.create(kind="account", to=bob.email.upper(), give_up_at=timezone.now())
    erasing.erase(user=User.objects.get(pk=bob.pk))
    assert not OutgoingEmail.objects.exists()


def test_the_queue_is_read_by_an_index(waiting):
    plan = OutgoingEmail.objects.due().explain()
    assert connection.vendor != "sqlite" or "emails_by_next_attempt" in plan
