"""One person, two tabs: the page asks which version to keep, and nothing is overwritten unseen."""

import itertools

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.respondent import SAVED, eventually, of_pillar, stored

KEY = "vision-direction"


@pytest.fixture
def two(respondent):
    first = respondent()
    second = first.second_tab()
    first.open()
    second.open()
    return first, second


def clash_of(bob, key=KEY):
    clash = bob.page.locator(f"#{key}-clash")
    expect(clash).to_be_visible()
    return clash


def test_keep_mine(two, cast):
    first, second = two
    first.choose(KEY, 3)
    first.is_saved(cast.bob)
    second.choose(KEY, 5)
    second.says("Changed elsewhere")
    assert stored(cast.assessment, cast.bob)[KEY] == ("3", "")
    clash_of(second).get_by_role("button", name="Keep mine").click()
    second.is_saved(cast.bob)
    assert stored(cast.assessment, cast.bob)[KEY] == ("5", "")
    expect(second.page.locator(f"#{KEY}-5")).to_be_focused()


def test_the_question_is_asked_where_the_person_looks(two, cast):
    first, second = two
    second.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    first.choose(KEY, 3)
    first.is_saved(cast.bob)
    second.choose(KEY, "dont_know")
    expect(clash_of(second)).to_be_in_viewport(ratio=0.9)


def test_use_the_other(two, cast):
    first, second = two
    first.choose(KEY, 3)
    first.comment(KEY).fill("Written in the first")
    first.is_saved(cast.bob)
    second.choose(KEY, 5)
    clash = clash_of(second)
    expect(clash).to_contain_text("Written in the first")
    clash.get_by_role("button", name="Use the other").click()
    second.is_saved(cast.bob)
    assert second.shown()[KEY] == ("3", "Written in the first")
    assert stored(cast.assessment, cast.bob)[KEY] == ("3", "Written in the first")


def test_the_same_choice_in_both_is_no_conflict(two, cast):
    first, second = two
    first.choose(KEY, 3)
    first.is_saved(cast.bob)
    second.choose(KEY, 3)
    second.is_saved(cast.bob)
    expect(second.page.locator(f"#{KEY}-clash")).to_have_count(0)


def test_other_questions_are_saved_while_one_waits_for_a_decision(two, cast):
    first, second = two
    first.choose(KEY, 3)
    first.is_saved(cast.bob)
    second.choose(KEY, 5)
    clash_of(second)
    second.choose("vision-value", 2)
    eventually(second, lambda: stored(cast.assessment, cast.bob).get("vision-value") == ("2", ""))
    second.says("Changed elsewhere")


def test_save_and_continue_with_an_open_conflict_asks_again(two, cast):
    first, second = two
    first.choose(KEY, 3)
    first.is_saved(cast.bob)
    second.choose(KEY, 5)
    clash_of(second)
    second.go_on()
    expect(second.page.locator(".error-summary")).to_contain_text("changed elsewhere")
    clash_of(second).get_by_role("button", name="Use the other").click()
    expect(second.page.locator(f"#{KEY}-3")).to_be_checked()
    assert stored(cast.assessment, cast.bob)[KEY] == ("3", "")


@pytest.mark.parametrize("begins", [0, pytest.param(1, marks=pytest.mark.long)])
def test_conflicts_of_every_kind(two, cast, begins):
    """Who began, what was changed and what was decided: after each, both sides of the question are accounted for."""
    early, late = two[begins], two[1 - begins]
    kinds = itertools.product(("choice", "comment", "clear"), ("Keep mine", "Use the other"))
    for number, (change, decision) in enumerate(kinds):
        key = early.keys[number]
        early.choose(key, 1 + number % 4)
        is_kept(early, cast.bob, key)
        expected = stored(cast.assessment, cast.bob)[key]
        mine = alter(late, key, change, number)
        clash = clash_of(late, key)
        assert stored(cast.assessment, cast.bob)[key] == expected
        clash.get_by_role("button", name=decision).click()
        is_kept(late, cast.bob, key)
        standing = of_pillar(cast.assessment, cast.bob, [key])[key]
        assert standing == (mine if decision == "Keep mine" else expected)


def is_kept(tab, user, key):
    """What this tab shows of the question stands, and it says so; of the others the other tab may know more."""
    eventually(tab, lambda: of_pillar(tab.assessment, user, [key])[key] == tab.shown()[key])
    assert of_pillar(tab.assessment, user, [key])[key] == tab.shown()[key]
    tab.says(SAVED)


def alter(tab, key, change, number):
    """Change a question on a page that is behind; what it shows then."""
    if change == "choice":
        tab.choose(key, 5 if number else "dont_know")
    elif change == "comment":
        tab.comment(key).fill(f"Comment {number}")
    else:
        tab.choose(key, "dont_know")
        tab.page.locator(f"#{key} .clear").click()
    return tab.shown()[key]
