"""Codes and links in e-mails: nobody is locked out by a lost one, guessing stays bounded, and no page tells who exists."""

import re
import time
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from django.test import Client

from assessments.models import User
from tests.security.test_front_door import CHOSEN, VICTIM, begun, code_in, signed_in

__all__ = ["begun"]
GINA, NOBODY = "gina@northfield.example", "nobody@nowhere.example"
CONFIRM = "/accounts/login/code/confirm/"


@pytest.fixture
def gina(db):
    cache.clear()
    user = User.objects.create_user(GINA, CHOSEN, name="Gina Holt")
    EmailAddress.objects.create(user=user, email=GINA, verified=True, primary=True)
    return user


def asking(email=GINA):
    browser = Client()
    browser.post("/accounts/login/code/", {"email": email})
    return browser


def link_in(email):
    return re.search(r"http://testserver(/accounts/code/\S+)", email.body)[1]


def later(seconds):
    return mock.patch("time.time", return_value=time.time() + seconds)


def resent(browser, seconds=61, address=CONFIRM):
    with later(seconds):
        return browser.post(address, {"action": "resend"}, follow=True)


def test_the_link_signs_in_any_browser_once_and_opening_it_changes_nothing(gina):
    asking()
    link = link_in(mail.outbox[-1])
    for _scanner in range(2):
        assert GINA in Client().get(link).content.decode()
    phone = Client()
    assert phone.post(link)["Location"] == "/home/" and signed_in(phone)
    for method in (Client().get, Client().post):
        assert method(link).status_code == 410
    assert phone.get(link)["Location"] == "/home/"


def test_the_link_ends_after_ten_minutes(gina):
    asking()
    link = link_in(mail.outbox[-1])
    with mock.patch("maturity.accounts.code_links.settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT", -1):
        assert Client().get(link).status_code == 410
    assert Client().get(link).status_code == 200


def test_the_link_leaves_a_browser_of_somebody_else_alone(gina):
    asking()
    other = Client()
    other.force_login(User.objects.create_user("ivo@northfield.example"))
    for method in (other.get, other.post):
        assert method(link_in(mail.outbox[-1])).status_code == 403
    assert other.session["_auth_user_id"] != str(gina.pk)


def test_the_link_does_not_skip_the_second_factor(gina):
    TOTP.activate(gina, "JBSWY3DPEHPK3PXP")
    asking()
    browser = Client()
    assert browser.post(link_in(mail.outbox[-1]))["Location"].startswith("/accounts/2fa/authenticate/")
    assert not signed_in(browser)


def test_the_link_keeps_where_the_person_wanted_to_go(gina):
    browser = Client()
    browser.post("/accounts/login/code/?next=/portfolio/", {"email": GINA, "next": "/portfolio/"})
    assert browser.post(link_in(mail.outbox[-1]))["Location"] == "/portfolio/"


def test_whoever_signs_up_keeps_the_password_by_the_link_too(begun):
    begun.post(link_in(mail.outbox[-1]))
    assert signed_in(begun)
    assert User.objects.get(email=VICTIM).check_password(CHOSEN)
    assert User.objects.get(email=VICTIM).name == "Eve Berg"


def test_a_password_chosen_in_another_browser_ends_with_the_link(begun):
    owner = Client()
    owner.post(link_in(mail.outbox[-1]))
    assert signed_in(owner)
    assert not User.objects.get(email=VICTIM).has_usable_password()


def test_after_three_wrong_codes_only_a_new_one_works(gina):
    browser, old = asking(), code_in(mail.outbox[-1])
    pages = [browser.post(CONFIRM, {"code": "WRONG-CODE"}).content.decode() for _attempt in range(4)]
    assert "Check the code" in pages[1]
    assert all("no longer works, after three wrong attempts" in page for page in pages[2:])
    browser.post(CONFIRM, {"code": old})
    browser.post(CONFIRM, {"code": ""})
    assert not signed_in(browser)
    assert "We have sent a new code" in resent(browser).content.decode()
    browser.post(CONFIRM, {"code": code_in(mail.outbox[-1])})
    assert signed_in(browser)


def test_whoever_signs_up_can_have_another_code(begun):
    old = code_in(mail.outbox[-1])
    for _attempt in range(3):
        begun.post("/accounts/confirm-email/", {"code": "WRONG-CODE"})
    with mock.patch("allauth.core.internal.ratelimit.consume", return_value=True):
        resent(begun, address="/accounts/confirm-email/")
    assert code_in(mail.outbox[-1]) != old
    begun.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])})
    assert signed_in(begun)
    assert User.objects.get(email=VICTIM).check_password(CHOSEN)


def test_another_code_has_to_wait_and_is_not_sent_for_ever(gina):
    browser = asking()
    page = browser.post(CONFIRM, {"action": "resend"}, follow=True).content.decode()
    assert "Please wait 60 seconds" in page and "data-wait-seconds>60<" in page
    assert len(mail.outbox) == 1
    resent(browser)
    assert len(mail.outbox) == 2
    for number in range(2, 9):
        cache.clear()
        page = resent(browser, 61 * number).content.decode()
    assert len(mail.outbox) == 6
    assert "We have sent several codes" in page and "Resend code" not in page


def test_another_code_tells_nobody_whether_there_is_an_account(gina):
    pages = []
    for email in (GINA, NOBODY):
        mail.outbox.clear()
        response = resent(asking(email))
        pages.append(re.sub(r'value="[^"]*"|nonce="[^"]*"', "", response.content.decode()).replace(email, ""))
        assert len(mail.outbox) == 2
    assert pages[0] == pages[1]


@pytest.mark.parametrize("email", [GINA, NOBODY])
def test_a_wrong_address_can_be_corrected(gina, email):
    browser, old = asking(email), mail.outbox[-1]
    page = browser.post("/accounts/code/wrong-address", {"next": "/portfolio/"}, follow=True)
    assert page.redirect_chain[-1][0] == "/accounts/login/code/?next=%2Fportfolio%2F"
    assert f'value="{email}"' in page.content.decode()
    if email == GINA:
        browser.post(CONFIRM, {"code": code_in(old)})
    assert not signed_in(browser)


def test_a_wrong_address_leads_back_to_signing_up(begun):
    page = begun.post("/accounts/code/wrong-address", follow=True)
    assert page.redirect_chain[-1][0] == "/accounts/signup/"
    assert f'value="{VICTIM}"' in page.content.decode()


def test_an_expired_code_says_so(gina):
    browser = asking()
    with later(601):
        page = browser.post(CONFIRM, {"code": code_in(mail.outbox[-1])}, follow=True).content.decode()
    assert "The code has expired. Request a new one." in page and f'value="{GINA}"' in page


@pytest.mark.parametrize("name", ["", "  ", "<b>Eve</b>", "www.evil.example"])
def test_signing_up_asks_for_a_name(db, name):
    page = Client().post("/accounts/signup/", {"name": name, "email": VICTIM, "password1": CHOSEN})
    assert page.status_code == 200 and "error-summary" in page.content.decode()
    assert not User.objects.exists() and not mail.outbox
