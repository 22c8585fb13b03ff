"""A lead asks people into an assessment, asks again, takes it back, reminds."""

from unittest import mock

import pytest
from django.utils import timezone

from assessments.actions import answering, assessments, delegation, invitations
from assessments.actions.invitations import Invitee
from assessments.emails import outbox
from assessments.models import Invitation, OutgoingEmail, Participant, Question
from tests.conftest import submission_of
from tests.mailbox import BASE, browser_of
from tests.markup import flat

EVE = {"email": "Eve@Northfield.example", "name": "Eve Adams", "function": "legal"}


@pytest.fixture
def lead(alice):
    return browser_of(alice)


@pytest.fixture
def base(assessment):
    return f"/assessments/{assessment.pk}/people/"


@pytest.fixture
def eve(assessment, alice, emails):
    invitations.invite(
        assessment=assessment, invitees=[Invitee("eve@northfield.example", "Eve", "legal")], by=alice, base_url=BASE
    )
    return Participant.objects.get(name="Eve")


def said(response):
    return [str(message) for message in response.context["messages"]]


def post(browser, address, **data):
    return browser.post(address, data, follow=True)


# One person


def test_a_lead_invites_a_person(lead, base, emails):
    page = post(lead, base + "invite/", **EVE)
    assert said(page) == ["An invitation is on its way to eve@northfield.example."]
    assert "Eve Adams" in page.content.decode()
    assert len(emails) == 1


def test_a_second_click_invites_nobody_twice(lead, base, emails):
    post(lead, base + "invite/", **EVE)
    page = post(lead, base + "invite/", **EVE)
    assert said(page) == ["Everyone you entered already takes part or has been invited; nothing was sent."]
    assert (len(emails), Invitation.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("email", "eve@", "Enter an e-mail address such as name@example.org"),
        ("email", "", "“E-mail address” is still empty"),
        ("email", "eve@northfield.example\r\nBcc: all@example.org", "Enter an e-mail address such as"),
        ("name", "Eve http://evil.example", "Enter a name without brackets or web addresses."),
        ("name", "<b>Eve</b>", "Enter a name without brackets or web addresses."),
        ("name", "Eve\u202e", "Remove line breaks and invisible characters."),
        ("function", "pope", "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(lead, base, emails, field, value, sentence):
    page = lead.post(base + "invite/", {**EVE, field: value}).content.decode()
    assert sentence in page
    assert "<title>Error:" in flat(page)
    assert emails == []


@pytest.mark.parametrize("path", ["invite/", "invite-many/"])
def test_a_closed_assessment_invites_nobody(lead, base, assessment, alice, path):
    assessments.close(assessment=assessment, by=alice)
    assert said(lead.get(base + path, follow=True)) == [
        "You can invite people only to an open assessment for several people; nothing was changed."
    ]


# Many


def test_a_list_is_shown_as_understood_before_anything_is_sent(lead, base, emails):
    text = "Eve Adams <eve@northfield.example>, legal\ngina@northfield.example\n\nAlice <alice@northfield.example>"
    page = lead.post(base + "invite-many/", {"people": text, "preview": "1"}).content.decode()
    assert "Invite 2 people?" in page
    assert "no name given" in page
    assert page.index("Left out") < page.index("alice@northfield.example")
    assert emails == []


def test_the_second_post_sends(lead, base, emails):
    text = "Eve Adams <eve@northfield.example>, Legal\ngina@northfield.example"
    page = post(lead, base + "invite-many/", people=text, send="1")
    assert said(page) == ["2 invitations are on their way."]
    assert sorted(email.to[0] for email in emails) == ["eve@northfield.example", "gina@northfield.example"]
    assert Participant.objects.get(name="Eve Adams").function == "legal"
    again = post(lead, base + "invite-many/", people=text, send="1")
    assert "nothing was sent" in said(again)[0]
    assert len(emails) == 2


def test_changing_the_list_keeps_what_was_written(lead, base):
    page = lead.post(base + "invite-many/", {"people": "gina@northfield.example", "change": "1"}).content.decode()
    assert "Check the list" in page
    assert ">\ngina@northfield.example</textarea>" in page


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("one line of words", "Line 1: Write the line like this: Name"),
        ("a@example.org\nb@example.org, pope", "Line 2: “pope” is not a function"),
        ("a@", "Line 1: Enter an e-mail address"),
        ("http://x.example <a@example.org>", "Line 1: Enter a name without"),
        ("\n".join(f"p{n}@example.org" for n in range(201)), "Invite at most 200 people at once; this list has 201."),
    ],
)
def test_a_line_that_is_wrong_is_named_and_nothing_is_sent(lead, base, emails, text, sentence):
    page = lead.post(base + "invite-many/", {"people": text, "send": "1"}).content.decode()
    assert sentence in page.replace("&lt;", "<")
    assert emails == []


