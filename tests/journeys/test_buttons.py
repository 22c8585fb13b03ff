"""What people do to web pages: press twice, go back, reload, come by a bookmark, close the tab."""

import re

from playwright.sync_api import expect

from assessments.models import AuditEvent, Submission
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.respondent import eventually, stored

KEY = "vision-direction"


def test_submitting_with_a_double_click_is_once(respondent, cast):
    bob = respondent(size=PHONE)
    bob.page.goto(bob.address("review/"))
    bob.page.get_by_role("button", name="Submit assessment").dblclick()
    expect(bob.page.get_by_role("heading", name="Your answers are submitted")).to_be_visible()
    mine = Submission.objects.get(participant__user=cast.bob)
    assert mine.is_submitted
    assert AuditEvent.objects.filter(verb="submitted", object_id=str(mine.pk)).count() == 1


def test_going_back_after_submitting_shows_locked_answers(respondent, cast):
    bob = respondent(size=PHONE)
    bob.open()
    bob.choose(KEY, 3)
    bob.is_saved(cast.bob)
    bob.page.goto(bob.address("review/"))
    bob.page.get_by_role("button", name="Submit assessment").click()
    expect(bob.page.get_by_role("heading", name="Your answers are submitted")).to_be_visible()
    bob.page.go_back()
    bob.page.go_back()
    expect(bob.page).to_have_url(re.compile("/review/$"))
    expect(bob.page.get_by_role("button", name="Submit assessment")).to_have_count(0)


def test_going_back_to_what_was_left_blank_sends_nothing_again(respondent, cast):
    bob = respondent(size=PHONE)
    bob.open()
    bob.choose(KEY, 3)
    bob.go_on()
    bob.page.get_by_role("button", name="Continue without answering").click()
    expect(bob.page.get_by_text("Section 2 of 8")).to_be_visible()
    bob.page.go_back()
    expect(bob.page.get_by_text("Section 1 of 8")).to_be_visible()
    assert bob.chosen(KEY) == "3"


def test_a_reload_shows_what_was_saved(respondent, cast):
    bob = respondent(size=DESK)
    bob.open()
    for number, key in enumerate(bob.keys):
        bob.choose(key, number % 5 + 1)
    bob.comment(KEY).fill("A comment")
    bob.is_saved(cast.bob)
    before = bob.shown()
    bob.page.reload()
    assert bob.shown() == before


def test_going_back_shows_what_stands_now(respondent, cast):
    bob = respondent(size=DESK)
    bob.open()
    bob.choose(KEY, 3)
    bob.is_saved(cast.bob)
    bob.page.goto(bob.address())
    other = bob.second_tab()
    other.open()
    other.choose(KEY, 5)
    other.is_saved(cast.bob)
    bob.page.go_back()
    expect(bob.page.locator(f"#{KEY}-5")).to_be_checked()


def test_leaving_in_the_middle_of_a_word_keeps_it(respondent, cast):
    bob = respondent(size=DESK)
    bob.open()
    bob.comment(KEY).press_sequentially("Not even a full sen")
    bob.page.goto(bob.address())
    eventually(bob, lambda: KEY in stored(cast.assessment, cast.bob))
    bob.page.go_back()
    expect(bob.page.locator(f"#{KEY}-comment")).to_have_value("Not even a full sen")
    assert stored(cast.assessment, cast.bob)[KEY] == ("", "Not even a full sen")


def test_closing_the_tab_in_the_middle_of_a_word_keeps_it(respondent, cast):
    bob = respondent(size=DESK)
    bob.open()
    bob.comment(KEY).press_sequentially("Closed right")
    other = bob.second_tab()
    bob.page.close()
    eventually(other, lambda: KEY in stored(cast.assessment, cast.bob))
    other.open()
    expect(other.page.locator(f"#{KEY}-comment")).to_have_value("Closed right")


def test_a_bookmarked_step_opens_where_it_was_kept(respondent, cast):
    bob = respondent(size=PHONE)
    bob.open("ethics", "#ethics-fairness")
    expect(bob.page.locator("#ethics-fairness")).to_be_in_viewport()


def test_answers_entered_before_the_script_arrived_are_saved(respondent, cast):
    bob = respondent(size=DESK)
    held = []
    bob.page.route("**/js/autosave.js", lambda route: held.append(route))  # noqa: PLW0108 - it may not be a built-in
    bob.page.goto(bob.address("pillars/vision/"), wait_until="commit")
    bob.choose(KEY, 4)
    while not held:
        bob.page.wait_for_timeout(20)
    held[0].continue_()
    bob.is_saved(cast.bob)


def test_each_card_can_be_changed_from_the_review(respondent, cast):
    bob = respondent(size=PHONE)
    bob.open()
    bob.choose(KEY, 3)
    bob.is_saved(cast.bob)
    bob.page.goto(bob.address("review/"))
    bob.page.get_by_role("link", name=re.compile("^Change ")).first.click()
    expect(bob.page.locator(f"#{KEY}")).to_be_in_viewport()
    bob.choose(KEY, 1)
    bob.go_on()
    bob.page.locator("[name=skip]").click()
    expect(bob.page.get_by_role("heading", name="Review your answers")).to_be_visible()
    assert stored(cast.assessment, cast.bob)[KEY] == ("1", "")
