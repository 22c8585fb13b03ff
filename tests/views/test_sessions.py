"""Where one is signed in: which sessions the list shows, what of them, and how they end."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from assessments.models import AuditEvent, Session
from maturity.accounts.devices import device_of
from maturity.accounts.sessions import SessionStore
from tests.security.test_front_door import signed_in
from tests.security.test_sign_in import PASSWORD, account, untouched_limits  # noqa: F401 - a fixture
from tests.views.reauthentication import confirmed

URL = "/account/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
NEW = "another quiet violet boat"


@pytest.fixture
def gina(db):
    return account("gina@northfield.example")


def browser_with(user, agent):
    browser = Client(headers={"user-agent": agent})
    browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert signed_in(browser)
    return browser


def listed(browser):
    """(device, whether it is this one) of every row."""
    rows = re.findall(r"<li>\s*<span class=\"name\">(.*?)</li>", browser.get(URL).content.decode(), re.DOTALL)
    return [(re.search(r"<b>(.*?)</b>", row)[1], "This session" in row) for row in rows]


def handles(browser):
    return re.findall(r"/account/sessions/(\w+)/end\"", browser.get(URL).content.decode())


def key(browser):
    return browser.cookies["sessionid"].value


@pytest.fixture
def office(gina):
    return browser_with(gina, FIREFOX)


@pytest.fixture
def phone(gina, office):
    return browser_with(gina, SAFARI)


def test_the_list_names_each_device_and_marks_this_one(office, phone):
    browser_with(account("henry@northfield.example"), CHROME)
    assert sorted(listed(office)) == [("Firefox on Windows", True), ("Safari on iPhone", False)]
    assert sorted(listed(phone)) == [("Firefox on Windows", False), ("Safari on iPhone", True)]


def test_since_when_and_when_last_used_are_told_in_hours(office, phone):
    now = timezone.now()
    minutes = datetime.timedelta(minutes=1)
    Session.objects.filter(pk=key(phone)).update(began_at=now - 200 * minutes, last_used_at=now - 70 * minutes)
    html = office.get(URL).content.decode()
    assert "Signed in 3 hours ago" in html and "Last used 1 hour ago" in html
    assert "Signed in less than an hour ago" in html


def test_a_use_is_noted_with_the_end_that_it_puts_off(office, phone):
    row = Session.objects.get(pk=key(phone))
    old = datetime.timedelta(minutes=20)
    Session.objects.filter(pk=row.pk).update(expire_date=row.expire_date - old, last_used_at=row.last_used_at - old)
    phone.get("/home/")
    assert Session.objects.get(pk=row.pk).last_used_at > timezone.now() - datetime.timedelta(minutes=1)


def test_one_session_is_ended_and_the_others_go_on(office, phone, gina):
    third = browser_with(gina, CHROME)
    (handle,) = [each.handle for each in Session.objects.filter(pk=key(phone))]
    answer = office.post(f"{URL}{handle}/end")
    assert answer["Location"] == URL
    assert [signed_in(browser) for browser in (office, phone, third)] == [True, False, True]
    event = AuditEvent.objects.get(verb="session ended")
    assert (event.object_type, event.object_id, event.actor) == ("user", str(gina.pk), gina.actor.pk)


def test_all_others_are_ended(office, phone, gina):
    third = browser_with(gina, CHROME)
    henry = browser_with(account("henry@northfield.example"), CHROME)
    office.post(f"{URL}end-others")
    assert [signed_in(browser) for browser in (office, phone, third, henry)] == [True, False, False, True]
    assert AuditEvent.objects.filter(verb="other sessions ended", object_id=str(gina.pk)).count() == 1
    assert "End all others" not in office.get(URL).content.decode()


def test_ending_this_one_signs_out_here(office, phone):
    handle = Session.objects.get(pk=key(office)).handle
    assert office.post(f"{URL}{handle}/end")["Location"] == "/accounts/login/"
    assert not signed_in(office) and signed_in(phone)


def test_nobody_ends_or_sees_anothers(office, phone):
    henry = browser_with(account("henry@northfield.example"), CHROME)
    for handle in handles(office):
        assert henry.post(f"{URL}{handle}/end").status_code == 404
    assert signed_in(office) and signed_in(phone) and listed(henry) == [("Chrome on Linux", True)]


def test_neither_page_nor_log_holds_a_key_of_a_session(office, phone):
    html = office.get(URL).content.decode()
    office.post(f"{URL}{Session.objects.get(pk=key(phone)).handle}/end")
    told = str(list(AuditEvent.objects.values_list()))
    for each in (key(office), key(phone)):
        assert each not in html and each not in told


@pytest.mark.parametrize("address", [f"{URL}end-others", f"{URL}0/end"])
def test_ending_is_a_post_of_somebody_signed_in(office, address):
    assert office.get(address).status_code == 405
    assert Client().post(address)["Location"].startswith("/accounts/login/")


def test_sessions_that_let_nobody_in_are_not_listed(office, phone, gina):
    Session.objects.filter(pk=key(phone)).update(expire_date=timezone.now())
    assert listed(office) == [("Firefox on Windows", True)]
    browser_with(gina, CHROME)
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    office.post("/accounts/password/change/", given)
    assert listed(office) == [("Firefox on Windows", True)], "a new password has ended the other"


def test_a_session_keeps_its_device_when_its_key_changes(office):
    before = key(office)
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    office.post("/accounts/password/change/", given)
    assert key(office) != before and listed(office) == [("Firefox on Windows", True)]


def test_a_session_of_before_a_key_of_the_site_was_changed_is_listed(office, phone, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key of the site", [settings.SECRET_KEY]
    assert len(listed(office)) == 2


def test_the_copy_of_ones_data_shows_them_without_their_keys(gina, office):
    copied = confirmed(gina).post("/account/data/copy").json()
    rows = copied["about_you"]["Session"]
    assert {"browser": "Firefox", "system": "Windows", "user": "you"}.items() <= rows[0].items() or (
        {"browser": "Firefox", "system": "Windows", "user": "you"}.items() <= rows[1].items()
    )
    assert not {"session_key", "session_data"} & rows[0].keys() and key(office) not in str(copied)


def test_nothing_of_where_in_the_network_and_no_more_than_two_words_are_kept(gina):
    browser = Client(headers={"user-agent": f"{FIREFOX} secret-model-7"}, REMOTE_ADDR="192.0.2.77")
    browser.post("/accounts/login/", {"login": gina.email, "password": PASSWORD})
    row = Session.objects.get(pk=key(browser))
    held = str([getattr(row, field.name) for field in row._meta.fields]) + str(row.get_decoded())
    assert "192.0.2.77" not in held and "secret-model" not in held and "Gecko" not in held


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        (SAFARI, ("Safari", "iPhone")),
        (CHROME, ("Chrome", "Linux")),
        (CHROME.replace("X11; Linux x86_64", "X11; CrOS x86_64 14541.0.0"), ("Chrome", "ChromeOS")),
        (CHROME.replace("X11; Linux x86_64", "Macintosh; Intel Mac OS X 10_15_7"), ("Chrome", "macOS")),
        (CHROME.replace("X11; Linux x86_64", "Linux; Android 10; K") + " EdgA/140.0", ("Edge", "Android")),
        (CHROME + " Edg/140.0", ("Edge", "Linux")),
        (CHROME + " OPR/120.0", ("Opera", "Linux")),
        (SAFARI.replace("Version/18.5", "CriOS/140.0"), ("Chrome", "iPhone")),
        (SAFARI.replace("Version/18.5", "FxiOS/140.0").replace("iPhone; CPU iPhone", "iPad; CPU"), ("Firefox", "iPad")),
        (
            "Mozilla/5.0 (Linux; Android 14) SamsungBrowser/27.0 Chrome/125.0 Safari/537.36",
            ("Samsung Internet", "Android"),
        ),
        ("curl/8.5.0", ("", "")),
        ("", ("", "")),
        ("x" * 5000 + "Firefox/1", ("", "")),
    ],
)
def test_a_device_is_named_by_what_its_person_calls_it(agent, device):
    assert device_of(agent) == device


@pytest.mark.parametrize(
    ("browser", "system", "words"),
    [("Firefox", "", "Firefox"), ("", "Windows", "A browser on Windows"), ("", "", "A browser")],
)
def test_what_a_browser_does_not_say_is_not_invented(browser, system, words):
    assert Session(browser=browser, system=system).device == words


def test_a_session_outlives_nobody(gina, office):
    gina.delete()
    assert not Session.objects.exists() and not signed_in(office)


def test_saving_a_session_of_somebody_erased_meanwhile_ends(gina, office):
    store = SessionStore(key(office))
    store.load()
    gina.delete()
    store.cycle_key()
    assert not signed_in(office)
