"""A consultant's morning: from an empty desk to two assessments side by side, and the demo removed again."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from assessments.models import Consultancy, Organisation
from tests.journeys.conftest import DESK, PHONE, numbers, person
from tests.journeys.respondent import Respondent


@pytest.fixture
def consultant():
    number = next(numbers)
    dana = person(f"dana-{number}@hart.example")
    Consultancy.objects.create(name=f"Hart {number}").consultants.add(dana)
    return dana


OTHER_LOOKS = [
    pytest.param(size, scheme, marks=pytest.mark.long) for size, scheme in ((DESK, "dark"), (PHONE, "light"))
]


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark"), *OTHER_LOOKS])
def test_a_consultant_explores_compares_and_tidies_up(tab, site, consultant, size, scheme):
    page = tab(size=size, color_scheme=scheme)
    Respondent(page, site.url).sign_in(consultant)
    page.goto("/home/")
    expect(page).to_have_url(re.compile("/portfolio/$"))
    expect(page.get_by_role("heading", name="No assessments yet")).to_be_visible()
    is_accessible(page)
    page.get_by_role("button", name="Explore with demo data").click()
    expect(page.get_by_text("3 clients, 9 assessments")).to_be_visible()
    is_accessible(page)
    search_and_sort(page)
    compare(page)
    look_at_the_map(page)
    remove_the_demo(page, consultant)


def search_and_sort(page):
    page.get_by_label("Client or assessment").fill("northfield")
    page.get_by_role("button", name="Filter", exact=True).click()
    expect(page.get_by_role("row")).to_have_count(4)
    page.get_by_role("link", name="Index", exact=True).click()
    expect(page).to_have_url(re.compile("q=northfield.*sort=-index"))
    expect(page.get_by_role("columnheader", name="Index")).to_have_attribute("aria-sort", "descending")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Q4 2026")


def compare(page):
    for name in ("Q2 2026", "Q4 2026"):
        page.get_by_role("checkbox", name=re.compile(name)).check()
    page.get_by_role("button", name="Compare selected").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("from Q2 2026 to Q4 2026")
    expect(page.get_by_text("56 of 56 questions")).to_be_visible()
    is_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download workbook").click()
    assert download.value.suggested_filename == "compare-northfield-demo-q2-2026-q4-2026.xlsx"


def look_at_the_map(page):
    page.get_by_role("link", name="Portfolio").first.click()
    page.get_by_role("link", name="Clients by pillar").click()
    expect(page.get_by_role("row")).to_have_count(4)
    expect(page.get_by_role("row").filter(has_text="Northfield (demo)")).to_have_count(1)
    is_accessible(page)


def remove_the_demo(page, consultant):
    page.get_by_role("link", name="Assessments", exact=True).click()
    page.get_by_role("link", name="Remove them").click()
    is_accessible(page)
    page.get_by_role("button", name="Remove demo clients").click()
    expect(page.get_by_role("heading", name="No assessments yet")).to_be_visible()
    assert not Organisation.objects.filter(engagements__consultancy__consultants=consultant).exists()


def is_accessible(page):
    page.wait_for_load_state()
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
