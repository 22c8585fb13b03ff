"""Making a token, seeing it once, revoking it."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from assessments.actions import tokens
from assessments.models import ApiToken, AuditEvent
from tests.views.reauthentication import PASSWORD, confirmed
from tests.views.test_portfolio import signed_in

URL = "/account/tokens/"


@pytest.fixture
def account(alice):
    return confirmed(alice)


def made(account, name="Power BI", scopes=("portfolio",)):
    text = account.post(URL, {"name": name, "scopes": scopes}).content.decode()
    return re.search(r"mat_[\w-]{43}", text)[0]


def test_a_token_is_shown_once_and_kept_as_a_hash(account):
    token = made(account)
    assert token not in account.get(URL).content.decode()
    assert "Power BI" in account.get(URL).content.decode()
    row = ApiToken.objects.get()
    assert token not in str({field.name: getattr(row, field.name) for field in row._meta.fields})
    assert (row.reads_portfolio, row.reads_results, row.reads_exports) == (True, False, False)
    assert token not in str(list(AuditEvent.objects.values_list()))


def test_a_revoked_token_opens_nothing(account):
    robot = Client(headers={"Authorization": f"Bearer {made(account)}"})
    assert robot.get("/api/v1/portfolio").status_code == 200
    account.post(f"{URL}{ApiToken.objects.get().pk}/revoke")
    assert robot.get("/api/v1/portfolio").status_code == 401
    assert "Power BI" not in account.get(URL).content.decode()


def test_nobody_revokes_anothers(account, bob):
    made(account)
    assert signed_in(bob).post(f"{URL}{ApiToken.objects.get().pk}/revoke").status_code == 404
    assert "Power BI" not in signed_in(bob).get(URL).content.decode()
    assert ApiToken.objects.active().exists()


def test_a_token_needs_a_name_and_a_scope(account):
    response = account.post(URL, {"name": ""})
    assert response.status_code == 400
    assert not ApiToken.objects.exists()


def test_a_button_pressed_twice_leaves_the_token_that_is_seen(account, monkeypatch):
    monkeypatch.setattr(tokens, "DOUBLE_CLICK", timedelta(days=1))
    first, second = made(account), made(account)
    opens = [Client(headers={"Authorization": f"Bearer {token}"}).get("/api/v1/portfolio") for token in (first, second)]
    assert [answer.status_code for answer in opens] == [401, 200]
    made(account)
    assert ApiToken.objects.active().count() == 2, "one that was used stays"


def test_twenty_are_enough(account):
    for number in range(20):
        made(account, name=f"Program {number}")
    assert "mat_" not in account.post(URL, {"name": "One more", "scopes": ["portfolio"]}).content.decode()
    assert ApiToken.objects.count() == 20


def test_a_token_waits_for_the_password(alice):
    alice.set_password(PASSWORD)
    alice.save()
    browser = signed_in(alice)
    assert browser.get(URL).status_code == 200
    asked = browser.post(URL, {"name": "Power BI", "scopes": ["portfolio"]})
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert browser.post(asked["Location"], {"password": "wrong"}).status_code == 200
    assert not ApiToken.objects.exists()
    assert "mat_" in browser.post(asked["Location"], {"password": PASSWORD}).content.decode()


def test_whoever_has_no_password_signs_in_once_more(alice):
    assert not alice.has_usable_password()
    browser = signed_in(alice)
    answer = browser.post(URL, {"name": "Power BI", "scopes": ["portfolio"]})
    assert answer["Location"] == "/accounts/login/?next=/account/tokens/"
    assert browser.get(URL).status_code == 302
    assert not ApiToken.objects.exists()
    assert "mat_" in confirmed(alice).post(URL, {"name": "Power BI", "scopes": ["portfolio"]}).content.decode()
