"""Every page that sign-in can show stands in our frame, in our words, with nothing inline."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from assessments.models import User
from tests.markup import flat

OPEN = ["account_login", "account_signup", "account_reset_password", "account_reset_password_done", "account_inactive"]
SIGNED_IN = [
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
]
PASSWORD = "four quiet violet boats"


@pytest.fixture
def person(db):
    user = User.objects.create_user(email="dora@northfield.example", password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def signed_in(client, person):
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def assert_ours(response):
    html = response.content.decode()
    assert response.status_code == 200
    assert 'class="masthead"' in html
    assert html.count("<h1>") == 1
    assert not re.findall(r"<[a-z][^>]*\s(?:style|on[a-z]+)=", html)
    assert not re.findall(r"<script(?![^>]*(?:src=|json))", html)


@pytest.mark.parametrize("name", OPEN)
def test_page_for_anybody_is_ours(client, db, name):
    assert_ours(client.get(reverse(name)))


@pytest.mark.parametrize("name", SIGNED_IN)
def test_page_of_an_account_is_ours(signed_in, name):
    assert_ours(signed_in.get(reverse(name)))


def test_wrong_password_is_summarised(client, person):
    html = client.post(reverse("account_login"), {"login": person.email, "password": "no"}).content.decode()
    assert 'class="error-summary"' in html
    assert "<title>Error: Sign in" in flat(html)


def test_sign_up_sends_a_code_and_asks_for_it(client, db):
    given = {"name": "Eve Berg", "email": "eve@x.example", "password1": PASSWORD}
    response = client.post(reverse("account_signup"), given, follow=True)
    assert_ours(response)
    assert "Check your e-mail" in response.content.decode()
    code = re.search(r"^(\S+) is your code$", mail.outbox[0].subject)[1]
    assert code in mail.outbox[0].body


def test_sign_out_is_a_form_not_a_link(signed_in):
    html = signed_in.get(reverse("mfa_index")).content.decode()
    assert f'<form method="post" action="{reverse("account_logout")}">' in html
    assert f'href="{reverse("account_logout")}"' not in html


def test_name_of_a_key_is_text(signed_in, person):
    person.email = '"<i>"@x.example'
    EmailAddress.objects.filter(user=person).update(email='<script>alert("1")</script>@x.example')
    assert "<script>alert" not in signed_in.get(reverse("account_email")).content.decode()
