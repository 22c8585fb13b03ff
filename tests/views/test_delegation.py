"""A respondent passes a pillar on; a colleague answers that pillar and nothing else."""

from dataclasses import replace

import pytest
from django.urls import reverse

from assessments import emails
from assessments.actions import answering, assessments, delegation, unit_people
from assessments.models import Answer, Delegation, Participant
from tests.access.test_central import asked_with, bank_with
from tests.actions.test_units import grow
from tests.conftest import person, submission_of
from tests.mailbox import BASE, browser_of, token_in
from tests.views.tab import Tab

KEY = "vision-direction"
FORM = {"email": "Gina@Northfield.example", "name": "Gina Moreau", "note": "The first two, please."}


@pytest.fixture
def respondent(bob, submission):
    return browser_of(bob)


@pytest.fixture
def base(assessment):
    return f"/assessments/{assessment.pk}/"


@pytest.fixture
def address(base):
    return base + "pillars/vision/colleague/"


@pytest.fixture
def gina(db):
    return person("gina@northfield.example")


@pytest.fixture
def passed(submission, bob, gina, version, emails):
    """Vision, passed to gina and accepted by her."""
    vision = version.pillars.get(key="vision")
    delegation.delegate(
        submission=submission, pillar=vision, email=gina.email, name="Gina Moreau", note="", by=bob, base_url=BASE
    )
    return delegation.accept(token=token_in(emails[0]), user=gina)


@pytest.fixture
def tab(passed, gina, submission):
    """Gina's page of the pillar."""
    return Tab(gina, submission)


def said(response):
    return [str(message) for message in response.context["messages"]]


def page_of(browser, address):
    return browser.get(address).content.decode()


# The respondent


def test_a_section_is_passed_to_a_colleague(respondent, base, address, emails):
    assert "Delegate to a colleague" in page_of(respondent, base)
    done = respondent.post(address, FORM, follow=True)
    assert said(done) == ["“Vision” is delegated to Gina Moreau. A link is on its way by e-mail."]
    assert "Delegated to Gina Moreau, not opened yet" in done.content.decode()
    assert [email.to for email in emails] == [["gina@northfield.example"]]


