"""Starting an assessment, running it, giving a submission back."""

import pytest

from assessments.actions import answering, assessments
from assessments.models import Assessment, AuditEvent, OutgoingEmail, Participant, Reopening
from tests.conftest import person, submission_of
from tests.mailbox import browser_of
from tests.markup import flat


@pytest.fixture
def lead(alice):
    return browser_of(alice)


@pytest.fixture
def base(assessment):
    return f"/assessments/{assessment.pk}/"


@pytest.fixture
def submitted(submission, bob):
    answering.submit(submission=submission, by=bob)
    return submission


@pytest.fixture
def reopening(base, submitted):
    return f"{base}people/{submitted.participant_id}/reopen/"


def said(response):
    return [str(message) for message in response.context["messages"]]


# Reopening


def test_a_lead_reopens_a_submission_with_a_reason(lead, reopening, submitted, emails, bob, alice):
    assert "Reopen the answers of Bob?" in lead.get(reopening).content.decode()
    done = lead.post(reopening, {"reason": "Two answers are missing."}, follow=True)
    assert said(done) == ["The answers of Bob are open again."]
    submitted.refresh_from_db()
    assert (submitted.state, submitted.submitted_at) == ("draft", None)
    assert (Reopening.objects.get().reason, Reopening.objects.get().reopened_by) == ("Two answers are missing.", alice)
    assert [email.to for email in emails] == [[bob.email]]
    assert "> Two answers are missing." in emails[0].body


def test_it_is_audited_without_the_reason(lead, reopening, submitted, alice):
    lead.post(reopening, {"reason": "Two answers are missing."})
    event = AuditEvent.objects.get(verb="reopened")
    assert (event.object_type, event.object_id, event.actor) == ("submission", str(submitted.pk), alice.actor.pk)
    assert "missing" not in str(list(AuditEvent.objects.values()))


def test_no_reason_no_reopening(lead, reopening, submitted, emails):
    page = lead.post(reopening, {"reason": "  "})
    assert "<title>Error:" in flat(page.content.decode())
    submitted.refresh_from_db()
    assert submitted.is_submitted
    assert emails == []


def test_reopening_twice_is_once(lead, reopening, emails):
    lead.post(reopening, {"reason": "Why"})
    again = lead.post(reopening, {"reason": "Why"}, follow=True)
    assert said(again)[-1] == "Only answers submitted in an open assessment can be reopened; nothing was changed."
    assert len(emails) == 1


def test_a_closed_assessment_reopens_nothing(lead, reopening, submitted, assessment, alice):
    assessments.close(assessment=assessment, by=alice)
    done = lead.post(reopening, {"reason": "Why"}, follow=True)
    assert "nothing was changed" in said(done)[0]
    submitted.refresh_from_db()
    assert submitted.is_submitted


def test_a_respondent_reopens_nothing(reopening, bob):
    assert browser_of(bob).post(reopening, {"reason": "Why"}).status_code == 404


def test_the_respondent_goes_on_and_submits_again(lead, reopening, base, bob, submitted):
    lead.post(reopening, {"reason": "Why"})
    browser = browser_of(bob)
    assert "Review and submit" in browser.get(base).content.decode()
    browser.post(base + "submit/")
    submitted.refresh_from_db()
    assert submitted.is_submitted


# The list, and closing


def test_what_can_be_done_stands_beside_each_person(lead, base, submitted, assessment, alice):
    html = lead.get(base + "manage/").content.decode()
    mine = assessment.participants.get(user=alice).pk
    assert f"people/{submitted.participant_id}/reopen/" in html
    assert f"people/{submitted.participant_id}/remind" not in html
    assert f"people/{mine}/remind" not in html, "nobody reminds themselves"
    assessments.close(assessment=assessment, by=alice)
    html = lead.get(base + "manage/").content.decode()
    assert "/people/" not in html


def test_an_empty_assessment_says_what_will_stand_there(lead, northfield, version, alice):
    empty = assessments.start(organisation=northfield, bank_version=version, name="Empty", by=alice)
    html = lead.get(f"/assessments/{empty.pk}/manage/").content.decode()
    assert "No participants yet" in html
    assert "Invite a person" in html


