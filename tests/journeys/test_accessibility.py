"""Every page that a person can reach, in every state: no finding of axe, and nothing to scroll sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from assessments.actions import answering, rounds
from assessments.models import Question, Submission
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.respondent import Respondent

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": STANDARDS, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
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
    rounds.close(assessment=alice.assessment, by=alice.user)
    alice.page.goto(alice.address("result/"))
    expect(alice.page.locator("#profile")).to_be_visible()


def reopen(alice):
    submitted(alice)
    participant = alice.assessment.participants.get(user=alice.user)
    alice.page.goto(alice.address(f"people/{participant.pk}/reopen/"))


def empty_form(alice):
    alice.page.goto("/assessments/start/")
    alice.page.get_by_role("button", name="Start the assessment").click()
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
    "home": at("/home/"),
    "portfolio": at("/portfolio/"),
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
LOOKS = [("light", PHONE), ("dark", DESK)]
OTHER_LOOKS = [("dark", PHONE), ("light", DESK)]


@pytest.fixture
def alice(tab, site, cast):
    alice = Respondent(tab(), site.url, cast.assessment)
    alice.user = cast.alice
    alice.sign_in(cast.alice)
    return alice


def findings(page, scheme, size):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{scheme} {size[0]}: {each['id']} ({each['help']}): {node['html'][:160]}"
        for each in found
        for node in each["nodes"]
    ]


# What stands out of the window on the right, as a person would have to scroll sideways for it
SIDEWAYS = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.body.querySelectorAll("*")].filter(each => each.getBoundingClientRect().right > innerWidth + 1)
  .map(each => each.outerHTML.slice(0, 120)).slice(0, 5)"""


def sideways(page):
    """At 320 pixels, and with letters twice as large on a window of 640."""
    page.set_viewport_size({"width": 320, "height": 640})
    narrow = settled_sideways(page)
    page.set_viewport_size({"width": 640, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    return [f"320: {each}" for each in narrow] + [f"200 %: {each}" for each in settled_sideways(page)]


def settled_sideways(page):
    """After charts had the time to draw themselves anew."""
    for _look in range(30):
        if not (found := page.evaluate(SIDEWAYS)):
            break
        page.wait_for_timeout(100)
    return found


@pytest.mark.parametrize("state", STATES)
def test_everybody_can_use(state, alice):
    STATES[state](alice)
    found = [each for scheme, size in LOOKS for each in findings(alice.page, scheme, size)]
    assert found + sideways(alice.page) == []


@pytest.mark.long
@pytest.mark.parametrize("state", STATES)
def test_everybody_can_use_in_the_other_looks(state, alice):
    STATES[state](alice)
    assert [each for scheme, size in OTHER_LOOKS for each in findings(alice.page, scheme, size)] == []


def test_a_planted_fault_is_found(alice):
    alice.open()
    alice.comment(KEY).evaluate("field => field.closest('.field').querySelector('label').remove()")
    alice.page.evaluate("document.querySelector('legend').style.minWidth = '50rem'")
    assert findings(alice.page, "light", PHONE)
    assert sideways(alice.page)


def test_every_question_is_a_group_with_a_name(alice):
    alice.open()
    groups = alice.page.get_by_role("group")
    text = Question.objects.get(key=KEY, pillar__version=alice.assessment.bank_version).text
    expect(groups.filter(has_text=text).first).to_be_visible()
    expect(alice.page.get_by_role("radio")).to_have_count(7 * 6)
    expect(alice.page.get_by_role("main")).to_have_count(1)
    expect(alice.page.get_by_role("heading", level=1)).to_have_count(1)
