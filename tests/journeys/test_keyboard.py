"""The same journey with the keyboard alone: what has the focus is always to be seen."""

import re

import pytest
from playwright.sync_api import expect

from assessments.models import Submission
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.respondent import stored

# Whether the middle of what has the focus can be seen: nothing lies on top of it, and it is inside the window
SEEN = """() => {
  const focused = document.activeElement;
  const shown = focused.closest("label.choice") ?? focused;
  const box = shown.getBoundingClientRect();
  const x = box.left + Math.min(box.width / 2, 40), y = box.top + box.height / 2;
  if (!box.width || y < 0 || y > innerHeight) return `${shown.outerHTML.slice(0, 80)} is at ${Math.round(y)}`;
  const top = document.elementFromPoint(x, y);
  return shown.contains(top) || top?.contains(shown) ? "" : `${shown.outerHTML.slice(0, 80)} lies under ${top?.outerHTML.slice(0, 80)}`;
}"""


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, where, *, limit=80):
    """Press Tab until the focus is on an element that matches; everything on the way can be seen."""
    for _press in range(limit):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN) == ""
        if page.evaluate("where => document.activeElement.matches(where)", where):
            return
    raise AssertionError(f"The keyboard does not reach {where}.")


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_from_the_first_question_to_the_receipt(size, respondent, cast):
    bob = respondent(size=size)
    page = bob.page
    bob.open("partnerships")
    press(page, "Tab", "Enter")
    expect(page.locator("#main")).to_be_focused()
    for number, key in enumerate(bob.keys):
        tab_to(page, f"#{key} input[type=radio]")
        press(page, "Space", *["ArrowDown"] * (number % 5))
        assert bob.chosen(key) == str(number % 5 + 1)
    tab_to(page, f"#{key} summary")
    press(page, "Enter")
    tab_to(page, f"#{key}-comment")
    page.keyboard.type("By keyboard")
    bob.is_saved(cast.bob)
    tab_to(page, ".bar > .button")
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Review your answers")).to_be_visible()
    assert stored(cast.assessment, cast.bob)[key] == ("2", "By keyboard")
    tab_to(page, ".declare button")
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Your answers are submitted")).to_be_visible()
    assert Submission.objects.get(participant__user=cast.bob).is_submitted


def test_backwards_nothing_is_hidden_behind_the_bar(respondent):
    bob = respondent(size=PHONE)
    bob.open()
    bob.page.locator(".bar > .button").focus()
    for _press in range(14):
        bob.page.keyboard.press("Shift+Tab")
        assert bob.page.evaluate(SEEN) == ""


def test_the_error_summary_takes_the_focus_and_leads_to_each_question(respondent):
    bob = respondent(size=PHONE)
    bob.open()
    bob.go_on()
    expect(bob.page.locator(".error-summary")).to_be_focused()
    expect(bob.page).to_have_title(re.compile("^Error: "))
    press(bob.page, "Tab", "Enter")
    expect(bob.page.locator("#vision-direction-1")).to_be_focused()
    assert bob.page.evaluate(SEEN) == ""


def test_a_conflict_is_decided_by_keyboard(respondent, cast):
    key = "vision-direction"
    first = respondent(size=DESK)
    second = first.second_tab()
    first.open()
    second.open()
    first.choose(key, 3)
    first.is_saved(cast.bob)
    second.page.bring_to_front()
    second.page.locator(f"#{key}-1").focus()
    press(second.page, "Space")
    expect(second.page.locator(f"#{key}-clash")).to_be_visible()
    press(second.page, "Shift+Tab")
    assert second.page.evaluate("document.activeElement.textContent.trim()") == "Use the other"
    press(second.page, "Enter")
    expect(second.page.locator(f"#{key}-3")).to_be_focused()
    second.is_saved(cast.bob)


def test_letters_choose_nothing(respondent, cast):
    bob = respondent(size=DESK)
    bob.open()
    bob.page.locator("#vision-direction-1").focus()
    for letter in "12345anyjk":
        bob.page.keyboard.press(letter)
    assert not any(choice for choice, _comment in bob.shown().values())
    assert stored(cast.assessment, cast.bob) == {}
