"""Signing in: who needs a second factor, what ends a session, what is limited, and what is told to a stranger."""

import re
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.core.cache import cache
from django.test import Client

from assessments.models import Consultancy, User
from tests.security.test_front_door import code_in, signed_in
from tests.views.reauthentication import confirmed

PASSWORD = "four quiet violet boats"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def untouched_limits(db):
    cache.clear()


def account(email, **rights):
    user = User.objects.create_user(email, PASSWORD, **rights)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


@pytest.fixture
def gina(db):
    return account("gina@northfield.example")


@pytest.fixture
def protected(gina):
    TOTP.activate(gina, SECRET)
    return gina


def enters_password(user, password=PASSWORD):
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": password})
    return client


def code():
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


# A second factor


def test_a_password_alone_does_not_open_a_protected_account(protected):
    browser = enters_password(protected)
    assert not signed_in(browser)
    browser.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert not signed_in(browser)
    browser.post("/accounts/2fa/authenticate/", {"code": code()})
    assert signed_in(browser)


def test_a_recovery_code_works_once(protected):
    one = RecoveryCodes.activate(protected).get_unused_codes()[0]
    for opens in (True, False):
        browser = enters_password(protected)
        browser.post("/accounts/2fa/authenticate/", {"code": one})
        assert signed_in(browser) == opens


def test_a_mailed_code_does_not_skip_the_second_factor(protected):
    browser = Client()
    browser.post("/accounts/login/code/", {"email": protected.email})
    response = browser.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    assert response["Location"].startswith("/accounts/2fa/authenticate/")
    assert not signed_in(browser)


def test_a_new_password_does_not_skip_the_second_factor(protected):
    browser = Client()
    browser.post("/accounts/password/reset/", {"email": protected.email})
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)[1]
    page = browser.get(link)["Location"]
    browser.post(page, {"password1": "another quiet violet boat", "password2": "another quiet violet boat"})
    protected.refresh_from_db()
    assert protected.check_password("another quiet violet boat")
    assert not signed_in(browser)
    browser.post("/accounts/login/", {"login": protected.email, "password": "another quiet violet boat"})
    assert not signed_in(browser)


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture(params=["staff", "consultant"])
def trusted(request, db, required):
    if request.param == "staff":
        return account("admin@demo.example", is_staff=True, is_superuser=True)
    dana = account("dana@hart.example")
    Consultancy.objects.create(name="Hart Advisory").consultants.add(dana)
    return dana


def test_consultants_and_staff_go_nowhere_without_one(trusted):
    browser = enters_password(trusted)
    for page in ("/home/", "/portfolio/", "/admin/", "/account/tokens/", "/account/data/"):
        assert browser.get(page)["Location"] == "/accounts/2fa/", page
    page = browser.get("/accounts/2fa/")
    assert page.status_code == 200 and "set up a second step first" in page.content.decode()
    assert browser.post("/accounts/logout/").status_code == 302


def test_once_it_is_set_up_they_go_on(trusted):
    browser = enters_password(trusted)
    TOTP.activate(trusted, SECRET)
    assert browser.get("/portfolio/").status_code == 200


def test_whoever_takes_the_last_one_off_is_led_back_at_once(trusted):
    TOTP.activate(trusted, SECRET)
    browser = enters_password(trusted)
    browser.post("/accounts/2fa/authenticate/", {"code": code()})
    assert browser.get("/portfolio/").status_code == 200
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    browser.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(type="totp").exists()
    assert browser.get("/portfolio/")["Location"] == "/accounts/2fa/"


def test_others_are_offered_one_and_not_stopped(gina, required):
    browser = enters_password(gina)
    assert browser.get("/home/").status_code == 200
    html = browser.get("/accounts/2fa/").content.decode()
    assert "Set up the app" in html and "Add a key" in html


def test_whoever_becomes_a_consultant_signs_in_anew(gina, required):
    admin = account("admin@demo.example", is_staff=True, is_superuser=True)
    browser, office = enters_password(gina), confirmed(admin)
    TOTP.activate(admin, SECRET)
    hart = Consultancy.objects.create(name="Hart")
    rows = {"Consultancy_consultants-TOTAL_FORMS": 1, "Consultancy_consultants-INITIAL_FORMS": 0}
    rows |= {"Consultancy_consultants-0-user": gina.pk, "engagements-TOTAL_FORMS": 0, "engagements-INITIAL_FORMS": 0}
    office.post(f"/admin/assessments/consultancy/{hart.pk}/change/", {"name": "Hart", **rows})
    assert gina in hart.consultants.all()
    assert not signed_in(browser)
    assert enters_password(gina).get("/home/")["Location"] == "/accounts/2fa/"


# Sessions


def test_the_session_key_changes_at_sign_in_and_at_the_second_factor(protected):
    browser = Client()
    browser.get("/accounts/login/")
    browser.post("/accounts/login/", {"login": protected.email, "password": PASSWORD})
    between = browser.cookies["sessionid"].value
    browser.post("/accounts/2fa/authenticate/", {"code": code()})
    assert browser.cookies["sessionid"].value not in ("", between)


def test_a_new_password_ends_the_other_sessions(gina):
    here, elsewhere = enters_password(gina), enters_password(gina)
    new = "another quiet violet boat"
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    gina.refresh_from_db()
    assert gina.check_password(new)
    assert signed_in(here) and not signed_in(elsewhere)


def test_a_new_key_of_the_site_ends_no_session_while_the_old_one_is_named(gina, settings):
    browser, old = enters_password(gina), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key of the site", [old]
    assert signed_in(browser)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "yet another key", []
    assert not signed_in(browser)


