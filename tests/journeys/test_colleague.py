"""A section is passed to a colleague, who answers it and nothing else, until it is taken back."""

import re

import pytest
from playwright.sync_api import expect

from assessments.models import Delegation, User
from tests.journeys.conftest import PHONE
from tests.journeys.emails import email_to, link_in, text_of
from tests.journeys.respondent import Respondent, of_pillar, stored

NOTE = "The first two, please.\nYou know them better than I do."
KEY = "talent-hiring"


@pytest.fixture
def address(cast):
    return f"gina-{cast.bob.pk}@northfield.example"


@pytest.fixture
def bob(respondent, address):
    """Bob at his desk, who has passed *Talent* on and answered *Vision* in part."""
    bob = respondent()
    bob.open()
    bob.choose("vision-direction", 2)
    bob.comment("vision-direction").fill("For my eyes only")
    bob.is_saved(bob.assessment.participants.get(function="legal").user)
    pass_on(bob, address)
    return bob


def pass_on(bob, address):
    page = bob.page
    page.goto(bob.address())
    page.get_by_role("link", name=re.compile(r"^Delegate to a colleague\s*: Talent")).click()
    page.get_by_label("Your colleague’s e-mail address").fill(address)
    page.get_by_label("Your colleague’s name").fill("Gina Moreau")
    page.get_by_label("Note").fill(NOTE)
    page.get_by_role("button", name="Send link").click()
    expect(page.get_by_text(re.compile("is delegated to Gina Moreau. A link is on its way by e-mail"))).to_be_visible()
    expect(page.get_by_role("link", name="Delegated to Gina Moreau, not opened yet")).to_be_visible()


@pytest.fixture
def gina(bob, tab, site, address):
    """Gina on her phone, who has followed the link in her mail."""
    email = email_to(address, site.database)
    assert all(f"> {line}" in text_of(email) for line in NOTE.splitlines())
    page = tab(size=PHONE, has_touch=True, is_mobile=True)
    page.goto(link_in(email))
    expect(page.get_by_text("You see this section only.")).to_be_visible()
    expect(page.locator("blockquote")).to_contain_text("You know them better than I do.")
    page.get_by_role("button", name="Go to the questions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Talent"))
    return Respondent(page, site.url, bob.assessment)


def answer(gina, bob_user, choice=4):
    for key in gina.keys:
        gina.choose(key, choice)
    gina.comment(KEY).fill("Gina knows this")
    gina.is_saved(bob_user)


def test_a_colleague_answers_and_the_respondent_sees_who(bob, gina, cast, address):
    answer(gina, cast.bob)
    gina.go_on()
    expect(gina.page.get_by_text("are saved. You can come back until Bob")).to_be_visible()
    expect(gina.page.get_by_role("heading", name="Delegated to you")).to_be_visible()
    bob.page.reload()
    row = bob.page.locator("li", has_text="Talent").filter(has_text="Delegated to Gina Moreau")
    expect(row).to_contain_text("Completed")
    bob.page.get_by_role("link", name="Review and submit").click()
    expect(bob.page.get_by_text("Answered by Gina Moreau")).to_have_count(7)
    bob.page.get_by_role("button", name="Submit assessment").click()
    expect(bob.page.get_by_role("heading", name="Your answers are submitted")).to_be_visible()
    assert len(stored(cast.assessment, cast.bob)) == 8
    gina.page.reload()
    expect(gina.page.get_by_text("Delegated to you")).to_have_count(0)


def test_a_colleague_sees_that_section_and_no_way_further(bob, gina, cast):
    page, submission = gina.page, cast.assessment.participants.get(user=cast.bob).submission
    expect(page.get_by_text(re.compile("You are answering for Bob"))).to_be_visible()
    expect(page.get_by_text("You know them better than I do.")).to_be_visible()
    expect(page.get_by_role("button", name="Save and finish")).to_be_visible()
    ways = page.locator("main a, .rail a").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    assert [way for way in ways if not re.search(r"^#|^/home/$|/questions/talent-\w+/evidence/$", way)] == []
    foreign = [f"{base}{rest}" for base in (cast.assessment.pk, submission.pk) for rest in ("", "review/", "result/")]
    foreign += [f"{submission.pk}/pillars/vision/", f"{cast.assessment.pk}/pillars/talent/"]
    for pk in (cast.assessment.pk, submission.pk):
        foreign += [f"{pk}/pillars/talent/colleague/", f"{pk}/manage/"]
    for rest in foreign:
        response = page.goto(f"/assessments/{rest}" + ("" if rest.endswith("/") else "/"))
        assert response.status == 404, rest
        assert "For my eyes only" not in page.content()


def test_taking_back_ends_it_with_the_next_save_and_the_next_click(bob, gina, cast):
    answer(gina, cast.bob)
    before = of_pillar(cast.assessment, cast.bob, gina.keys)
    bob.page.reload()
    bob.page.get_by_role("button", name=re.compile("^Withdraw Talent")).click()
    expect(bob.page.get_by_text("can no longer open it; their answers are kept")).to_be_visible()
    assert not Delegation.objects.live().filter(submission__participant__user=cast.bob).exists()
    with gina.page.expect_response(re.compile("/answers/")) as save:
        gina.choose(KEY, 1)
    assert save.value.status in (404, 409)
    gina.says("Not saved: the section was withdrawn, or its answers have been submitted")
    gina.go_on()
    expect(gina.page.get_by_role("heading", level=1)).to_have_text("Page not found")
    assert of_pillar(cast.assessment, cast.bob, list(before)) == before
    gina.page.goto("/home/")
    expect(gina.page.get_by_text("Delegated to you")).to_have_count(0)


def test_a_link_taken_back_opens_nothing_and_says_so(bob, tab, cast, site, address):
    bob.page.get_by_role("button", name=re.compile("^Withdraw Talent")).click()
    page = tab(size=PHONE)
    page.goto(link_in(email_to(address, site.database)))
    expect(page.get_by_role("heading", name="This link no longer works")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Talent")
    assert not User.objects.filter(email=address).exists()
