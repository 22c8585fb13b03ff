"""The privacy page, one's own copy, signing out everywhere, being erased."""

import json

import pytest

from assessments.models import AuditEvent, User
from tests.views.reauthentication import confirmed
from tests.views.test_portfolio import signed_in


def test_anybody_can_read_what_is_held_and_for_how_long(client, db, settings):
    settings.KEEP_DAYS = {**settings.KEEP_DAYS, "DRAFTS": 17, "ROUNDS": None}
    settings.PRIVACY_CONTACT = "privacy@northfield.example"
    html = client.get("/privacy/").content.decode()
    assert "17 days" in html and "until someone deletes it" in html and "privacy@northfield.example" in html
    assert 'href="/privacy/"' in client.get("/").content.decode()


def test_the_copy_is_a_file_of_ones_own(assessment, bob):
    response = confirmed(bob).post("/account/data/copy")
    assert response["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert "no-store" in response["Cache-Control"]
    copied = json.loads(response.content)
    assert copied["about_you"]["User"][0]["email"] == bob.email
    assert "alice" not in response.content.decode().lower()


@pytest.mark.parametrize("address", ["/account/data/copy", "/account/erase/"])
def test_a_copy_and_erasing_ask_who_it_is_once_more(assessment, bob, address):
    bob.set_password("every-name-is-invented")
    bob.save()
    response = signed_in(bob).post(address, {"typed": bob.email})
    assert response.status_code == 302 and response["Location"].startswith("/accounts/reauthenticate/")
    assert User.objects.filter(pk=bob.pk).exists()


def test_signing_out_everywhere_ends_every_session(alice, bob):
    phone, laptop, other = signed_in(alice), signed_in(alice), signed_in(bob)
    assert laptop.post("/account/sign-out-everywhere").status_code == 302
    assert [browser.get("/home/").status_code for browser in (phone, laptop, other)] == [302, 302, 200]
    assert AuditEvent.objects.filter(verb="signed out everywhere").count() == 1
    alice.refresh_from_db()
    assert signed_in(alice).get("/home/").status_code == 200


def test_erasing_shows_first_what_goes_and_needs_the_address(assessment, bob):
    browser = confirmed(bob)
    html = browser.get("/account/erase/").content.decode()
    assert "Northfield, Q4" in html and "You leave these assessments" in html
    assert browser.post("/account/erase/", {"typed": "somebody@else.example"}).status_code == 400
    assert User.objects.filter(pk=bob.pk).exists()


def test_whoever_types_their_address_is_erased_and_signed_out(assessment, bob):
    browser = confirmed(bob)
    assert browser.post("/account/erase/", {"typed": f" {bob.email.upper()} "})["Location"] == "/"
    assert not User.objects.filter(pk=bob.pk).exists()
    assert "Your data has been erased" in browser.get("/").content.decode()
    assert browser.get("/home/").status_code == 302
