"""A consultant's afternoon: a brand, a logo, a snippet, and what there is to say about a result."""

import re

import pytest
from playwright.sync_api import expect

from assessments.actions import assessments
from assessments.models import Consultancy, Engagement
from tests.branding.pictures import a_png
from tests.journeys.conftest import numbers, person
from tests.journeys.looks import faults
from tests.journeys.respondent import Respondent
from tests.journeys.test_accessibility_assessments import finish


@pytest.fixture
def dana(cast):
    """Serves a client with a closed assessment."""
    number = next(numbers)
    dana = person(f"dana-{number}@hart.example")
    firm = Consultancy.objects.create(name=f"Hart {number}")
    firm.consultants.add(dana)
    Engagement.objects.create(consultancy=firm, organisation=cast.northfield)
    for each in range(3):
        finish(cast.assessment, each)
    assessments.close(assessment=cast.assessment, by=cast.alice)
    return dana


def test_a_consultant_puts_a_name_and_words_to_a_result(tab, site, cast, dana):
    page = tab()
    Respondent(page, site.url).sign_in(dana)
    found = [*brand(page), *logo(page), *snippet(page), *commentary(page, cast)]
    page.goto(f"/assessments/{cast.assessment.pk}/result/")
    expect(page.get_by_role("heading", name=re.compile("^Commentary by Hart"))).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("^Logo of Hart"))).to_be_visible()
    expect(page.locator("#commentary strong")).to_have_text("Open the data")
    assert found == []
    assert faults(page) == []


def brand(page):
    page.goto("/portfolio/")
    page.get_by_role("link", name=re.compile("^Brand of Hart")).click()
    page.get_by_label("Accent colour").fill("#FFCC00")
    page.get_by_role("button", name="Save brand").click()
    expect(page.get_by_role("alert")).to_contain_text("The closest shade that works is")
    found = faults(page)
    page.get_by_label("Accent colour").fill("#AD417E")
    page.get_by_role("button", name="Save brand").click()
    expect(page.get_by_text("#AD417E", exact=True)).to_be_visible()
    return found


def logo(page):
    page.get_by_role("link", name="Add logo").click()
    page.get_by_label("Image").set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": a_png()})
    page.get_by_role("button", name="Save logo").click()
    expect(page.get_by_role("img", name=re.compile("^Logo of Hart"))).to_be_visible()
    return faults(page)


def snippet(page):
    page.get_by_role("link", name="Snippets").click()
    page.get_by_role("link", name="Write a snippet").click()
    page.get_by_label("Title").fill("Begin here")
    page.get_by_role("textbox", name="Text").fill("**Open the data** that one project needs.")
    page.get_by_role("button", name="Save snippet").click()
    expect(page.get_by_role("link", name="Begin here")).to_be_visible()
    return faults(page)


def commentary(page, cast):
    page.goto(f"/assessments/{cast.assessment.pk}/result/")
    page.get_by_role("link", name="Add commentary").click()
    found = faults(page)
    page.get_by_role("link", name="The whole assessment").click()
    page.get_by_role("button", name="Insert Begin here").click()
    expect(page.get_by_role("textbox", name="Commentary")).to_have_value("**Open the data** that one project needs.")
    found += faults(page)
    page.get_by_role("button", name="Save commentary").click()
    expect(page.get_by_text("Saved: the commentary on The whole assessment.")).to_be_visible()
    return found