def test_many_wrong_lines_are_counted_instead_of_listed(lead, base):
    page = lead.post(base + "invite-many/", {"people": "wrong line\n" * 30, "preview": "1"}).content.decode()
    assert "We couldn’t read 22 more lines." in page
    assert page.count("Line 8:") == 2, "in the summary and at the field"
    assert "Line 9:" not in page


def test_too_many_emails_are_refused_as_a_whole(lead, base, monkeypatch, emails):
    monkeypatch.setattr(invitations, "INVITATIONS_PER_DAY", 1)
    page = post(lead, base + "invite-many/", people="a@example.org\nb@example.org", send="1")
    assert "no one was invited" in said(page)[0]
    assert not Invitation.objects.exists()


# Again, back, reminders


def test_sending_again(lead, base, eve, emails):
    page = post(lead, f"{base}{eve.pk}/again")
    assert said(page) == ["A new invitation is on its way to Eve. The old link no longer works."]
    assert len(emails) == 2


def test_sending_too_often(lead, base, eve):
    pages = [post(lead, f"{base}{eve.pk}/again") for _time in range(5)]
    assert said(pages[-1]) == ["Eve has received several e-mails today. Try again tomorrow."]


def test_taking_an_invitation_back(lead, base, eve):
    page = post(lead, f"{base}{eve.pk}/revoke")
    assert said(page) == ["Eve has been removed, and the link no longer works."]
    assert not Participant.objects.filter(pk=eve.pk).exists()
    assert lead.post(f"{base}{eve.pk}/revoke").status_code == 404, "a second click"


def test_whoever_has_joined_cannot_be_taken_off(lead, base, assessment, bob):
    part = assessment.participants.get(user=bob)
    assert said(post(lead, f"{base}{part.pk}/revoke")) == [
        "Bob has already accepted the invitation; nothing was changed."
    ]


def test_withdrawing_and_reminding_all_ask_first(lead, base, eve, emails):
    page = lead.get(f"{base}{eve.pk}/revoke").content.decode()
    assert "Withdraw the invitation of Eve?" in page
    assert "Remind" in lead.get(f"{base}remind").content.decode()
    assert Participant.objects.filter(pk=eve.pk).exists()


def test_a_name_a_function_and_an_address_are_corrected(lead, base, eve, emails, assessment):
    page = post(lead, f"{base}{eve.pk}/", name="Eva Adams", function="legal", email="eva@northfield.example")
    assert said(page) == ["Saved. A new invitation is on its way to eva@northfield.example."]
    eve.refresh_from_db()
    assert (eve.name, eve.function) == ("Eva Adams", "legal")
    old, new = Invitation.objects.filter(participant=eve).order_by("created_at")
    assert old.revoked_at is not None
    assert (new.email, new.revoked_at) == ("eva@northfield.example", None)
    page = post(lead, f"{base}{eve.pk}/", name="Eva", function="people", email="eva@northfield.example")
    assert said(page) == ["Saved."]
    assert Invitation.objects.filter(participant=eve).count() == 2


def test_an_address_on_the_list_is_not_given_twice(lead, base, eve, bob):
    page = lead.post(f"{base}{eve.pk}/", {"name": "Eva", "function": "legal", "email": bob.email})
    assert "Someone else on the list has this address." in page.content.decode()
    eve.refresh_from_db()
    assert eve.name != "Eva"


def test_whoever_has_joined_keeps_the_address(lead, base, bob, assessment):
    part = assessment.participants.get(user=bob)
    assert 'name="email"' not in lead.get(f"{base}{part.pk}/").content.decode()
    page = post(lead, f"{base}{part.pk}/", name="Robert", function="people", email="x@northfield.example")
    assert said(page) == ["Saved."]
    part.refresh_from_db()
    assert (part.name, part.function, part.invitations.count()) == ("Robert", "people", 0)


def test_nobody_is_corrected_once_it_is_closed(lead, base, bob, assessment, alice):
    assessments.close(assessment=assessment, by=alice)
    part = assessment.participants.get(user=bob)
    page = post(lead, f"{base}{part.pk}/", name="Robert", function="people")
    assert said(page) == ["The assessment is no longer open; nothing was changed."]


def test_reminding_one(lead, base, assessment, bob, emails):
    part = assessment.participants.get(user=bob)
    pages = [post(lead, f"{base}{part.pk}/remind") for _click in range(2)]
    assert said(pages[0]) == ["A reminder is on its way to Bob."]
    assert said(pages[1]) == ["Bob has already submitted or been reminded today; nothing was sent."]
    assert "Reminded today" in pages[1].content.decode()
    assert len(emails) == 1


def test_reminding_everybody(lead, base, assessment, bob, eve, emails):
    emails.clear()
    pages = [post(lead, base + "remind") for _click in range(2)]
    assert said(pages[0]) == ["2 reminders are on their way."]
    assert said(pages[1]) == ["No e-mails were sent: everyone has submitted or been reminded today."]
    assert len(emails) == 2


