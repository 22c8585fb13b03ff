"""A consultant without clients takes one interview to a branded report; every click that gives no answer counts.

FILM=folder keeps a film of it there, with a picture for each click.
"""

import io
import os
import re
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from assessments.models import Consultancy
from tests.journeys.conftest import PASSWORD, numbers, person
from tests.journeys.emails import email_to, link_in

MOST = 15  # clicks besides answers; turning to the next section belongs to answering
PILLARS = 8
ANSWER = "document.querySelectorAll('.question').forEach(each => each.querySelectorAll('input[type=radio]')[2].click())"


@pytest.fixture
def dana(cast):
    """A consultant whose firm has a brand and no client."""
    number = next(numbers)
    dana = person(f"dana-{number}@hart.example")
    Consultancy.objects.create(name=f"Hart {number}", accent="#AD417E").consultants.add(dana)
    return dana


class Hand:
    """Clicks and counts; with `filming`, keeps a picture from before each click."""

    def __init__(self, page, *, filming=False) -> None:
        self.page, self.clicks, self.filming, self.pictures = page, 0, filming, []

    def click(self, target: Locator) -> None:
        if self.filming:
            target.scroll_into_view_if_needed()
            self.pictures.append(self.page.screenshot())
        target.click()
        self.clicks += 1

    def button(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=re.compile(name)).first)

    def link(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=re.compile(name)).first)


def test_from_signing_in_to_a_branded_report_of_an_interview(tab, site, dana):
    film = os.environ.get("FILM")
    page = tab()
    hand = Hand(page, filming=bool(film))
    sign_in(hand, dana)
    prepare(hand)
    interview(hand)
    confirm(tab(), site)
    hand.link("Close assessment")
    hand.button("Close assessment")
    with page.expect_download() as download:
        hand.link("Download report|^Report$")
    assert dana.consultancies.get().name in text_of(download.value.path().read_bytes())
    assert hand.clicks <= MOST
    if film:
        keep(hand.pictures, Path(film))


def keep(pictures, folder):
    """One and a half seconds for each picture."""
    folder.mkdir(parents=True, exist_ok=True)
    first, *others = [Image.open(io.BytesIO(picture)) for picture in pictures]
    first.save(folder / "interview.webp", save_all=True, append_images=others, duration=1500)


def sign_in(hand, dana):
    hand.page.goto("/accounts/login/")
    hand.page.get_by_label("E-mail address").fill(dana.email)
    hand.page.get_by_label("Password").fill(PASSWORD)
    hand.click(hand.page.get_by_role("button", name="Sign in", exact=True))
    hand.page.wait_for_url("**/portfolio/")


def prepare(hand):
    hand.link("New assessment|Start an assessment|Add a client")
    page = hand.page
    page.get_by_label("Name of the assessment").fill("First")
    page.get_by_label(re.compile("^Name of the (client|organisation)")).fill("Riverbank")
    hand.click(page.get_by_text("Several leaders"))
    hand.button("^Continue$")
    page.get_by_label("People, one per line").fill("Erin Osei <erin@riverbank.example>, legal")
    hand.button("Check the list")
    hand.button("Add 1 person")
    hand.link("Check and open")
    hand.button("^Open assessment")


def interview(hand):
    hand.button("Interview")
    hand.link("^Start")
    for _pillar in range(PILLARS):
        expect(hand.page.locator(".question")).to_have_count(7)
        address = hand.page.url
        hand.page.evaluate(ANSWER)
        hand.page.get_by_role("button", name="Save and continue").first.click()
        hand.page.wait_for_url(lambda url, before=address: url != before)
    hand.button("^Submit")
    expect(hand.page.get_by_text("A confirmation link is on its way")).to_be_visible()


def confirm(page, site):
    """By Erin, in her own browser."""
    page.goto(link_in(email_to("erin@riverbank.example", site.database)))
    page.get_by_role("button", name="Confirm these answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are confirmed")


def text_of(pdf):
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
