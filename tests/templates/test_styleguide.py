"""The living page of components: for staff and the demonstration alone, and complete."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import User
from tests.markup import flat

# What only makes sense on its own page: the frame of signing in, a QR code, the form assessment the questions
ELSEWHERE = {"entrance", "qr", "answers-form"}


@pytest.fixture
def staff(db):
    client = Client()
    client.force_login(
        User.objects.create_superuser("ada@demo.example"), "allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


@pytest.fixture
def page(staff):
    return staff.get(reverse("styleguide")).content.decode()


@pytest.mark.django_db
def test_nobody_else_finds_it(client, alice):
    assert client.get(reverse("styleguide")).status_code == 404
    client.force_login(alice, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("styleguide")).status_code == 404


@pytest.mark.django_db
def test_everybody_finds_it_in_the_demonstration(client, settings):
    settings.DEMO = True
    assert client.get(reverse("styleguide")).status_code == 200


def test_page_turns_assessment_in_the_demonstration_only(staff, settings):
    address = reverse("styleguide") + "?dir=rtl"
    assert 'dir="ltr"' in staff.get(address).content.decode()
    settings.DEMO = True
    assert '<html lang="en" dir="rtl">' in flat(staff.get(address).content.decode())


def test_page_takes_no_focus(page):
    assert 'class="error-summary"' in page
    assert "autofocus" not in page


def test_ids_are_unique(page):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted({name for name in ids if ids.count(name) > 1}) == []


@pytest.mark.parametrize("sheet", ["components", "forms"])
def test_every_component_is_on_it(page, sheet):
    """A class that a style sheet knows and the page does not show is new, or no longer used."""
    css = re.sub(r"/\*.*?\*/", "", Path(f"static/css/{sheet}.css").read_text(), flags=re.S)
    known = {name for rule in re.findall(r"([^{}]+)\{", css) for name in re.findall(r"\.([a-z][a-z-]*)", rule)}
    shown = {name for value in re.findall(r'class="([^"]*)"', page) for name in value.split()}
    assert sorted(known - shown - ELSEWHERE) == []


@pytest.mark.parametrize("state", ["Saving…", "Your answer last round", "The other version", "Error:", "No level yet"])
def test_states_are_on_it(page, state):
    assert state in page