def test_somebody_of_another_assessment_cannot_be_reached(lead, base, lakeside, charlie, version):
    foreign = assessments.start(organisation=lakeside, bank_version=version, name="Q4", by=charlie, function="ceo")
    part = foreign.participants.get()
    for verb in ("remind", "again", "revoke"):
        assert lead.post(f"{base}{part.pk}/{verb}").status_code == 404


# Who has answered


def test_the_list_says_how_far_each_has_come_and_never_what(lead, assessment, alice, bob, eve):
    submission = submission_of(assessment, bob)
    page = lead.get(f"/assessments/{assessment.pk}/manage/").content.decode()
    assert "In progress (0 of 56 answered)" in page
    assert "Not yet started" in page
    assert "Invited" in page
    for question, choice in zip(Question.objects.filter(pillar__key="vision")[:3], (4, None, None), strict=True):
        other = "" if choice else "dont_know"
        submission.answers.create(question=question, level=choice, other=other)
    assert "In progress (3 of 56 answered)" in lead.get(f"/assessments/{assessment.pk}/manage/").content.decode()
    answering.submit(submission=submission, by=bob)
    page = lead.get(f"/assessments/{assessment.pk}/manage/").content.decode()
    assert "1 of 3 has submitted" in page
    assert "Submitted" in page


def test_no_pseudonym_stands_beside_a_person(lead, assessment, alice):
    """In a file of a confidential assessment the pseudonym stands beside the answers."""
    invitations.invite(
        assessment=assessment, invitees=[Invitee("noname@northfield.example", "", "other")], by=alice, base_url=BASE
    )
    page = lead.get(f"/assessments/{assessment.pk}/manage/").content.decode()
    pseudonyms = assessment.participants.values_list("pseudonym", flat=True)
    assert not [pseudonym for pseudonym in pseudonyms if pseudonym in page]
    part = assessment.participants.get(user=None)
    assert said(post(lead, f"/assessments/{assessment.pk}/people/{part.pk}/remind")) == [
        "A reminder is on its way to noname@northfield.example."
    ]


@pytest.mark.parametrize("many", [1, 200])
def test_the_list_costs_the_same_for_1_and_for_200(lead, assessment, alice, emails, many, django_assert_num_queries):
    lead.get(f"/assessments/{assessment.pk}/manage/")
    invitees = [Invitee(f"p{n}@northfield.example", f"Person {n}", "other") for n in range(many)]
    invitations.invite(assessment=assessment, invitees=invitees, by=alice, base_url=BASE)
    with django_assert_num_queries(9):
        page = lead.get(f"/assessments/{assessment.pk}/manage/")
    assert page.content.count(b"Person ") >= many


# What is seen of delivery


def without_a_mail_server():
    return mock.patch("django.core.mail.backends.locmem.EmailBackend.send_messages", side_effect=OSError)


TRYING, GIVEN_UP = "E-mail not delivered yet, trying again", "The last e-mail could not be delivered. Check the address"


def test_whoever_runs_the_assessment_sees_what_is_not_delivered_yet(lead, base, assessment, emails):
    with without_a_mail_server():
        page = post(lead, base + "invite/", **EVE).content.decode()
    assert TRYING in page and "Invitation is being sent" in page
    OutgoingEmail.objects.update(next_attempt_at=timezone.now())
    outbox.send_due()
    page = lead.get(f"/assessments/{assessment.pk}/manage/").content.decode()
    assert TRYING not in page and "Invited " in page


def test_and_what_was_given_up_with_what_to_do(lead, base, assessment, emails):
    with without_a_mail_server():
        post(lead, base + "invite/", **EVE)
    OutgoingEmail.objects.update(state="dead", sealed="")
    for _kept in ("the row is there", "the row is past its period"):
        page = lead.get(f"/assessments/{assessment.pk}/manage/").content.decode()
        assert GIVEN_UP in page and "Invitation not delivered" in page and "being sent" not in page
        OutgoingEmail.objects.all().delete()


def test_nobody_is_called_reminded_before_it_is_sent(lead, base, assessment, bob, emails):
    taking_part = Participant.objects.get(user=bob)
    with without_a_mail_server():
        page = post(lead, f"{base}{taking_part.pk}/remind").content.decode()
    assert TRYING in page and "Reminded today" not in page


def test_a_respondent_alone_learns_how_a_delegation_is_delivered(lead, assessment, submission, bob, version, emails):
    with without_a_mail_server():
        delegation.delegate(
            submission=submission,
            pillar=version.pillars.get(key="vision"),
            email="eve@northfield.example",
            name="Eve",
            note="",
            by=bob,
            base_url=BASE,
        )
    address = f"/assessments/{assessment.pk}/pillars/vision/colleague/"
    assert "has not been delivered yet" in browser_of(bob).get(address).content.decode()
    assert TRYING not in lead.get(f"/assessments/{assessment.pk}/manage/").content.decode()
    OutgoingEmail.objects.update(state="dead", sealed="")
    assert "could not be delivered" in browser_of(bob).get(address).content.decode()
