"""Somebody who looks where they are signed in, and ends a session of another device."""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessments.models import Session
from tests.journeys.conftest import DESK, PASSWORD, PHONE
from tests.journeys.looks import faults, faults_in_the_other_looks

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1"


def signed_in(page, user):
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form .button").first.click()
    page.wait_for_url(re.compile("/home/$"))
    return page


@pytest.mark.parametrize(("language", "words"), [("en-GB", "Firefox on Windows"), ("de-DE", "Firefox auf Windows")])
def test_the_other_device_is_out_and_this_one_goes_on(tab, cast, language, words):
    phone = signed_in(tab(size=PHONE, user_agent=SAFARI), cast.alice)
    page = signed_in(tab(size=DESK, user_agent=FIREFOX, locale=language), cast.alice)
    old = timezone.now() - datetime.timedelta(minutes=200)
    Session.objects.filter(user=cast.alice, system="iPhone").update(began_at=old, last_used_at=old)
    page.goto("/account/sessions/")
    expect(page.locator(".tasks > li")).to_have_count(2)
    expect(page.locator(".tasks")).to_contain_text(words)
    assert faults(page) == [] and faults_in_the_other_looks(page) == []
    page.locator(".tasks > li", has_text="iPhone").get_by_role("button").click()
    expect(page.locator(".tasks > li")).to_have_count(1)
    expect(page.locator(".tasks")).to_contain_text(words)
    phone.goto("/home/")
    expect(phone).to_have_url(re.compile("/accounts/login/"))
