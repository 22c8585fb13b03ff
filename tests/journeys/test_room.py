"""A workshop as seven people live through it: one with the big screen, six with phones, one of them out of reach."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from assessments.actions import assessments, workshops
from assessments.models import AgreedAnswer, Asking, Question, Vote, Workshop
from tests.journeys.conftest import PHONE, numbers, person
from tests.journeys.looks import faults

WALL = (1920, 1080)


@pytest.fixture
def signed_in(tab, site):
    """Opens a page of somebody whose session has begun already."""

    def signed_in(user, address, **options):
        client = Client()
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        page = tab(**options)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site.url}])
        page.goto(address)
        return page

    return signed_in


@pytest.fixture
def room(signed_in, cast):
    """The lead at the wall, and six phones that have joined by the short address."""
    number = next(numbers)
    people = [
        cast.bob,
        *(person(f"{name}-{number}@northfield.example") for name in ("cleo", "dev", "edda", "finn", "gus")),
    ]
    for user in people[1:]:
        assessments.add_participant(assessment=cast.assessment, user=user, function="other", by=cast.alice)
    wall = signed_in(cast.alice, f"/assessments/{cast.assessment.pk}/workshop/", size=WALL)
    wall.get_by_role("button", name="Start workshop").click()
    wall.get_by_role("link", name="Open the big screen").click()
    phones = [signed_in(user, "/w/", size=PHONE) for user in people]
    for phone in phones:
        expect(phone.get_by_role("heading", name="You are in")).to_be_visible()
    return wall, phones


def test_five_guests_come_through_the_door_and_are_forgotten(signed_in, tab, site, cast):
    wall = signed_in(cast.alice, f"/assessments/{cast.assessment.pk}/workshop/", size=WALL)
    wall.get_by_role("button", name="Start workshop").click()
    wall.get_by_role("link", name="Open the big screen").click()
    address = wall.locator("svg.qr title").text_content().removeprefix("QR code for ")
    guests = []
    for name in ("Anna", "Bo", "<i>Cy</i>", "דנה", "Eli"):
        guests.append(guest := tab(size=PHONE))
        guest.goto(address)
        assert faults(guest) == []
        guest.get_by_label("First name").fill(name)
        guest.get_by_role("button", name="Join workshop").click()
        expect(guest.get_by_role("heading", name="You are in")).to_be_visible()
    expect(wall.locator(".guests")).to_contain_text("5 guests: <i>Cy</i>, Anna, Bo, Eli, דנה")
    assert faults(wall) == []
    wall.get_by_role("button", name="Ask the first question").click()
    for guest, level in zip(guests, (1, 2, 2, 3, 5), strict=True):
        vote(guest, level)
    expect(wall.get_by_text("5 of 7 have voted")).to_be_visible()
    wall.get_by_role("button", name="Show distribution").click()
    expect(guests[0].locator("figcaption")).to_have_text("5 votes. The median vote is level 2.")
    assert faults(guests[0]) == []
    wall.get_by_role("link", name="All questions").click()
    wall.get_by_role("button", name=re.compile("^Remove.*Bo")).click()
    expect(guests[1].get_by_text("Your first name has been deleted")).to_be_visible()
    wall.get_by_role("button", name="End workshop").click()
    expect(guests[0].get_by_text("Your first name has been deleted")).to_be_visible()


def vote(phone, level):
    phone.locator(f"input[name=choice][value='{level}']").check()
    phone.get_by_role("button", name="Send my vote").click()


def test_five_vote_unseen_and_the_room_agrees(room, cast):
    wall, phones = room
    wall.get_by_role("button", name="Ask the first question").click()
    question = wall.get_by_role("heading", level=1).inner_text()
    for phone in phones:
        expect(phone.get_by_role("heading", level=1)).to_have_text(question.replace("\n", " "))
        expect(phone.locator("input:checked")).to_have_count(0)
    for phone, level in zip(phones[:4], (2, 3, 3, 2), strict=True):
        vote(phone, level)
        expect(phone.get_by_role("heading", name="Your vote is in")).to_be_visible()
    expect(wall.get_by_text("4 of 7 have voted")).to_be_visible()
    wall.get_by_role("button", name="Show distribution").click()
    expect(wall.get_by_text("4 people have voted. The distribution is shown from five votes on")).to_be_visible()
    out_of_reach(phones[4])
    wall.get_by_role("button", name="Show distribution").click()
    expect(wall.get_by_text("5 votes. The median vote is level 3.")).to_be_visible()
    for phone in phones:  # the last has not voted, and sees the spread all the same
        expect(phone.get_by_text("Voting is over")).to_be_visible()
    agree(wall, phones)
    assert set(Vote.objects.filter(asking__workshop=cast.assessment.pk).values_list("level", flat=True)) == {None}
    assert AgreedAnswer.objects.get(assessment=cast.assessment).dissent == "Edda sees level 2"


def out_of_reach(phone):
    """Sends a vote where there is no connection: it is kept, said so, and goes out by itself."""
    phone.context.set_offline(True)
    vote(phone, 5)
    expect(phone.get_by_text("Your vote is not sent yet")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", name="Your vote is in")).to_be_visible()


def agree(wall, phones):
    wall.get_by_role("radio", name=re.compile("^3 ")).check()
    wall.get_by_label("Reason").fill("Seen in the plan")
    wall.get_by_label("Dissent").fill("Edda sees level 2")
    wall.get_by_role("button", name="Record agreed answer").click()
    expect(wall.get_by_text("Agreed: level 3")).to_be_visible()
    for phone in phones:
        expect(phone.get_by_text("Edda sees level 2")).to_be_visible()


def test_what_is_typed_stays_when_somebody_else_goes_on(signed_in, cast):
    workshop = workshops.start(assessment=cast.assessment, by=cast.alice)
    first, second = Question.objects.filter(pillar__version=cast.version)[:2]
    asking = workshops.ask(assessment=cast.assessment, question=first, turn=workshop.turn, by=cast.alice)
    Asking.objects.filter(pk=asking.pk).update(counts=[0, 1, 1, 1, 0], dont_know=0, revealed_at=asking.asked_at)
    wall = signed_in(cast.alice, f"/assessments/{cast.assessment.pk}/workshop/screen/")
    assert faults(wall) == []
    wall.get_by_label("Reason").fill("Half a sent")
    turn = Workshop.objects.get(pk=cast.assessment.pk).turn
    workshops.ask(assessment=cast.assessment, question=second, turn=turn, by=cast.alice)
    expect(wall.get_by_text("The workshop has moved on.")).to_be_visible()
    expect(wall.get_by_label("Reason")).to_have_value("Half a sent")
    wall.get_by_role("button", name="show where the workshop is now").click()
    expect(wall.get_by_role("heading", level=1)).to_have_text(second.text)
    assert faults(wall) == []
    phone = signed_in(cast.bob, "/w/", size=PHONE)
    assert faults(phone) == []
