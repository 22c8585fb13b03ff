"""Who gets in, and by whose password."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from assessments.models import User

VICTIM = "eve@northfield.example"
CHOSEN = "four quiet violet boats"


def signed_in(client):
    home = client.get("/home/")
    return home.status_code == 200 or home["Location"] == "/portfolio/"  # where consultants land


def code_in(email):
    return re.search(r"(?m)^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", email.body)[1]


@pytest.fixture
def begun(db):
    """The browser in which somebody has begun to register an address and chosen a password."""
    cache.clear()  # of the limits that other tests have used up
    client = Client()
    client.post("/accounts/signup/", {"name": "Eve Berg", "email": VICTIM, "password1": CHOSEN})
    return client


def test_a_password_chosen_before_the_address_was_proven_elsewhere_opens_nothing(begun):
    owner, attacker = Client(), Client()
    owner.post("/accounts/login/code/", {"email": VICTIM})
    owner.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    assert signed_in(owner)
    attacker.post("/accounts/login/", {"login": VICTIM, "password": CHOSEN})
    assert not signed_in(attacker)


def test_whoever_signs_up_and_enters_the_code_keeps_the_password(begun):
    begun.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])})
    assert signed_in(begun)
    again = Client()
    again.post("/accounts/login/", {"login": VICTIM, "password": CHOSEN})
    assert signed_in(again)


def test_a_code_leaves_the_password_of_a_proven_address(begun):
    begun.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])})
    other = Client()
    other.post("/accounts/login/code/", {"email": VICTIM})
    other.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    assert signed_in(other)
    assert User.objects.get(email=VICTIM).has_usable_password()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example/"])
def test_signing_in_never_leads_to_another_site(begun, target):
    begun.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])})
    again = Client()
    response = again.post("/accounts/login/", {"login": VICTIM, "password": CHOSEN, "next": target})
    assert response["Location"].startswith("/") and "evil" not in response["Location"]
