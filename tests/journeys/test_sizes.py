"""The same page on a tablet and at a desk: what stands where, and that it works."""

import pytest
from playwright.sync_api import expect

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


def test_the_rail_follows_the_answers(respondent):
    bob = respondent(size=DESK)
    bob.open()
    bob.choose("vision-value", 2)
    rail = bob.page.locator(".rail")
    expect(rail.get_by_text("1 of 7 answered")).to_be_visible()
    expect(rail.locator("[data-state=vision-value]")).to_have_text("Answered")
    bob.page.locator("#vision-value .clear").click()
    expect(rail.get_by_text("0 of 7 answered")).to_be_visible()
    expect(rail.locator("[data-state=vision-value]")).to_be_empty()


def test_each_change_of_the_status_is_spoken_once(respondent, cast):
    bob = respondent(size=PHONE)
    bob.open()
    expect(bob.page.locator("[role=status]")).to_have_count(1)
    bob.choose("vision-value", 2)
    bob.is_saved(cast.bob)
    spoken = bob.page.locator("[role=status]").text_content()
    assert spoken == bob.status.text_content()
