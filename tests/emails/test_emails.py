"""What the letters say, to whom, and when they are not sent."""

import datetime
import re
import uuid

import pytest
from django.db import transaction
from django.utils import timezone

from assessments import emails
from assessments.actions import answering, assessments, delegation, invitations, programmes
from assessments.actions.invitations import Invitee
from assessments.actions.programmes import StepPlan
from assessments.emails import phrases
from assessments.models import (
    ActionNotice,
    Assessment,
    Confirmation,
    Delegation,
    Invitation,
    NameReview,
    Notice,
    Participant,
    Programme,
    ProgrammeRun,
    Question,
    Reminder,
    Reopening,
    RoadmapAction,
    SharedResult,
    Thread,
    ThreadEntry,
    ThreadNotice,
    User,
    Voice,
)
from tests.mailbox import BASE, html_of, token_in

EVE = "eve@northfield.example"


@pytest.fixture
def invitation(assessment, alice):
    participant = Participant.objects.create(assessment=assessment, name="Eve O’Brien & Co", function="legal")
    return Invitation.objects.create(assessment=assessment, participant=participant, email=EVE, invited_by=alice)


@pytest.fixture
def passed(submission, bob, version):
    return Delegation.objects.create(
        submission=submission,
        pillar=version.pillars.get(key="vision"),
        email=EVE,
        name="Eve",
        note="The first two, please.\n\nThanks!",
        invited_by=bob,
    )


def send(kind, about):
    emails.send(kind=kind, pk=str(about.pk), base_url=BASE)


def links_in(html):
    return set(re.findall(r'(?:href|src)="([^"]+)"', html))


# In which language


@pytest.mark.parametrize(
    ("theirs", "senders", "language"),
    [("de", "", "de"), ("", "de", "de"), ("en", "de", "en"), ("", "", "en"), ("ar", "", "en")],
)
def test_email_speaks_the_language_of_its_reader_else_of_its_sender(
    theirs, senders, language, invitation, alice, mailoutbox
):
    User.objects.create_user(EVE, language=theirs)
    User.objects.filter(pk=alice.pk).update(language=senders)
    send("invitation", invitation)
    assert f'<html lang="{language}"' in html_of(mailoutbox[0])


# When


def test_an_email_waits_for_the_commit(assessment, alice, mailoutbox, django_capture_on_commit_callbacks):
    invitee = Invitee(EVE, "Eve", "legal")
    with django_capture_on_commit_callbacks() as posts:
        invitations.invite(assessment=assessment, invitees=[invitee], by=alice, base_url=BASE)
    assert mailoutbox == []
    posts[0]()
    assert [email.to for email in mailoutbox] == [[EVE]]


def test_what_was_rolled_back_is_not_sent(assessment, alice, mailoutbox, django_capture_on_commit_callbacks):
    invitee = Invitee(EVE, "Eve", "legal")
    with django_capture_on_commit_callbacks() as posts, pytest.raises(ZeroDivisionError), transaction.atomic():
        invitations.invite(assessment=assessment, invitees=[invitee], by=alice, base_url=BASE)
        raise ZeroDivisionError
    assert posts == []


@pytest.mark.parametrize("kind", ["invitation", "delegation"])
def test_a_second_run_sends_nothing(kind, invitation, passed, mailoutbox):
    for _time in range(2):
        send(kind, invitation if kind == "invitation" else passed)
    assert len(mailoutbox) == 1


def test_the_token_is_made_when_the_email_is(invitation, mailoutbox):
    assert invitation.token_hash is None
    send("invitation", invitation)
    assert Invitation.objects.with_token(token_in(mailoutbox[0])).get() == invitation


def test_an_email_that_failed_can_be_sent_again(invitation, mailoutbox, monkeypatch):
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", lambda self, messages: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        send("invitation", invitation)
    monkeypatch.undo()
    send("invitation", invitation)
    assert Invitation.objects.with_token(token_in(mailoutbox[0])).exists()


def test_what_was_taken_back_meanwhile_is_not_sent(invitation, passed, alice, bob, mailoutbox):
    invitations.revoke(participant=invitation.participant, by=alice, base_url="https://site.example/")
    delegation.take_back(delegation=passed, by=bob)
    send("invitation", invitation)
    send("delegation", passed)
    assert mailoutbox == []


def test_an_assessment_that_closed_meanwhile_sends_nothing(invitation, passed, assessment, alice, bob, mailoutbox):
    reminder = Reminder.objects.create(participant=passed.submission.participant, sent_by=alice)
    assessments.close(assessment=assessment, by=alice)
    for kind, about in (("invitation", invitation), ("delegation", passed), ("reminder", reminder)):
        send(kind, about)
    assert mailoutbox == []


