"""A mail server that refuses: every page that sends an e-mail says so, and tells nobody whether there is an account."""

import datetime
import re
import smtplib
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from assessments.emails import outbox
from assessments.models import OutgoingEmail, User
from tests.security.test_front_door import code_in, signed_in

BACKEND = "django.core.mail.backends.locmem.EmailBackend.send_messages"
PASSWORD = "four quiet violet boats"
NEW, KNOWN, TYPO = "eve@northfield.example", "gina@northfield.example", "ivo@northfield.example"
NAME = "Eve Berg"
LATE = "our mail server is not accepting it at the moment"
TROUBLES = [ConnectionRefusedError(), TimeoutError(), smtplib.SMTPDataError(452, b"full"), smtplib.SMTPException()]


@pytest.fixture(autouse=True)
def gina(db):
    cache.clear()
    user = User.objects.create_user(KNOWN, PASSWORD)
    EmailAddress.objects.create(user=user, email=KNOWN, verified=True, primary=True)
    return user


def refusing(problem=None):
    return mock.patch(BACKEND, side_effect=problem or ConnectionRefusedError())


def later(minutes):
    return mock.patch("django.utils.timezone.now", return_value=timezone.now() + datetime.timedelta(minutes=minutes))


def page_of(browser, address, **data):
    response = browser.post(address, data, follow=True)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


FORMS = [
    ("/accounts/signup/", {"name": NAME, "email": NEW, "password1": PASSWORD}),
    ("/accounts/signup/", {"name": NAME, "email": KNOWN, "password1": PASSWORD}),
    ("/accounts/login/code/", {"email": KNOWN}),
    ("/accounts/login/code/", {"email": NEW}),
    ("/accounts/password/reset/", {"email": KNOWN}),
    ("/accounts/password/reset/", {"email": NEW}),
]


@pytest.mark.parametrize("problem", TROUBLES, ids=repr)
@pytest.mark.parametrize(("address", "data"), FORMS)
def test_a_page_that_sends_an_email_says_that_it_is_late_and_what_to_do(address, data, problem):
    with refusing(problem):
        page = page_of(Client(), address, **data)
    assert re.search(r"our mail server is not accepting (it|e-mails) at the moment", page, re.IGNORECASE)
    assert re.search(r"We retry every minute|we keep trying for three days", page)
    assert "If nothing has arrived after" in page
    assert "We have sent a code" not in page and "a link is on its way" not in page


def without_what_differs(page, email):
    return re.sub(r"[nqxz]{20,}|[\w.-]+\.js|value=\"[^\"]*\"", "", page.replace(email, "ADDRESS"))


@pytest.mark.parametrize("address", ["/accounts/signup/", "/accounts/login/code/", "/accounts/password/reset/"])
@pytest.mark.parametrize("server", ["away", "well"])
def test_the_page_tries_and_says_the_same_whether_there_is_an_account(address, server):
    """The same attempt at the mail server is what takes the time."""
    pages, tried = [], []
    for email in (KNOWN, NEW):
        effect = ConnectionRefusedError() if server == "away" else [1]
        with mock.patch(BACKEND, side_effect=effect) as sends:
            password = {"name": NAME, "password1": PASSWORD} if "signup" in address else {}
            pages.append(without_what_differs(page_of(Client(), address, email=email, **password), email))
        tried.append(sends.call_count)
    assert pages[0] == pages[1]
    assert tried == [1, 1]
    assert OutgoingEmail.objects.queued().count() == (2 if server == "away" else 0)


def test_the_code_comes_by_itself_while_it_is_valid():
    browser = Client()
    with refusing():
        page_of(browser, "/accounts/login/code/", email=KNOWN)
    with later(2):
        assert outbox.send_due() == 1
    browser.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    assert signed_in(browser)


def test_an_email_with_a_code_is_not_sent_once_the_code_has_expired():
    with refusing():
        page_of(Client(), "/accounts/login/code/", email=KNOWN)
    with later(11):
        assert outbox.send_due() == 0
    email = OutgoingEmail.objects.get()
    assert (email.state, email.sealed, mail.outbox) == ("dead", "", [])


def test_an_email_with_a_link_comes_after_hours():
    with refusing():
        page_of(Client(), "/accounts/password/reset/", email=KNOWN)
    with later(300):
        assert outbox.send_due() == 1
    assert "/accounts/password/reset/key/" in mail.outbox[-1].body


def test_the_code_waits_encrypted_and_nothing_is_kept_once_it_is_sent():
    with refusing():
        page_of(Client(), "/accounts/login/code/", email=KNOWN)
    assert OutgoingEmail.objects.get().sealed.startswith("sealed:")
    with later(2):
        outbox.send_due()
    assert not OutgoingEmail.objects.exists()


def test_signing_up_without_a_mail_server_locks_nobody_out():
    """Hours later the same address and password lead on, with a new code."""
    with refusing():
        page_of(Client(), "/accounts/signup/", name=NAME, email=NEW, password1=PASSWORD)
        cache.clear()
        again = page_of(Client(), "/accounts/signup/", name=NAME, email=NEW, password1=PASSWORD)
    assert LATE in again
    cache.clear()
    browser = Client()
    page = page_of(browser, "/accounts/login/", login=NEW, password=PASSWORD)
    assert LATE not in page and "We have sent a code" in page
    browser.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])})
    assert signed_in(browser)


def test_signing_up_leaves_no_half_account():
    """The account and its address are one transaction."""
    broken = mock.patch("allauth.account.forms.setup_user_email", side_effect=ZeroDivisionError)
    with broken, pytest.raises(ZeroDivisionError):
        Client().post("/accounts/signup/", {"name": NAME, "email": NEW, "password1": PASSWORD})
    assert not User.objects.filter(email=NEW).exists()


def test_changing_the_address_says_so_as_well(gina):
    browser = Client()
    browser.post("/accounts/login/", {"login": KNOWN, "password": PASSWORD})
    browser.post("/accounts/reauthenticate/?next=/accounts/email/", {"password": PASSWORD})
    with refusing():
        page = page_of(browser, "/accounts/email/", email=TYPO, action_add="")
    assert LATE in page and "add the address again" in page


def test_the_next_email_that_goes_is_not_called_late():
    browser = Client()
    with refusing():
        page_of(browser, "/accounts/password/reset/", email=KNOWN)
    assert LATE not in page_of(browser, "/accounts/login/code/", email=KNOWN)
