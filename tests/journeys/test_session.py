"""The session ends in the middle: the person comes back to the same question, and nothing is lost."""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessments.models import Session
from maturity.accounts.sessions import BEGAN, SessionStore
from tests.journeys.conftest import PASSWORD, PHONE
from tests.journeys.respondent import stored

KEY = "vision-unity"


def end_all_sessions():
    Session.objects.all().delete()


def sign_in_again(bob, user):
    bob.page.get_by_label("E-mail address").fill(user.email)
    bob.page.get_by_label("Password").fill(PASSWORD)
    bob.page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.fixture
def bob(respondent):
    bob = respondent(size=PHONE)
    bob.open()
    return bob


def test_signed_out_in_the_middle_of_a_sentence(bob, cast):
    bob.choose(KEY, 2)
    bob.is_saved(cast.bob)
    end_all_sessions()
    bob.comment(KEY).press_sequentially("Half a sentence")
    bob.says("Signed out")
    notice = bob.page.locator("[data-notice=signed-out]")
    expect(notice).to_be_visible()
    bob.comment(KEY).press_sequentially(" and the rest")
    notice.get_by_role("button", name="Sign in").click()
    sign_in_again(bob, cast.bob)
    expect(bob.page).to_have_url(re.compile(f"/pillars/vision/#{KEY}$"))
    expect(bob.page.locator(f"#{KEY}")).to_be_in_viewport()
    assert stored(cast.assessment, cast.bob) == {KEY: ("2", "Half a sentence and the rest")}
    assert bob.shown()[KEY] == ("2", "Half a sentence and the rest")


def test_signing_in_in_another_tab_is_enough(bob, cast):
    end_all_sessions()
    bob.choose(KEY, 2)
    bob.says("Signed out")
    other = bob.second_tab()
    other.page.goto("/accounts/login/")
    sign_in_again(other, cast.bob)
    expect(other.page).to_have_url(re.compile("/home/$"))
    other.page.close()
    bob.page.bring_to_front()
    bob.page.evaluate("dispatchEvent(new Event('focus'))")  # a browser without windows has no focus to give
    bob.is_saved(cast.bob)
    expect(bob.page.locator("[data-notice=signed-out]")).to_be_hidden()


def test_somebody_else_at_the_same_browser_gets_nothing(bob, cast):
    other = bob.second_tab()
    other.sign_in(cast.alice)
    bob.choose(KEY, 2)
    bob.says("Signed out")
    assert stored(cast.assessment, cast.bob) == {}
    assert stored(cast.assessment, cast.alice) == {}


def hours_pass(bob, *, until_the_end):
    """Nobody touches the page for nearly two hours, which the server takes for granted."""
    Session.objects.update(expire_date=timezone.now() + until_the_end)
    bob.page.clock.fast_forward("01:56:00")


def test_the_end_is_announced_and_can_be_put_off(respondent):
    bob = respondent(size=PHONE)
    bob.page.clock.install()
    bob.open()
    hours_pass(bob, until_the_end=datetime.timedelta(minutes=4))
    notice = bob.page.locator("[data-notice=ending]")
    expect(notice).to_be_visible()
    notice.get_by_role("button", name="Stay signed in").click()
    expect(notice).to_be_hidden()
    assert Session.objects.latest("expire_date").expire_date > timezone.now() + datetime.timedelta(minutes=110)


def test_eight_hours_after_signing_in_the_end_is_announced_and_stays(respondent):
    bob = respondent(size=PHONE)
    bob.page.clock.install()
    bob.open()
    key = next(cookie["value"] for cookie in bob.page.context.cookies() if cookie["name"] == "sessionid")
    session = SessionStore(key)
    session[BEGAN] -= (8 * 60 - 4) * 60
    session.save()
    bob.page.clock.fast_forward("01:56:00")
    notice = bob.page.locator("[data-notice=ending]")
    expect(notice).to_be_visible()
    expect(notice.get_by_role("button", name="Stay signed in")).to_be_hidden()