def test_a_person_whose_account_is_gone_is_neither_reminded_nor_invited(lead, base, bob, submission):
    part = submission.participant_id
    bob.delete()
    html = lead.get(base + "manage/").content.decode()
    assert "Has deleted their account" in html
    assert f"people/{part}/remind" not in html
    assert f"people/{part}/again" not in html


def test_closing_says_who_is_left_out_and_what_cannot_be_shown(lead, base, submitted, assessment, alice):
    submission_of(assessment, alice)
    html = lead.get(base + "close/").content.decode()
    assert "The result is computed from 1 submission and frozen." in html
    assert "In progress, left out" in html
    assert "Agreement between respondents and intervals require three people." in html
    assessment.refresh_from_db()
    assert assessment.is_open


def test_closing_without_a_submission_says_so(lead, base):
    assert "No one has submitted, so the result would be empty." in lead.get(base + "close/").content.decode()


def test_closing_twice_is_once(lead, base, submitted, assessment):
    assert lead.post(base + "close/")["Location"] == base + "result/"
    assert lead.post(base + "close/")["Location"] == base + "manage/"
    assert assessment.results.count() == 1


def test_releasing_twice_is_once(lead, base, submitted, assessment, alice):
    assessments.close(assessment=assessment, by=alice)
    assert said(lead.post(base + "release/", {"confirmed": "yes"}, follow=True)) == [
        "The result is released. Those who see it are told by e-mail."
    ]
    assert said(lead.post(base + "release/", follow=True)) == [
        "The result has already been released; nothing was changed."
    ]


def test_before_a_release_those_whom_an_e_mail_reaches_are_named(lead, base, submitted, assessment, alice, bob):
    """Zoe has not submitted, and the sixth never joined; the e-mails go to exactly those who were named."""
    zoe = person("zoe@northfield.example")
    assessments.add_participant(assessment=assessment, user=zoe, function="people", by=alice)
    assessment.participants.create(name="Never Joined", function="legal")
    assessments.close(assessment=assessment, by=alice)
    asked = lead.post(base + "release/", {"audience": "submitted"}).content.decode()
    assert "Release the result?" in asked
    assert "Zoe" not in asked
    assert "Never Joined" not in asked
    asked = lead.post(base + "release/?back=result", {"audience": "everyone"}).content.decode()
    told, strangers = asked.split("Never joined: cannot see it")
    assert "Zoe" in told
    assert "Never Joined" in strangers
    assert f'href="{base}result/"' in asked
    assessment.refresh_from_db()
    assert (assessment.state, OutgoingEmail.objects.filter(kind="result_ready").count()) == ("closed", 0)
    lead.post(base + "release/", {"audience": "everyone", "confirmed": "yes"})
    found = set(OutgoingEmail.objects.filter(kind="result_ready").values_list("to", flat=True))
    assert found == {bob.email, zoe.email}


def test_the_lead_decides_who_sees_a_released_result(lead, base, submitted, assessment, alice):
    """Eve takes part and has submitted nothing: page, report, files and charts are closed to her until the lead opens them."""
    eve = person("eve@northfield.example")
    assessments.add_participant(assessment=assessment, user=eve, function="people", by=alice)
    files = ("report.pdf", "result/report.csv", "result/charts/pillars.svg", "roadmap/status/")
    assessments.close(assessment=assessment, by=alice)
    lead.post(base + "release/", {"audience": "submitted", "confirmed": "yes"})
    browser = browser_of(eve)
    page = browser.get(base + "result/").content.decode()
    assert "It is shown to those who submitted answers." in page
    assert "has answered" not in page
    assert [browser.get(base + file).status_code for file in files] == [404] * 4
    done = lead.post(base + "release/", {"audience": "everyone"}, follow=True)
    assert said(done)[-1] == "Saved. Those who see the result now are told by e-mail."
    assert 'id="finding"' in browser.get(base + "result/").content.decode()
    assert [browser.get(base + file).status_code for file in files[1:]] == [200] * 3


