"""A pillar page whose token against forged requests is no longer valid: its text is kept, and nothing else happens."""

import pytest
from django.test import Client

from assessments.actions import answering
from assessments.models import Answer, KeptAnswers
from tests.views.tab import Tab

KEY = "vision-direction"
TYPED = {KEY: "4", f"{KEY}:comment": "Typed with care"}


class CheckedTab(Tab):
    """One of a browser that is checked as the real ones are."""

    def __init__(self, user, assessment):
        super().__init__(user, assessment)
        self.client = Client(enforce_csrf_checks=True)
        self.sign_in()

    def rotate(self):
        """As signing in does."""
        self.client.cookies["csrftoken"] = "n" * 32

    def send(self, **headers):
        return self.client.post(self.address, self.fields | TYPED, headers=headers)


@pytest.fixture
def tab(assessment, bob):
    tab = CheckedTab(bob, assessment)
    tab.open()
    return tab


def test_a_valid_token_saves_as_ever(tab):
    assert tab.send().status_code == 422
    assert Answer.objects.get(question__key=KEY).choice == "4"
    assert not KeptAnswers.objects.exists()


def test_a_stale_one_keeps_the_page_and_leads_back_to_it(tab):
    tab.rotate()
    response = tab.send()
    assert (response.status_code, response.url) == (302, tab.address)
    assert not Answer.objects.exists()
    page = tab.client.get(response.url, follow=True).content.decode()
    assert "What you had entered on this page is now saved." in page
    answer = Answer.objects.get(question__key=KEY)
    assert (answer.choice, answer.comment) == ("4", "Typed with care")
    assert not KeptAnswers.objects.exists()


def test_what_was_changed_meanwhile_is_asked_about(tab, assessment, bob):
    other = Tab(bob, assessment)
    other.put(KEY, choice="1", revision=0)
    tab.rotate()
    assert tab.shown(tab.client.get(tab.send().url)).status_code == 422
    assert tab.clashes == [KEY]
    assert Answer.objects.get(question__key=KEY).choice == "1"


def test_whoever_is_signed_out_as_well_signs_in_first(tab):
    tab.client.cookies.clear()
    assert tab.send().url.startswith("/accounts/login/?next=")
    assert KeptAnswers.objects.get().user == tab.user


def test_somebody_else_at_the_same_browser_gets_nothing(tab, alice):
    tab.sign_in(alice)
    tab.rotate()
    response = tab.send()
    assert response.status_code == 409
    assert "Someone else is signed in here" in response.content.decode()
    assert KeptAnswers.objects.get().user == tab.user
    assert not Answer.objects.exists()


@pytest.mark.parametrize("owner", [None, "", "forged", "WyIxIl0:1:x"])
def test_without_the_pages_own_word_nothing_is_kept(tab, owner):
    tab.rotate()
    tab.fields["owner"] = owner or ""
    if owner is None:
        del tab.fields["owner"]
    assert is_refused(tab.send())


def is_refused(response):
    assert "This page was open for too long" in response.content.decode()
    return response.status_code == 403 and not KeptAnswers.objects.exists() and not Answer.objects.exists()


def test_with_their_own_word_an_attacker_reaches_nobody_elses_answers(tab, alice, assessment):
    """Alice's word in a request from Bob's browser."""
    attacker = CheckedTab(alice, assessment)
    attacker.open()
    tab.rotate()
    tab.fields["owner"] = attacker.fields["owner"]
    assert tab.send().status_code == 409
    assert KeptAnswers.objects.get().user == alice
    tab.open()
    assert not Answer.objects.exists()


def test_what_another_site_sent_is_not_kept(tab):
    assert is_refused(tab.send(origin="https://elsewhere.example"))


def test_of_another_form_nothing_is_kept(tab, submission):
    tab.rotate()
    response = tab.client.post(f"{tab.base}submit/", {"owner": tab.fields["owner"]})
    assert is_refused(response)
    submission.refresh_from_db()
    assert not submission.is_submitted


def test_a_locked_page_takes_nothing(tab, submission, bob):
    tab.rotate()
    response = tab.send()
    answering.submit(submission=submission, by=bob)
    assert tab.client.get(response.url).status_code == 409
    assert not Answer.objects.exists()
