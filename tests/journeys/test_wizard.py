"""An assessment is prepared in one browser, gone on with in another the next day, and opened."""

import datetime

import pytest
from playwright.sync_api import expect

from assessments.models import Assessment, Invitation
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.respondent import Respondent
from tests.journeys.test_portfolio import is_accessible

YEAR = datetime.datetime.now(datetime.UTC).year + 2
FILE = b"Name;E-mail;Function\nErin Osei;erin@northfield.example;Legal\n;frank@northfield.example;\n"
BROKEN = b"Name;E-mail;Function\nErin Osei;erin at northfield;Legal\n"


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")])
def test_an_assessment_is_prepared_in_two_browsers_and_opened(tab, site, cast, size, scheme):
    first = tab(size=size, color_scheme=scheme)
    Respondent(first, site.url).sign_in(cast.alice)
    begin(first, cast)
    upload_people(first)
    second = tab(size=size, color_scheme=scheme, java_script_enabled=False)
    Respondent(second, site.url).sign_in(cast.alice)
    second.goto("/home/")
    second.get_by_role("link", name="Spring").click()
    expect(second.get_by_text("2 people are on the list.")).to_be_visible()
    second.get_by_role("link", name="Continue").click()
    set_dates(second)
    set_target(second)
    open_it(second, cast)


def test_without_a_connection_nothing_typed_is_lost(tab, site, cast):
    page = tab()
    Respondent(page, site.url).sign_in(cast.alice)
    page.goto("/assessments/start/")
    fill_in(page, cast)
    page.context.set_offline(True)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("What you typed is still here")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="People", exact=True)).to_be_visible()
    assert Assessment.objects.get(organisation=cast.northfield, state="draft").name == "Spring"


def test_back_to_a_step_that_had_errors_shows_the_step(tab, site, cast):
    page = tab()
    Respondent(page, site.url).sign_in(cast.alice)
    page.goto("/assessments/start/")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    fill_in(page, cast)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="People", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Name of the assessment")).to_be_visible()


def begin(page, cast):
    page.goto("/home/")
    page.get_by_role("link", name="Start an assessment").click()
    is_accessible(page)
    fill_in(page, cast)
    is_accessible(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="People", exact=True)).to_be_visible()


def fill_in(page, cast):
    page.get_by_label("Organisation", exact=True).select_option(label=str(cast.northfield))
    page.get_by_label("Name of the assessment").fill("Spring")
    page.get_by_text("Several leaders").click()


def upload_people(page):
    is_accessible(page)
    send_file(page, BROKEN)
    expect(page.get_by_role("row", name="erin at northfield")).to_contain_text("2")
    is_accessible(page)
    page.get_by_label("People, one per line").fill("")
    send_file(page, FILE)
    expect(page.get_by_role("row")).to_have_count(3)
    is_accessible(page)
    page.get_by_role("button", name="Add 2 people").click()
    expect(page.get_by_text("Nothing has been sent.")).to_be_visible()


def send_file(page, content):
    page.get_by_label("Or a CSV file").set_input_files({"name": "p.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Check the list").click()


def set_dates(page):
    page.get_by_label("Submit by").fill(f"{YEAR}-03-31")
    page.get_by_label("7 days before").check()
    page.get_by_role("button", name="Save and continue").click()


def set_target(page):
    page.get_by_role("group", name="Vision").get_by_label("Target").fill("3.5")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("link", name="Vision: explain why this is good enough.")).to_be_visible()
    page.get_by_role("group", name="Vision").get_by_label("Reason").fill("It is good enough for this year")
    page.get_by_label("Approved by").fill("The board")
    page.get_by_label("Approved on").fill("2026-01-31")
    page.get_by_role("button", name="Save and continue").click()


def open_it(page, cast):
    expect(page.get_by_role("heading", name=f"Alice invites you: {cast.northfield}, Spring")).to_be_visible()
    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_text(f"31 March {YEAR}")).to_be_visible()
    page.get_by_role("button", name="Open assessment and send 2 invitations").click()
    expect(page.get_by_text("2 invitations are on their way.")).to_be_visible()
    opened = Assessment.objects.get(name="Spring", organisation=cast.northfield)
    assert opened.is_open
    assert opened.targets["vision"]["approved_by"] == "The board"
    assert Invitation.objects.filter(assessment=opened).count() == 2