def test_whoever_has_submitted_meanwhile_gets_no_reminder(submission, alice, bob, mailoutbox):
    reminder = Reminder.objects.create(participant=submission.participant, sent_by=alice)
    answering.submit(submission=submission, by=bob)
    send("reminder", reminder)
    assert mailoutbox == []


@pytest.mark.parametrize("kind", sorted(emails.WRITERS))
def test_a_row_that_is_gone_sends_nothing(kind, db, mailoutbox):
    counted = kind in ("reminder", "last_call", "reopening", "action_due", "questions_asked") or kind.startswith(
        "programme"
    )
    pk = "4711" if counted else str(uuid.uuid4())
    emails.send(kind=kind, pk=pk, base_url=BASE)
    assert mailoutbox == []


# What


@pytest.mark.parametrize(("days", "named"), [(0, True), (3, True), (-1, False)])
def test_a_day_that_is_over_is_not_named(submission, assessment, alice, mailoutbox, days, named):
    assessment.due_on = timezone.localdate() + datetime.timedelta(days=days)
    assessment.save()
    send("reminder", Reminder.objects.create(participant=submission.participant, sent_by=alice))
    assert ("Answers are due by" in mailoutbox[0].body) == named


def test_an_invitation_says_who_asks_what_for_how_long_and_until_when(invitation, mailoutbox):
    send("invitation", invitation)
    (email,) = mailoutbox
    assert email.subject == "Alice invites you: Northfield, Q4"
    assert email.reply_to == ["alice@northfield.example"]
    assert email.extra_headers["Auto-Submitted"] == "auto-generated"
    for words in (
        "56 questions, about 40 minutes",
        "no one sees who answered what",
        "It works once",
        EVE,
        "as long as the assessment is open",
    ):
        assert words in email.body


@pytest.mark.parametrize("kind", ["invitation", "delegation"])
def test_an_email_names_the_bank_in_its_language_and_claims_nothing_about_leaders(
    kind, invitation, passed, bob, mailoutbox, monkeypatch
):
    User.objects.create_user(EVE, language="de")
    monkeypatch.setattr(phrases.results, "name_in", lambda version, language: f"Data maturity ({language})")
    send(kind, {"invitation": invitation, "delegation": passed}[kind])
    for text in (mailoutbox[0].body, html_of(mailoutbox[0])):
        assert "Data maturity (de)" in text
        assert "Führungskräfte" not in text


def test_a_named_assessment_says_so(invitation, assessment, mailoutbox):
    assessment.confidentiality = "named"
    assessment.save()
    send("invitation", invitation)
    assert "see your answers and comments with your name" in mailoutbox[0].body
    assert "see your answers and comments with your name" in html_of(mailoutbox[0])


def test_the_text_holds_no_markup_and_the_html_no_raw_text(invitation, mailoutbox):
    send("invitation", invitation)
    assert "Dear Eve O’Brien & Co," in mailoutbox[0].body
    assert "Dear Eve O’Brien &amp; Co," in html_of(mailoutbox[0])


def test_a_note_stands_as_a_quotation(passed, mailoutbox):
    send("delegation", passed)
    (email,) = mailoutbox
    assert email.subject == "Bob asks for your help: Vision"
    assert "Bob writes:\n\n> The first two, please.\n> \n> Thanks!\n" in email.body
    assert "<p>The first two, please.</p>" in html_of(email)
    assert "7 questions, about 5 minutes" in email.body


@pytest.mark.parametrize(
    ("confidentiality", "promise"),
    [
        ("confidential", "Only Bob sees that they come from you; no one else sees who answered what."),
        ("named", "the people who manage it see these answers as those of Bob."),
    ],
)
def test_a_colleague_is_told_who_sees_that_they_answered(passed, mailoutbox, confidentiality, promise):
    Assessment.objects.update(confidentiality=confidentiality)
    send("delegation", passed)
    for text in (mailoutbox[0].body, html_of(mailoutbox[0])):
        assert promise in text
        assert ": no one sees who answered what" not in text
        assert "with your name" not in text


def test_a_reopening_gives_the_reason(submission, alice, bob, mailoutbox):
    reopening = Reopening.objects.create(submission=submission, reason="Two answers are missing.", reopened_by=alice)
    send("reopening", reopening)
    (email,) = mailoutbox
    assert (email.to, email.reply_to) == ([bob.email], [alice.email])
    assert "> Two answers are missing." in email.body
    assert f"{BASE}assessments/{submission.participant.assessment_id}/" in email.body


