"""The product's main job, from the front door to the report."""

import re

from playwright.sync_api import expect
from pypdf import PdfReader

from assessments.models import Assessment
from tests.journeys.conftest import PASSWORD, PHONE
from tests.journeys.respondent import Respondent, stored


def test_an_executive_on_a_phone_answers_everything_and_takes_the_report_away(tab, site, cast):
    page = tab(size=PHONE, has_touch=True, is_mobile=True)
    page.goto("/")
    page.get_by_role("link", name="Sign in").first.click()
    sign_in(page, cast.alice)
    page.get_by_role("link", name="Start an assessment").first.click()
    alice = start_alone(page, site, cast)
    answer_all(alice, cast.alice)
    submit(page)
    read_the_result(page)
    take_the_report(page, cast)
    answers = stored(alice.assessment, cast.alice)
    assert len(answers) == 56
    assert {choice for choice, _comment in answers.values()} == {"1", "2", "3", "4", "5", "dont_know"}


def sign_in(page, user):
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/home/$"))


def start_alone(page, site, cast):
    page.get_by_label(re.compile("^Organisation")).select_option(cast.northfield.name)
    page.get_by_label("Name of the assessment").fill("Alone")
    page.get_by_text("Just me").click()
    page.get_by_label("Your function").select_option("ceo")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Vision", level=1)).to_be_visible()
    assessment = Assessment.objects.get(organisation=cast.northfield, name="Alone")
    return Respondent(page, site.url, assessment)


def answer_all(alice, user):
    """Eight sections of seven questions; each is saved before *Save and continue* is pressed."""
    page = alice.page
    for section in range(1, 9):
        expect(page.get_by_text(f"Section {section} of 8")).to_be_visible()
        for number, key in enumerate(alice.keys):
            alice.choose(key, "dont_know" if number == 6 else (section + number) % 5 + 1)
        alice.is_saved(user)
        alice.go_on()


def submit(page):
    expect(page.get_by_role("heading", name="Review your answers")).to_be_visible()
    expect(page.get_by_text("56 of 56 questions answered. 8 of them with “I don’t know”.")).to_be_visible()
    page.get_by_role("button", name="Submit assessment").click()


def read_the_result(page):
    expect(page).to_have_url(re.compile("/result/$"))
    page.get_by_role("link", name="Figures", exact=True).click()
    page.locator("[data-chart][tabindex]").focus()  # once the script is there
    expect(page.locator("#profile .js-plotly-plot .polar")).to_be_visible()
    expect(page.locator("#figures table")).to_be_visible()


def take_the_report(page, cast):
    with page.expect_download() as download:
        page.get_by_role("link", name="Download report").click()
    pages = PdfReader(download.value.path()).pages
    assert download.value.suggested_filename.endswith("-alone.pdf")
    assert 12 <= len(pages) <= 17
    assert cast.northfield.name in pages[0].extract_text()
