"""The demonstration's consultancy shows what a brand and a commentary look like."""

import io

import pytest
from django.db import transaction
from django.test import override_settings
from PIL import Image

from assessments import results
from assessments.branding.colour import verdict
from assessments.demo import demonstration
from assessments.markdown import is_too_deep
from assessments.models import Assessment, Consultancy, Logo


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker):
    """Made once for all tests of this file, and taken back at its end."""
    hashers = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with hashers, django_db_blocker.unblock(), transaction.atomic():
        yield demonstration.make()
        transaction.set_rollback(True)


@pytest.fixture
def made(once, db):
    return once


def test_the_consultancy_has_a_brand_that_the_form_would_take(made):
    firm = Consultancy.objects.get()
    assert verdict(firm.accent).is_accepted
    assert firm.imprint and firm.disclaimer
    assert firm.snippets.count() == 3


def test_both_logos_are_drawn(made):
    for logo in Logo.objects.all():
        image = Image.open(io.BytesIO(bytes(logo.png)))
        assert image.size == (400, 400)
        assert image.getpixel((1, 1))[3] == 0
        assert len(image.getcolors(100_000)) > 2
    assert sorted(logo.alt for logo in Logo.objects.all()) == ["Logo of Hart Advisory", "Logo of Northfield"]


def test_the_commentary_is_about_the_result_as_it_is(made):
    assessment = Assessment.objects.get(organisation__name="Northfield", name="Q4 2026")
    shown = results.assessment_result(assessment, reader=None, may_read_comments=True)
    assert [text.pillar for text in shown.commentary] == [None, "infrastructure", "vision"]
    assert not any(text.is_stale or is_too_deep(text.text) for text in shown.commentary)
    assert {text.by for text in shown.commentary} == {"Hart Advisory"}


def test_a_brand_that_was_changed_is_left_alone(db):
    demonstration.make()
    Consultancy.objects.update(accent="#2B6CB0")
    Assessment.objects.all().delete()
    demonstration.make()
    assert Consultancy.objects.get().accent == "#2B6CB0"