def test_cookies_are_out_of_reach(gina, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    browser = enters_password(gina)
    for name in ("sessionid", "csrftoken"):
        cookie = browser.cookies[name]
        assert cookie["httponly"] and cookie["secure"] and cookie["samesite"] == "Lax", name


# Guessing, and asking who is there


def test_guessing_a_password_is_stopped_for_every_worker(gina, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
    for _guess in range(10):
        enters_password(gina, "wrong")
    assert not signed_in(enters_password(gina)), "the right one comes too late"


def test_guesses_by_every_name_of_the_site_are_counted_together(gina, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for number in range(5):  # from as many visitors: here an account's own limit counts
        guess = {"login": gina.email, "password": "wrong"}
        elsewhere = {"HTTP_HOST": f"name{number}.example:80{number}0", "REMOTE_ADDR": f"192.0.2.{number}"}
        Client(**elsewhere).post("/accounts/login/", guess)
    last = Client(HTTP_HOST="another.example", REMOTE_ADDR="192.0.2.9")
    last.post("/accounts/login/", {"login": gina.email, "password": PASSWORD})
    assert not signed_in(last), "the right one comes too late"


def test_the_cache_of_the_limits_is_shared_by_all_workers():
    from maturity import settings

    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/accounts/password/reset/", "email"),
        ("/accounts/login/code/", "email"),
        ("/accounts/signup/", "email"),
        ("/accounts/login/", "login"),
    ],
)
def test_nobody_learns_whether_an_account_exists(gina, address, field):
    given = {"name": "Eve Berg", "password": "wrong", "password1": PASSWORD}
    known, unknown = (
        Client().post(address, {field: email, **given}, follow=True) for email in (gina.email, "nobody@nowhere.example")
    )
    assert known.redirect_chain == unknown.redirect_chain
    assert said_by(known, gina.email) == said_by(unknown, "nobody@nowhere.example")


def said_by(response, email):
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"', "", response.content.decode())
    return response.status_code, sorted(response.headers), body.replace(email, "")


@pytest.mark.parametrize("email", ["gina@northfield.example", "nobody@nowhere.example"])
def test_a_password_is_hashed_whether_or_not_there_is_an_account(gina, email):
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher.encode"
    with mock.patch(hasher, autospec=True, return_value="md5$salt$no") as encode:
        Client().post("/accounts/login/", {"login": email, "password": "wrong"})
        assert encode.call_count == 1
        Client().post("/accounts/signup/", {"name": "Eve", "email": email, "password1": PASSWORD})
        assert encode.call_count == 2


def test_the_workshop_has_no_sign_in_of_its_own(db):
    for page in ("/admin/", "/admin/login/"):
        response = Client().get(page, follow=True)
        assert response.redirect_chain[-1][0].startswith("/accounts/login/"), page


def test_a_reset_token_dies_with_its_use(gina):
    token = default_token_generator.make_token(gina)
    gina.set_password("another quiet violet boat")
    gina.save()
    assert not default_token_generator.check_token(gina, token)


# Changing the address, and failing


def test_an_open_browser_is_not_enough_to_change_the_address(gina, mailoutbox):
    browser = enters_password(gina)
    given = {"action_add": "", "email": "thief@elsewhere.example"}
    answer = browser.post("/accounts/email/", given)
    assert answer["Location"].startswith("/accounts/reauthenticate/") and not mailoutbox
    browser.post(answer["Location"], {"password": "wrong", "next": "/accounts/email/"})
    assert not mailoutbox
    browser.post(answer["Location"], {"password": PASSWORD, "next": "/accounts/email/"})
    assert [email.to for email in mailoutbox if "thief" in str(email.to)]


def test_the_link_of_a_new_address_fills_its_code_in_where_it_was_asked_for_and_nowhere_else(gina, mailoutbox):
    browser = confirmed(gina)
    browser.post("/accounts/email/", {"action_add": "", "email": "gina@new.example"})
    email = next(each for each in mailoutbox if each.to == ["gina@new.example"])
    link = re.search(r"http://testserver(/\S+code=\S+)", email.body)[1]
    assert f'value="{code_in(email)}"' in browser.get(link).content.decode()
    assert code_in(email) not in Client().get(link, follow=True).content.decode()
    assert not EmailAddress.objects.filter(email="gina@new.example", verified=True).exists()
    browser.post(link.partition("?")[0], {"code": code_in(email)})
    assert EmailAddress.objects.get(email="gina@new.example").verified


def test_whoever_has_no_password_signs_in_anew_to_change_it(gina, mailoutbox):
    gina.set_unusable_password()
    gina.save()
    browser = Client()
    browser.force_login(gina, "allauth.account.auth_backends.AuthenticationBackend")
    assert browser.get("/accounts/email/").status_code == 200
    answer = browser.post("/accounts/email/", {"action_add": "", "email": "thief@elsewhere.example"})
    assert answer["Location"].startswith("/accounts/login/") and not mailoutbox
    assert not signed_in(browser)


def test_a_failed_sign_in_is_in_the_log_and_says_nobody(protected, caplog):
    with caplog.at_level("WARNING", "maturity.accounts.adapter"):
        enters_password(protected, "wrong")
        enters_password(User(email="nobody@northfield.example"), "wrong")
        assert [record.getMessage() for record in caplog.records] == [
            "Signing in failed: address and password do not fit."
        ] * 2
        browser = enters_password(protected)
        browser.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert caplog.records[-1].getMessage() == "Refused: a code does not fit."
    assert "northfield" not in caplog.text and "wrong" not in caplog.text
