"""Every page that a person can reach, in every state: no finding of axe, and nothing to scroll sideways."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessments.actions import answering, assessments, shared_results
from assessments.actions.shared_results import LETTERS
from assessments.models import Question, SharedResult, Submission, token_hash_of
from tests.journeys.conftest import PHONE
from tests.journeys.looks import faults, faults_in_the_other_looks, findings, invalid, served, sideways
from tests.journeys.respondent import Respondent

KEY = "vision-direction"


def at(address):
    return lambda alice: alice.page.goto(alice.address(address) if not address.startswith("/") else address)


def with_answers(alice):
    alice.open()
    for number, key in enumerate(alice.keys[:6]):
        alice.choose(key, number % 5 + 1)
    alice.comment(KEY).fill("A comment")
    alice.is_saved(alice.user)


def with_errors(alice):
    alice.open()
    alice.go_on()
    expect(alice.page.locator(".error-summary")).to_be_visible()


def too_long(alice):
    alice.open()
    alice.comment(KEY).fill("x" * 10_001)
    alice.says("Not saved: see the message at the question")


def clash(alice):
    alice.open()
    other = alice.second_tab()
    other.open()
    other.choose(KEY, 3)
    other.is_saved(alice.user)
    other.page.close()
    alice.choose(KEY, 5)
    expect(alice.page.locator(f"#{KEY}-clash")).to_be_visible()


def notices(alice):
    alice.open()
    alice.page.evaluate("for (const notice of document.querySelectorAll('.notice')) notice.hidden = false")


def not_applicable(alice):
    alice.open("talent")
    alice.choose("talent-hiring", "not_applicable")
    expect(alice.page.locator("#talent-hiring-reason")).to_be_visible()


def review(alice):
    with_answers(alice)
    alice.page.goto(alice.address("review/"))


def submitted(alice):
    with_answers(alice)
    answering.submit(submission=Submission.objects.get(participant__user=alice.user), by=alice.user)


def receipt(alice):
    submitted(alice)
    alice.page.goto(alice.address())


def locked(alice):
    submitted(alice)
    alice.page.goto(alice.address("review/"))


def nothing_changed(alice):
    alice.open()
    answering.submit(submission=Submission.objects.get(participant__user=alice.user), by=alice.user)
    alice.go_on()
    expect(alice.page.get_by_role("heading", name="Nothing was changed")).to_be_visible()


def result(alice):
    submitted(alice)
    assessments.close(assessment=alice.assessment, by=alice.user)
    alice.page.goto(alice.address("result/"))
    expect(alice.page.locator("#pillars")).to_be_visible()


def share(alice):
    result(alice)
    assessments.release(assessment=alice.assessment, by=alice.user)
    SharedResult.objects.create(
        assessment=alice.assessment,
        email=f"ruth-{alice.user.pk}@board.example",
        name="Ruth Aalto",
        token_hash=token_hash_of(str(alice.assessment.pk)),
        expires_at=timezone.now() + datetime.timedelta(days=7),
    )
    alice.page.goto(alice.address("share/"))
    alice.page.locator("main summary").click()


def shared_code(alice):
    share(alice)
    signed_out(f"/shared-results/{alice.assessment.pk}/")(alice)
    alice.page.get_by_role("button", name="E-mail me a code").click()
    expect(alice.page.get_by_label("Code")).to_be_visible()


def shared_result(alice):
    share(alice)
    link = SharedResult.objects.get(assessment=alice.assessment)
    now, code = timezone.now(), shared_results.hash_of(link, LETTERS[:8])
    SharedResult.objects.filter(pk=link.pk).update(code_hash=code, code_sent_at=now)
    signed_out(f"/shared-results/{alice.assessment.pk}/")(alice)
    alice.page.get_by_label("Code").fill(LETTERS[:8])
    alice.page.get_by_role("button", name="Open the result").click()
    expect(alice.page.locator("#pillars")).to_be_visible()


def reopen(alice):
    submitted(alice)
    participant = alice.assessment.participants.get(user=alice.user)
    alice.page.goto(alice.address(f"people/{participant.pk}/reopen/"))


def empty_form(alice):
    alice.page.goto("/assessments/start/")
    alice.page.get_by_role("button", name="Continue").click()
    expect(alice.page.locator(".error-summary")).to_be_visible()


def signed_out(address):
    def go(alice):
        alice.page.context.clear_cookies()
        alice.page.goto(address)

    return go


STATES = {
    "landing": signed_out("/"),
    "sign in": signed_out("/accounts/login/"),
    "sign up": signed_out("/accounts/signup/"),
    "forgotten password": signed_out("/accounts/password/reset/"),
    "not found": signed_out("/nowhere/"),
    "broken invitation": signed_out("/invitations/nothing/"),
    "method": signed_out("/method/"),
    "help": signed_out("/help/answering/"),
    "the door of a workshop": signed_out("/w/BCDFGHJK/"),
    "home": at("/home/"),
    "portfolio": at("/portfolio/"),
    "profile": at("/account/profile/"),
    "second factor": at("/accounts/2fa/"),
    "e-mail addresses": at("/accounts/email/"),
    "sign out": at("/accounts/logout/"),
    "start": at("/assessments/start/"),
    "start with errors": empty_form,
    "manage": at("manage/"),
    "invite": at("people/invite/"),
    "invite many": at("people/invite-many/"),
    "close": at("close/"),
    "reopen": reopen,
    "share": share,
    "code of a shared result": shared_code,
    "shared result": shared_result,
    "pass on": at("pillars/vision/colleague/"),
    "overview": at(""),
    "pillar": at("pillars/vision/"),
    "pillar with answers": with_answers,
    "pillar with errors": with_errors,
    "pillar with a text too long": too_long,
    "pillar with a conflict": clash,
    "pillar with notices": notices,
    "pillar with a reason": not_applicable,
    "review, empty": at("review/"),
    "review": review,
    "receipt": receipt,
    "answers, locked": locked,
    "nothing changed": nothing_changed,
    "result": result,
}


@pytest.fixture
def alice(tab, site, cast):
    alice = Respondent(tab(), site.url, cast.assessment)
    alice.user = cast.alice
    alice.sign_in(cast.alice)
    return alice


@pytest.mark.parametrize("state", STATES)
def test_everybody_can_use(state, alice):
    STATES[state](alice)
    assert faults(alice.page) == []


@pytest.mark.long
@pytest.mark.parametrize("state", STATES)
def test_everybody_can_use_in_the_other_looks(state, alice):
    STATES[state](alice)
    assert faults_in_the_other_looks(alice.page) == []


def test_a_planted_fault_is_found(alice):
    alice.open()
    alice.comment(KEY).evaluate("field => field.closest('.field').querySelector('label').remove()")
    alice.page.evaluate("document.querySelector('legend').style.minWidth = '50rem'")
    assert findings(alice.page, "light", PHONE)
    assert sideways(alice.page)
    assert invalid(served(alice.page)) == []
    assert invalid(served(alice.page).replace("</main>", "</b></main>"))


def test_every_question_is_a_group_with_a_name(alice):
    alice.open()
    groups = alice.page.get_by_role("group")
    text = Question.objects.get(key=KEY, pillar__version=alice.assessment.bank_version).text
    expect(groups.filter(has_text=text).first).to_be_visible()
    expect(alice.page.get_by_role("radio")).to_have_count(7 * 6)
    expect(alice.page.get_by_role("main")).to_have_count(1)
    expect(alice.page.get_by_role("heading", level=1)).to_have_count(1)
