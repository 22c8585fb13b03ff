"""A person answers a pulse on a phone: one tap an answer, and *Save*; then everyone reads what has changed."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from assessments.actions import assessments, banks
from assessments.formats.bank import read_bank
from assessments.models import Answer, Submission
from tests.views.pulses import held

from .conftest import PHONE
from .looks import violations
from .respondent import Respondent
from .test_styleguide import OVERFLOW


@pytest.fixture
def bank(cast):
    """A version of its own, withdrawn at the end: other journeys expect one published version."""
    number = f"2.1.{cast.assessment.pk.int % 10**6}"
    version, _new = banks.load(bank=replace(read_bank("fixtures/ai-leadership-2.yaml"), version=number))
    banks.publish(version=version)
    version.refresh_from_db()
    yield version
    banks.retire(version=version, reason="", by=cast.alice)


def is_fine(page):
    found = violations(page)
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate(OVERFLOW) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_pulse_takes_sixteen_taps_besides_save(cast, bank, tab, site, scripts):
    pulse = assessments.start(organisation=cast.northfield, bank_version=bank, name="Pulse", by=cast.alice, subset="pulse")  # fmt: skip
    assessments.add_participant(assessment=pulse, user=cast.bob, function="legal", by=cast.alice)
    page = tab(size=PHONE, java_script_enabled=scripts)
    bob = Respondent(page, site.url, pulse)
    bob.sign_in(cast.bob)
    bob.open("vision")
    taps, saves = 0, 0
    while "/pillars/" in page.url:
        for key in (
            page.locator(".question").evaluate_all("all => all.map(each => each.id)") if scripts else keys_on(page)
        ):
            bob.choose(key, 3)
            taps += 1
        here = page.url
        page.get_by_role("button", name="Save and continue").last.click()
        page.wait_for_url(lambda url, here=here: url != here)
        saves += 1
    page.get_by_role("button", name="Submit").first.click()
    expect(page.get_by_role("heading", name="Your answers are submitted")).to_be_visible()
    assert (taps, saves) == (16, 8)
    assert Submission.objects.get(participant__user=cast.bob, participant__assessment=pulse).is_submitted
    assert Answer.objects.filter(submission__participant__assessment=pulse, level=3).count() == 16


def keys_on(page):
    return [each.get_attribute("id") for each in page.locator(".question").all()]


def test_its_result_fits_a_phone_in_the_dark(cast, bank, tab, site):
    held(cast.northfield, bank, cast.alice, "Q4 2025", lambda person, place: 2, days_ago=90)
    pulse = held(cast.northfield, bank, cast.alice, "Spring", lambda person, place: 3 + place % 2, subset="pulse")
    page = tab(size=PHONE, color_scheme="dark")
    Respondent(page, site.url, pulse).sign_in(cast.alice)
    page.goto(f"/assessments/{pulse.pk}/result/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("have risen since Q4 2025")
    is_fine(page)


def test_the_examples_can_be_placed_with_the_keyboard_alone(cast, bank, tab, site):
    started = assessments.start(organisation=cast.northfield, bank_version=bank, name="New", by=cast.alice, function="ceo")  # fmt: skip
    page = tab(size=PHONE)
    Respondent(page, site.url, started).sign_in(cast.alice)
    page.goto(f"/assessments/{started.pk}/examples/")
    is_fine(page)
    for group in page.get_by_role("radiogroup").all() or page.locator("fieldset").all():
        group.get_by_role("radio").first.focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Show reasons").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("You chose the same level as we did in")
    is_fine(page)
