"""What the clock sends, and that it sends it once."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.utils import timezone

from assessments.actions import answering, assessments, invitations
from assessments.actions.answering import Given
from assessments.actions.invitations import Invitee
from assessments.models import Assessment, Notice, Question, Reminder, Submission
from assessments.operations import reminders
from tests.conftest import submission_of
from tests.mailbox import BASE


def days(number):
    return datetime.timedelta(days=number)


def due(assessment, left, *, reminders=(7, 3), opened=30):
    """The assessment is due in so many days, and was opened so many days ago."""
    now = timezone.now()
    Assessment.objects.filter(pk=assessment.pk).update(
        due_on=now.date() + days(left), reminder_days=list(reminders), opened_at=now - days(opened)
    )


def send(now=None):
    return reminders.send_due(base_url=BASE, now=now)


def recipients(emails):
    return sorted(email.to[0] for email in emails)


@pytest.mark.parametrize(("left", "sent"), [(8, 0), (7, 2), (5, 2), (3, 2), (0, 2), (-1, 0)])
def test_a_reminder_goes_out_on_its_day_or_when_the_clock_runs_again(assessment, emails, left, sent):
    due(assessment, left)
    assert send() == sent
    assert len(emails) == sent


def test_a_second_run_sends_nothing(assessment, emails):
    due(assessment, 7)
    send()
    Reminder.objects.all().delete()  # as if it were another day
    assert send() == 0
    assert len(emails) == 2


def test_each_reminder_is_one(assessment, emails):
    due(assessment, 7)
    send()
    due(assessment, 3)
    Notice.objects.update(due_on=timezone.now().date() + days(3))  # four days later the date is the same
    Reminder.objects.all().delete()
    assert send() == 2
    assert set(Notice.objects.values_list("kind", flat=True)) == {"7", "3"}


def test_a_pause_piles_nothing_up(assessment, emails):
    due(assessment, 2, reminders=(14, 7, 3))
    assert send() == 2
    assert set(Notice.objects.values_list("kind", flat=True)) == {"3"}


def test_what_was_past_when_the_assessment_opened_is_not_sent(assessment, emails):
    due(assessment, 5, opened=0)
    assert send() == 0


def test_a_moved_date_has_reminders_of_its_own(assessment, emails, alice):
    due(assessment, 3)
    send()
    assessments.extend(assessment=assessment, due_on=timezone.now().date() + days(7), reminder_days=[7], by=alice)
    Reminder.objects.all().delete()
    assert send() == 2


def test_who_has_submitted_or_was_reminded_today_hears_nothing(assessment, emails, alice, bob):
    answering.submit(submission=submission_of(assessment, bob), by=bob)
    invitations.remind(participant=assessment.participants.get(user=alice), by=bob, base_url=BASE)
    due(assessment, 7)
    emails.clear()
    assert send() == 0
    assert emails == []


def test_who_has_not_joined_gets_a_new_link(assessment, emails, alice):
    invitations.invite(
        assessment=assessment, invitees=[Invitee("erin@n.example", "", "legal")], by=alice, base_url=BASE
    )
    due(assessment, 7)
    emails.clear()
    send()
    assert "erin@n.example" in recipients(emails)
    assert "Northfield invites you" in next(email for email in emails if email.to == ["erin@n.example"]).subject


@pytest.mark.parametrize("state", ["draft", "closed", "released"])
def test_only_open_assessments_are_reminded_of(assessment, emails, state):
    due(assessment, 7)
    Assessment.objects.filter(pk=assessment.pk).update(state=state)
    assert send() == 0


def test_whoever_has_begun_is_told_two_days_before(assessment, emails, bob, version):
    submission = submission_of(assessment, bob)
    question = Question.objects.filter(pillar__version=version).first()
    answering.save_answer(submission=submission, question=question, given=Given(choice="3"), revision=0, by=bob)
    due(assessment, 3, reminders=())
    assert send() == 0
    due(assessment, 2, reminders=())
    assert send() == 1
    assert send() == 0
    assert recipients(emails) == [bob.email]
    assert emails[0].subject.startswith("Please submit by ")
    assert "1 of 56 questions are answered" in emails[0].body
    assert f"/assessments/{assessment.pk}/review/" in emails[0].body


def test_a_last_call_is_not_followed_by_a_reminder_on_the_same_day(assessment, emails, alice, bob):
    submission_of(assessment, bob)
    due(assessment, 2, reminders=(2,))
    assert send() == 2
    assert recipients(emails) == [alice.email, bob.email]


def test_the_day_is_that_of_the_organisation(assessment, emails):
    noon = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)
    Assessment.objects.filter(pk=assessment.pk).update(
        due_on=datetime.date(2026, 5, 9), reminder_days=[7], opened_at=noon - days(20)
    )
    assert send(noon) == 0
    assessment.organisation.time_zone = "Pacific/Kiritimati"  # there it is the second of May already
    assessment.organisation.save()
    assert send(noon) == 2


def test_an_email_that_fails_to_be_asked_for_is_tried_again(assessment, emails, monkeypatch):
    due(assessment, 7)
    monkeypatch.setattr(reminders.invitations, "remind", lambda **_: (_ for _ in ()).throw(reminders.WrongStateError))
    assert send() == 0
    monkeypatch.undo()
    assert not Notice.objects.exists()


def test_nothing_is_sent_to_an_account_that_is_gone(assessment, emails, bob):
    submission_of(assessment, bob)
    bob.delete()
    due(assessment, 2)
    send()
    assert len(emails) == 1, "alice's"


def test_the_command_says_how_many(assessment, emails):
    due(assessment, 7)
    out = io.StringIO()
    call_command("run_due", site="https://example.org/", stdout=out)
    assert "E-mails queued: 2." in out.getvalue()
    assert all("https://example.org/assessments/" in email.body for email in emails)


def test_looking_costs_the_same_whoever_takes_part(assessment, alice, django_assert_num_queries):
    many = [Invitee(f"p{n}@n.example", "", "other") for n in range(40)]
    invitations.invite(assessment=assessment, invitees=many, by=alice, base_url=BASE)
    due(assessment, 2, reminders=(2,))
    send()
    with django_assert_num_queries(3):
        assert send() == 0


def test_a_draft_of_somebody_else_is_not_counted(assessment, emails, bob):
    submission_of(assessment, bob)
    Submission.objects.update(state="submitted", submitted_at=timezone.now())
    due(assessment, 2, reminders=())
    assert send() == 0