def test_a_second_click_sends_nothing_more(respondent, address, emails):
    respondent.post(address, FORM)
    again = respondent.post(address, FORM)
    assert "“Vision” is delegated to Gina Moreau" in again.content.decode()
    assert (len(emails), Delegation.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (
            "email",
            "bob@northfield.example",
            "Enter someone else’s address. You can always answer this section yourself.",
        ),
        ("email", "gina", "Enter an e-mail address such as name@example.org"),
        ("name", "www.evil.example", "Enter a name without brackets or web addresses."),
        ("note", "x" * 1001, "at most 1000 characters"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(respondent, address, emails, field, value, sentence):
    assert sentence in respondent.post(address, FORM | {field: value}).content.decode()
    assert emails == []


def test_the_overview_says_to_whom_and_takes_it_back(respondent, base, address, passed, gina):
    assert "Delegated to Gina Moreau" in page_of(respondent, base)
    assert "Withdraw" in page_of(respondent, base)
    assert "Accepted on" in page_of(respondent, address)
    done = respondent.post(address + "back", follow=True)
    assert "is yours again. Gina Moreau can no longer open it" in said(done)[0]
    assert "Delegated to" not in done.content.decode()
    again = respondent.post(address + "back", follow=True)
    assert said(again) == ["This section was not delegated to anyone; nothing was changed."]


def test_a_link_that_was_not_used_can_be_sent_again(respondent, address, emails):
    respondent.post(address, FORM)
    assert "Send a new link" in page_of(respondent, address)
    done = respondent.post(address + "again", follow=True)
    assert said(done) == ["A new link is on its way to Gina Moreau. The old one no longer works."]
    assert len(emails) == 2


def test_a_used_link_is_not_sent_again(respondent, address, passed, emails):
    assert "Send a new link" not in page_of(respondent, address)
    done = respondent.post(address + "again", follow=True)
    assert said(done) == ["There is no link to resend; nothing was sent."]
    assert len(emails) == 1


def test_submitted_answers_are_not_passed_on(respondent, base, address, submission, bob):
    answering.submit(submission=submission, by=bob)
    assert respondent.get(address)["Location"] == base + "review/"
    assert respondent.post(address, FORM)["Location"] == base + "review/"
    assert not Delegation.objects.exists()


def test_an_unknown_pillar_is_not_there(respondent, base):
    assert respondent.get(base + "pillars/nowhere/colleague/").status_code == 404


def test_completed_sections_are_not_offered(respondent, base, submission, bob, assessment):
    own = Tab(bob, assessment)
    for question in own.open().context["page"].pillar.questions:
        own.put(question.key, choice="3", revision=0)
    assert page_of(respondent, base).count("Delegate to a colleague") == 7


# The colleague


def test_the_colleague_sees_for_whom_they_answer_and_no_way_further(tab, base):
    html = tab.open().content.decode()
    assert "You are answering for Bob, who can see and change your answers, and submits them." in html
    assert "Save and finish" in html
    assert base not in html, "no address of the assessment"
    assert 'class="overall"' not in tab.html, "nor how far the respondent is"


def test_the_colleague_reads_no_answer_of_an_earlier_round(tab, bob, northfield, version, alice, assessment):
    earlier = assessments.start(organisation=northfield, bank_version=version, name="Q3", by=alice)
    assessments.add_participant(assessment=earlier, user=bob, function="legal", by=alice)
    type(earlier).objects.filter(pk=earlier.pk).update(created_at="2020-01-01T00:00Z")
    Tab(bob, earlier).put(KEY, choice="2", revision=0)
    answering.submit(submission=Participant.objects.get(assessment=earlier, user=bob).submission, by=bob)
    assert "Your answer last round" in Tab(bob, assessment).open().content.decode()
    assert "Your answer last round" not in tab.open().content.decode()


def test_what_the_colleague_saves_is_the_respondents_and_says_so(tab, bob, gina, assessment, submission):
    assert tab.put(KEY, choice="4", revision=0, submission=str(submission.pk)).status_code == 200
    answer = Answer.objects.get()
    assert (answer.submission, answer.answered_by) == (submission, gina)
    for page in (
        Tab(bob, assessment).open().content.decode(),
        page_of(browser_of(bob), f"{Tab(bob, assessment).base}review/"),
    ):
        assert page.count("Answered by Gina") == 1
    assert "Answered by" not in tab.open().content.decode()


def test_the_colleague_sees_which_answers_were_there(tab, bob, assessment):
    Tab(bob, assessment).put(KEY, choice="2", revision=0)
    assert tab.open().content.decode().count("Answered by Bob") == 1


def test_the_button_saves_names_the_gaps_once_and_leads_home(tab):
    tab.open()
    shown = tab.post(**{KEY: "4"})
    assert shown.status_code == 422
    assert len(tab.errors) == 6
    done = tab.post(skip="1", follow=True)
    assert done.redirect_chain == [("/home/", 302)]
    assert said(done) == ["Your answers to “Vision” are saved. You can come back until Bob submits them."]
    assert "In progress (1 of 7 answered)" in done.content.decode()


def test_what_arrives_after_the_session_is_kept_and_applied(tab, gina, submission):
    tab.open()
    tab.client.logout()
    tab.post(**{KEY: "4"})
    assert not Answer.objects.exists()
    tab.sign_in()
    tab.open()
    assert "What you had entered on this page is now saved." in tab.html
    assert Answer.objects.get().answered_by == gina


def test_a_pillar_taken_back_takes_nothing_that_was_kept(tab, bob, passed):
    tab.open()
    tab.client.logout()
    tab.post(**{KEY: "4"})
    delegation.take_back(delegation=passed, by=bob)
    tab.sign_in()
    assert tab.open().status_code == 404
    assert not Answer.objects.exists()


def test_a_page_kept_open_saves_nothing_once_it_is_taken_back(tab, bob, passed, submission):
    tab.open()
    delegation.take_back(delegation=passed, by=bob)
    assert tab.put(KEY, choice="4", revision=0).status_code == 404
    assert tab.post(**{KEY: "4"}).status_code == 404
    assert not Answer.objects.exists()


def test_once_it_is_submitted_the_colleague_is_told(tab, bob, submission):
    tab.open()
    answering.submit(submission=submission, by=bob)
    closed = tab.open()
    assert closed.status_code == 200
    assert "Bob has submitted the answers" in closed.content.decode()
    assert tab.post(**{KEY: "4"}).status_code == 409
    assert tab.put(KEY, choice="4", revision=0).status_code == 409


def test_both_at_once_never_overwrite_each_other(tab, bob, assessment):
    other = Tab(bob, assessment)
    tab.open()
    other.open()
    assert other.put(KEY, choice="2", revision=0).status_code == 200
    assert tab.put(KEY, choice="4", revision=0).status_code == 409
    assert Answer.objects.get().level == 2


def test_home_lists_what_was_passed(tab, passed, bob):
    html = page_of(tab.client, "/home/")
    assert "Delegated to you" in html
    assert "For Bob: Northfield, Q4" in html
    assert tab.address in html
    delegation.take_back(delegation=passed, by=bob)
    assert "Delegated to you" not in page_of(tab.client, "/home/")


def test_the_pillar_page_costs_what_it_did(tab, bob, assessment, django_assert_max_num_queries):
    """Session, user, door, two for the page, its files, delegation, kept answers, session's end."""
    own = Tab(bob, assessment)
    own.open()
    with django_assert_max_num_queries(9):
        own.open()
    with django_assert_max_num_queries(9):
        tab.open()


def test_a_delegated_section_that_is_no_longer_asked_is_neither_shown_nor_mailed(
    client, northfield, alice, bob, mailoutbox
):
    """All its questions are central, and the respondent has been assigned to a unit since."""
    bank = bank_with()
    other = replace(
        bank.pillars[0],
        key="policy",
        name="Policy",
        questions=tuple(replace(q, key=f"policy-{n}", central=True) for n, q in enumerate(bank.pillars[0].questions)),
    )
    made = asked_with(replace(bank, pillars=(*bank.pillars, other)), northfield, alice)
    south = grow(northfield, alice, ["South"])["South"]
    respondent = Participant.objects.create(assessment=made, user=bob)
    passed = delegation.delegate(
        submission=submission_of(made, bob),
        pillar=made.bank_version.pillars.get(key="policy"),
        email="gina@northfield.example",
        name="Gina",
        note="",
        by=bob,
        base_url=BASE,
    )
    emails.send(kind="delegation", pk=str(passed.pk), base_url=BASE)
    link = reverse("delegation", args=[token_in(mailoutbox.pop())])
    assert client.get(link).status_code == 200
    unit_people.place(assessment=made, places={respondent.pk: south.pk}, by=alice)
    assert client.get(link).status_code == 410
    Delegation.objects.update(sent_at=None)
    emails.send(kind="delegation", pk=str(passed.pk), base_url=BASE)
    assert mailoutbox == []
