"""A lead sets a programme up in three minutes at most, and reads, pauses and ends it; without findings of axe."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessments.models import Programme
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.respondent import Respondent
from tests.journeys.test_portfolio import is_accessible

# Seconds by the keystroke-level model (Card, Moran and Newell): to think, to point at something, to press, to go back
# and forth between mouse and keyboard; and to read a word at a leisurely pace
THINK, POINT, PRESS, HOME, READ = 1.35, 1.1, 0.28, 0.4, 60 / 180
THREE_MINUTES = 180


class Counted:
    """What somebody does on a page, and how long the model says that it takes."""

    def __init__(self, page):
        self.page, self.seconds, self.clicks, self.filled = page, 0.0, 0, 0

    def read(self, text):
        self.seconds += len(text.split()) * READ

    def click(self, found):
        found.click()
        self.clicks, self.seconds = self.clicks + 1, self.seconds + THINK + POINT + PRESS

    def choose(self, found, option):
        found.select_option(label=option)
        self.filled, self.seconds = self.filled + 1, self.seconds + THINK + 2 * (POINT + PRESS)

    def type(self, found, value):
        found.fill(value)
        self.filled, self.seconds = self.filled + 1, self.seconds + THINK + POINT + 2 * HOME + len(value) * PRESS


@pytest.mark.parametrize(
    ("size", "scheme", "script"), [(DESK, "light", True), (PHONE, "dark", False)], ids=["desk", "phone without script"]
)
def test_a_lead_sets_a_programme_up_in_three_minutes(tab, site, cast, size, scheme, script):
    page = tab(size=size, color_scheme=scheme, java_script_enabled=script)
    Respondent(page, site.url).sign_in(cast.alice)
    page.goto("/home/")
    lead = Counted(page)
    lead.click(page.get_by_role("link", name="Programme"))
    expect(page.get_by_role("heading", name="Set up a programme")).to_be_visible()
    if script:
        is_accessible(page)
    lead.read(page.get_by_role("main").inner_text())
    soon = timezone.localdate() + datetime.timedelta(days=20)
    lead.choose(page.locator("#id_months_1"), "Every half-year")
    lead.type(page.locator("#id_first_on_1"), str(soon))
    lead.type(page.get_by_label("Public holidays and company holidays"), "12-24 – 01-06")
    lead.click(page.get_by_role("button", name="Save programme"))
    expect(page.get_by_text("Nothing has been sent.")).to_be_visible()
    expect(page.get_by_role("heading", name="The next twelve months")).to_be_visible()
    if script:
        is_accessible(page)
    assert (lead.clicks, lead.filled) == (2, 3)
    assert lead.seconds < THREE_MINUTES
    programme = Programme.objects.get(organisation=cast.northfield)
    assert programme.people.count() == cast.assessment.participants.count()
    pause_and_end(page)
    assert Programme.objects.current().filter(organisation=cast.northfield).count() == 0


def pause_and_end(page):
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused: nothing opens until somebody resumes it.")).to_be_visible()
    page.get_by_role("button", name="Resume").click()
    page.get_by_role("link", name="End programme").click()
    page.get_by_role("button", name="End programme").click()
    expect(page.get_by_text("The programme has ended.")).to_be_visible()
