"""The same page on a tablet and at a desk: what stands where, and that it works."""

import datetime

import pytest
from playwright.sync_api import expect

from assessments.actions import assessments
from tests.journeys.conftest import DESK, PHONE, TABLET


@pytest.mark.parametrize("size", [TABLET, DESK])
def test_a_section_is_answered_and_leads_on(size, respondent, cast):
    bob = respondent(size=size)
    bob.open()
    for key in bob.keys:
        bob.choose(key, 4)
    bob.is_saved(cast.bob)
    bob.go_on()
    expect(bob.page.get_by_text("Section 2 of 8")).to_be_visible()


@pytest.mark.parametrize(("size", "where"), [(PHONE, ".bar"), (TABLET, ".bar"), (DESK, ".rail")])
def test_there_is_one_status_to_be_seen(size, where, respondent, cast):
    bob = respondent(size=size)
    bob.open()
    bob.choose("vision-direction", 2)
    bob.is_saved(cast.bob)
    expect(bob.page.locator("[data-status]").filter(visible=True)).to_have_count(1)
    expect(bob.page.locator(f"{where} [data-status]")).to_be_visible()


def test_the_rail_follows_the_answers(respondent, cast):
    bob = respondent(size=DESK)
    bob.open("culture")
    bob.choose(bob.keys[0], 2)
    bob.is_saved(cast.bob)
    bob.open()
    bob.choose("vision-value", 2)
    rail = bob.page.locator(".rail")
    expect(rail.get_by_text("1 of 7 answered")).to_be_visible()
    expect(rail.get_by_text("2 of 56 in all sections")).to_be_visible()
    expect(rail.locator("[data-state=vision-value]")).to_have_text("Answered")
    bob.page.locator("#vision-value .clear").click()
    expect(rail.get_by_text("0 of 7 answered")).to_be_visible()
    expect(rail.locator("[data-state=vision-value]")).to_be_empty()


def test_each_change_of_the_status_is_spoken_once(respondent, cast):
    bob = respondent(size=PHONE)
    bob.open()
    spoken_by = bob.page.locator("[role=status]:not(.drop *)")
    expect(spoken_by).to_have_count(1)
    bob.choose("vision-value", 2)
    bob.is_saved(cast.bob)
    spoken = spoken_by.text_content()
    assert spoken == bob.status.text_content()


def test_no_word_of_another_language_is_broken(respondent):
    bob = respondent(size=TABLET, locale="de")
    bob.page.goto(bob.address("review/"))
    words = bob.page.get_by_role("link", name="Beantworten")
    expect(words.first).to_be_visible()
    assert all(each.bounding_box()["height"] < 30 for each in words.all())


def test_a_level_is_named_beside_its_step(respondent, cast):
    alice = respondent(cast.alice, size=PHONE)
    assessments.close(assessment=cast.assessment, by=cast.alice)
    alice.page.goto(alice.address("result/"))
    for step in alice.page.locator(".ladder li").all():
        square, name = (step.locator(part).bounding_box() for part in (".step", ".words"))
        assert abs(square["y"] + square["height"] / 2 - name["y"] - name["height"] / 2) < 2


def test_the_button_stays_where_it_is_when_the_status_comes(respondent, cast):
    bob = respondent(size=PHONE)
    bob.open()
    button = bob.page.locator(".bar > .button")
    before = button.bounding_box()["x"]
    bob.choose("vision-direction", 2)
    bob.is_saved(cast.bob)
    assert button.bounding_box()["x"] == before


@pytest.mark.parametrize("address", ["manage/", "result/"])
def test_a_page_of_large_text_is_no_wider_than_a_phone(address, respondent, cast):
    cast.assessment.due_on = datetime.date(2099, 12, 20)
    cast.assessment.save()
    alice = respondent(cast.alice, size=PHONE)
    alice.page.goto(alice.address(address))
    alice.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert alice.page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
