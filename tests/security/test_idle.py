"""When a session ends: two hours after its last use, eight after signing in, and at what cost that is kept."""

import datetime
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Session
from maturity.accounts.sessions import BEGAN
from tests.security.test_front_door import signed_in
from tests.views.tab import BACKEND

HOUR = 3600


@pytest.fixture
def browser(alice):
    browser = Client()
    browser.force_login(alice, BACKEND)
    return browser


def left():
    return (Session.objects.get().expire_date - timezone.now()).total_seconds()


def pass_time(*, minutes):
    """As if so many minutes had gone by since the last request."""
    row, gone = Session.objects.get(), datetime.timedelta(minutes=minutes)
    session = row.get_decoded()
    if BEGAN in session:
        session[BEGAN] -= gone.total_seconds()
    data = Session.get_session_store_class()().encode(session)
    Session.objects.update(expire_date=row.expire_date - gone, session_data=data)


def queries(browser, page="/home/"):
    with CaptureQueriesContext(connection) as made:
        assert browser.get(page).status_code == 200
    return [query["sql"].split(" ")[0] for query in made]


def test_a_session_ends_two_hours_after_its_last_use(browser):
    pass_time(minutes=119)
    assert signed_in(browser)
    pass_time(minutes=119)
    assert signed_in(browser)
    pass_time(minutes=121)
    assert not signed_in(browser)


def test_it_ends_eight_hours_after_signing_in_however_much_it_is_used(browser):
    for _quarter in range(31):
        pass_time(minutes=15)
        assert signed_in(browser)
    assert left() <= 15 * 60 + 1
    pass_time(minutes=16)
    assert not signed_in(browser)


def test_something_kept_in_the_session_does_not_put_the_eight_hours_off(browser):
    for _hour in range(7):
        pass_time(minutes=60)
        session = browser.session
        session["note"] = "kept"
        session.save()
    assert left() <= HOUR + 1


def test_signing_in_again_begins_the_eight_hours_anew(browser, alice):
    pass_time(minutes=100)
    browser.force_login(alice, BACKEND)
    assert browser.session[BEGAN] >= time.time() - 60


def test_use_is_written_down_at_most_once_in_five_minutes(browser):
    usual = queries(browser)
    assert "UPDATE" not in usual
    pass_time(minutes=4)
    assert queries(browser) == usual
    pass_time(minutes=2)
    assert sorted(queries(browser)) == sorted([*usual, "UPDATE"])
    assert queries(browser) == usual


def test_what_an_open_page_asks_by_itself_is_no_use(browser, assessment):
    for address in ("/session", f"/assessments/{assessment.pk}/workshop/now"):
        pass_time(minutes=10)
        before = left()
        browser.get(address)
        assert left() <= before, address


def test_a_saved_answer_is_use(browser, assessment):
    pass_time(minutes=60)
    saved = browser.put(f"/assessments/{assessment.pk}/answers/vision-direction", {"choice": "3"}, "application/json")
    assert saved.status_code == 200
    assert left() > 2 * HOUR - 60


def test_the_time_is_a_setting(alice, settings):
    settings.SESSION_IDLE_MINUTES = 30
    browser = Client()
    browser.force_login(alice, BACKEND)
    assert left() <= 30 * 60
    settings.SESSION_IDLE_MINUTES = 0
    browser.get("/home/")
    assert left() > 7 * HOUR


def test_the_last_two_hours_can_be_put_off_no_further(browser):
    for _hour in range(4):
        pass_time(minutes=110)
        browser.get("/home/")
    told = browser.post("/session").json()
    assert told["final"] and told["left"] <= 40 * 60


def test_a_session_that_was_ended_does_not_come_back(browser):
    pass_time(minutes=10)
    Session.objects.all().delete()
    assert not signed_in(browser)
    assert not Session.objects.exists()
