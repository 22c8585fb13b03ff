"""The same journey without JavaScript: slower, and nothing is lost."""

import re

import pytest
from playwright.sync_api import expect

from assessments.actions import assessments
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.respondent import of_pillar, stored

KEY = "vision-direction"


@pytest.fixture
def bob(respondent):
    return respondent(size=PHONE, java_script_enabled=False)


def test_every_question_is_answered_by_forms_alone(respondent, cast):
    alone = assessments.start(
        organisation=cast.northfield,
        bank_version=cast.version,
        name="Alone",
        by=cast.alice,
        function="ceo",
        for_one=True,
    )
    alice = respondent(cast.alice, size=DESK, java_script_enabled=False)
    alice.assessment, page = alone, alice.page
    page.goto(alice.address())
    page.get_by_role("link", name=re.compile("^Start: ")).click()
    for section in range(1, 9):
        expect(page.get_by_text(f"Section {section} of 8")).to_be_visible()
        for key in alice.keys:
            alice.choose(key, section % 5 + 1)
        alice.go_on()
    expect(page.get_by_text("56 of 56 questions answered.")).to_be_visible()
    page.get_by_role("button", name="Submit assessment").click()
    page.get_by_role("link", name="Profile", exact=True).click()
    expect(page.locator("#profile svg.radar")).to_be_visible()
    expect(page.locator("#figures table")).to_be_visible()
    assert len(stored(alone, cast.alice)) == 56


def test_blank_questions_are_named_once_then_left_alone(bob, cast):
    bob.open()
    bob.choose(KEY, 3)
    bob.comment("vision-value").fill("Only a comment")
    bob.go_on()
    summary = bob.page.locator(".error-summary")
    expect(summary).to_contain_text("6 questions are not complete yet")
    expect(bob.page).to_have_title(re.compile("^Error: "))
    summary.get_by_role("link").first.click()
    expect(bob.page.locator("#vision-value-1")).to_be_focused()
    summary.get_by_role("button", name="Continue without answering").click()
    expect(bob.page.get_by_text("Section 2 of 8")).to_be_visible()
    assert stored(cast.assessment, cast.bob) == {KEY: ("3", ""), "vision-value": ("", "Only a comment")}


def test_enter_in_a_field_saves_and_does_not_clear(bob, cast):
    bob.open()
    bob.choose(KEY, 3)
    bob.comment(KEY)
    bob.page.locator(f"#{KEY}-link").fill("example.org")
    bob.page.locator(f"#{KEY}-link").press("Enter")
    expect(bob.page.locator(".error-summary")).to_be_visible()
    assert of_pillar(cast.assessment, cast.bob, [KEY]) == {KEY: ("3", "")}


def test_an_answer_is_cleared_and_the_page_stays_there(bob, cast):
    bob.open()
    bob.choose(KEY, 3)
    bob.page.locator(f"#{KEY} .clear").click()
    expect(bob.page).to_have_url(re.compile(f"#{KEY}$"))
    assert bob.chosen(KEY) == ""


def test_two_versions_are_shown_and_one_is_chosen(bob, respondent, cast):
    bob.open()
    other = respondent(size=DESK)
    other.open()
    other.choose(KEY, 5)
    other.is_saved(cast.bob)
    bob.choose(KEY, 2)
    bob.go_on()
    clash = bob.page.locator(f"#{KEY}-clash")
    expect(clash).to_contain_text("The other version")
    assert stored(cast.assessment, cast.bob)[KEY][0] == "5"
    clash.get_by_role("button", name="Keep mine").click()
    expect(bob.page).to_have_url(re.compile(f"#{KEY}$"))
    assert stored(cast.assessment, cast.bob)[KEY][0] == "2"


def test_what_is_sent_after_the_session_has_ended_is_saved_after_signing_in(bob, cast):
    from tests.journeys.test_session import end_all_sessions, sign_in_again

    bob.open()
    bob.choose(KEY, 4)
    bob.comment(KEY).fill("Typed before the session ended")
    end_all_sessions()
    bob.go_on()
    sign_in_again(bob, cast.bob)
    expect(bob.page.get_by_text("What you had entered on this page is now saved.")).to_be_visible()
    assert stored(cast.assessment, cast.bob) == {KEY: ("4", "Typed before the session ended")}


def test_what_an_old_page_holds_survives_signing_in_in_another_tab(bob, cast):
    from tests.journeys.test_session import end_all_sessions, sign_in_again

    bob.page.context.clear_cookies()
    bob.open()
    sign_in_again(bob, cast.bob)
    bob.choose(KEY, 4)
    bob.comment(KEY).fill("Typed before signing in again")
    end_all_sessions()
    other = bob.second_tab()
    other.open("culture")
    sign_in_again(other, cast.bob)
    bob.go_on()
    expect(bob.page.get_by_text("What you had entered on this page is now saved.")).to_be_visible()
    assert stored(cast.assessment, cast.bob) == {KEY: ("4", "Typed before signing in again")}