def test_a_release_that_did_not_reach_somebody_is_told_on_both_pages(lead, base, submitted, assessment, alice, bob):
    assessments.close(assessment=assessment, by=alice)
    lead.post(base + "release/", {"audience": "submitted", "confirmed": "yes"})
    told = OutgoingEmail.objects.get(kind="result_ready", to=bob.email)
    pages = (base + "result/", base + "manage/")
    assert not any("by e-mail that the result" in page or "another way" in page for page in read(lead, pages))
    OutgoingEmail.objects.filter(pk=told.pk).update(state="dead", sealed="")
    result, manage = read(lead, pages)
    assert f'href="{base}manage/#h-people">See who' in result
    assert "The last e-mail could not be delivered. Tell them in another way." in manage
    assert "See who" not in browser_of(bob).get(base + "result/").content.decode()


def read(client, addresses):
    return [client.get(address).content.decode() for address in addresses]


def test_before_release_the_address_of_the_result_says_who_has_answered(lead, base, submitted, assessment, alice, bob):
    participant = browser_of(bob)
    page = participant.get(base + "result/").content.decode()
    assert "1 of 2 has answered." in page
    assert "once the assessment is closed and its result released" in " ".join(page.split())
    assert "Alice" not in page
    assert "Alice" in lead.get(base + "result/").content.decode()
    assessments.close(assessment=assessment, by=alice)
    assert "The result appears here once it is released." in participant.get(base + "result/").content.decode()
    assert f'action="{base}release/?back=result"' in lead.get(base + "result/").content.decode()
    assert (
        lead.post(base + "release/?back=result", {"audience": "submitted", "confirmed": "yes"})["Location"]
        == base + "result/"
    )
    assert f'action="{base}release/' not in lead.get(base + "result/").content.decode()
    assert 'id="finding"' in participant.get(base + "result/").content.decode()


# The due date


def test_the_due_date_is_moved(lead, base, assessment, emails):
    assert "Set due date" in lead.get(base + "manage/").content.decode()
    done = lead.post(base + "due/", {"due_on": "2099-01-31", "reminder_days": ["7"]}, follow=True)
    assert said(done) == ["The date is saved. No e-mail was sent; future e-mails will show it."]
    assert "Submit by 31 January 2099." in done.content.decode()
    assessment.refresh_from_db()
    assert assessment.reminder_days == [7]
    assert AuditEvent.objects.filter(verb="moved the due date").count() == 1
    assert emails == []


def test_a_closed_assessment_has_no_date_to_move(lead, base, assessment, alice):
    assessments.close(assessment=assessment, by=alice)
    assert lead.post(base + "due/", {"due_on": "2099-01-31"})["Location"] == base + "manage/"
    assessment.refresh_from_db()
    assert assessment.due_on is None


# Starting


@pytest.mark.parametrize("field", ["organisation_name", "name"])
@pytest.mark.parametrize("value", ["Click http://evil.example", "<b>", "a\u202eb", "www.evil.example"])
def test_names_that_would_stand_in_letters_are_plain(version, field, value, charlie):
    form = {"organisation_name": "Lakeside", "name": "Q4", "audience": "several", "function": "ceo"}
    form |= {"confidentiality": "confidential", field: value}
    page = browser_of(charlie).post("/assessments/start/", form)
    assert page.status_code == 200
    assert not Assessment.objects.exists()


def test_an_assessment_is_started(charlie):
    form = {"organisation_name": "Lakeside", "name": "Q4", "audience": "one", "function": "ceo"}
    form |= {"confidentiality": "named"}
    browser_of(charlie).post("/assessments/start/", form)
    started = Participant.objects.get().assessment
    assert (str(started), started.is_named, started.is_open) == ("Lakeside, Q4", True, True)


def test_a_new_organisation_needs_a_name_and_nothing_calls_it_optional(lead, northfield):
    page = lead.get("/assessments/start/").content.decode()
    assert [
        words.split("(optional)")[0].count("Your function")
        for words in page.split("<label")[1:]
        if "(optional)" in words
    ] == [1]
    form = {"organisation": "", "name": "Q4", "audience": "several", "function": "ceo", "confidentiality": "named"}
    assert "Enter the name of the organisation" in lead.post("/assessments/start/", form).content.decode()
    assert lead.post("/assessments/start/", form | {"organisation": northfield.pk}).status_code == 302