def run_of(submission, day, **more):
    """A run, not saved yet, of the programme of the assessment's organisation."""
    assessment = submission.participant.assessment
    step = StepPlan(assessment.bank_version.bank, "", 12, day, 14)
    lead = assessment.organisation.memberships.get().user
    there = Programme.objects.of(assessment.organisation)
    programme = there or programmes.save(organisation=assessment.organisation, steps=[step], people=[], by=lead)
    columns = {"assessment": assessment, "period": day.replace(day=1), "opens_on": day, "announced_on": day, **more}
    return ProgrammeRun(programme=programme, step=programme.steps.get(), **columns)


def answered_thread(submission, lead):
    part, day = submission.participant, timezone.localdate()
    question = Question.objects.filter(pillar__version=part.assessment.bank_version)[0]
    thread = Thread.objects.create(
        assessment=part.assessment,
        question=question,
        text="Where?",
        asked_by=lead,
        asked_on=day,
        opens_on=day,
        zone="UTC",
    )
    voice = Voice.objects.create(thread=thread, participant=part)
    ThreadEntry.objects.create(thread=thread, voice=voice, day=day, text="There")
    return thread


@pytest.mark.parametrize("kind", sorted(emails.WRITERS))
def test_every_email_is_whole_in_both_forms_and_fetches_nothing(
    kind, invitation, passed, submission, alice, mailoutbox
):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    Assessment.objects.update(due_on=tomorrow)
    about = {
        "invitation": invitation,
        "delegation": passed,
        "invitation_wanted": invitation,
        "delegation_wanted": passed,
        "confirmation": Confirmation(submission=submission, email=EVE, invited_by=alice),
        "reminder": Reminder(participant=submission.participant, sent_by=alice),
        "last_call": Notice(participant=submission.participant, due_on=tomorrow, kind=Notice.LAST_CALL),
        "reopening": Reopening(submission=submission, reason="Because", reopened_by=alice),
        "name_review": NameReview(name="Eve Adams", organisation=submission.participant.assessment.organisation),
        "receipt": submission,
        "result_ready": submission.participant,
        "all_answered": submission.participant.assessment,
        "shared_result": SharedResult(
            assessment=submission.participant.assessment,
            email=EVE,
            name="Eve",
            note="For Monday.",
            expires_at=timezone.now() + datetime.timedelta(days=7),
            invited_by=alice,
        ),
        "action_due": ActionNotice(
            action=RoadmapAction.objects.create(
                assessment=submission.participant.assessment,
                title="Write the policy",
                owner_account=alice,
                due_on=tomorrow,
                horizon="90d",
            ),
            due_on=tomorrow,
            kind=ActionNotice.Kind.SOON,
        ),
        "questions_asked": ThreadNotice(participant=submission.participant, day=tomorrow),
        "questions_answered": answered_thread(submission, alice),
        "programme_soon": run_of(submission, tomorrow),
        "programme_opened": run_of(submission, tomorrow, state="opened"),
        "programme_waits": run_of(submission, tomorrow, problem="no people"),
        "programme_closed": run_of(submission, tomorrow, state="closed"),
    }[kind]
    if kind in ("confirmation", "receipt", "result_ready", "all_answered"):
        answering.submit(submission=submission, by=alice)
    if kind == "result_ready":
        assessments.close(assessment=about.assessment, by=alice)
        assessments.release(assessment=about.assessment, by=alice)
    if kind == "all_answered":
        Participant.objects.exclude(submission=submission).delete()
    if kind == "programme_closed":
        assessments.close(assessment=about.assessment, by=alice)
    if kind == "shared_result":
        Assessment.objects.update(state=Assessment.State.RELEASED)
        about.assessment.refresh_from_db()
    about.save() if about._state.adding else about.refresh_from_db()
    send(kind, about)
    (email,) = mailoutbox
    html = html_of(email)
    (address,) = links_in(html)
    assert address.startswith(BASE)
    assert address in email.body
    assert not re.search(r"<img|<script|<link|@import|url\(", html)
    assert "{{" not in email.body + html
    assert "\n\n\n" not in email.body.strip()
    assert "prefers-color-scheme: dark" in html


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Eve \r\n Adams ", "Eve Adams"),
        ("Eve\u202eamasdA\u202c", "EveamasdA"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("می\u200cخواهم 👩\u200d🚀", "می\u200cخواهم 👩\u200d🚀"),
        ("Bcc: x\u2028y\x00", "Bcc: x y"),
    ],
)
def test_names_are_one_line_of_visible_characters(typed, shown):
    assert phrases.plain(typed) == shown


def test_a_note_cannot_look_like_the_email_around_it():
    assert phrases.lines_of("a\r\nFollow this link:\u2028http://x") == ["a", "Follow this link:", "http://x"]


@pytest.mark.parametrize(("questions", "minutes"), [(1, 5), (7, 5), (8, 10), (15, 10), (16, 15), (56, 40)])
def test_time_is_rounded_up_to_five_minutes(questions, minutes):
    assert phrases.minutes_for(questions) == minutes
