"""A lead moves questions of a result: radar and figures follow at once, and with the button where there is no script."""

import pytest
from playwright.sync_api import expect

from assessments.actions import assessments
from tests.journeys.conftest import PASSWORD
from tests.journeys.test_charts import finish


@pytest.fixture
def address(cast):
    """The scenarios of a result in which everybody may see every answer."""
    named = assessments.start(
        organisation=cast.northfield, bank_version=cast.version, name="Named", by=cast.alice, function="ceo",
        confidentiality="named",
    )  # fmt: skip
    finish(cast, named)
    return f"/assessments/{named.pk}/what-if/"


def open_it(page, cast, address):
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(cast.alice.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/home/")
    page.goto(address)
    page.locator(".what-if-form summary").first.click()


def move(page, place):
    page.locator(".what-if-form select").nth(place).select_option("5")


def test_moved_questions_show_at_once(tab, cast, address):
    page = tab()
    open_it(page, cast, address)
    button = page.get_by_role("button", name="Show what would change")
    expect(button).to_be_hidden()
    expect(page.locator(".radar .diamond")).to_have_count(0)
    move(page, 0)
    expect(page.get_by_role("status")).to_contain_text("would stay")
    expect(page.locator("h1")).to_contain_text("Scenario: ")
    expect(page.locator(".radar .diamond")).to_have_count(1)
    expect(page.get_by_text("1 question moved")).to_be_visible()
    page.get_by_label("Name of the scenario").fill("Direction first")
    page.locator(".what-if-form summary").nth(1).click()
    move(page, 7)
    expect(page.locator(".radar .diamond")).to_have_count(2)
    assert page.url.endswith("?vision-direction=5&culture-experiments=5")
    page.get_by_role("button", name="Save scenario").click()
    expect(page.get_by_text("Scenario “Direction first”")).to_be_visible()
    expect(page.locator(".radar .diamond")).to_have_count(2)


def test_where_it_cannot_be_fetched_the_button_comes_back(tab, cast, address):
    page = tab()
    open_it(page, cast, address)
    page.route("**/what-if/?*", lambda route: route.abort())
    move(page, 0)
    button = page.get_by_role("button", name="Show what would change")
    expect(button).to_be_visible()
    page.unroute("**/what-if/?*")
    button.click()
    expect(page.locator(".radar .diamond")).to_have_count(1)
