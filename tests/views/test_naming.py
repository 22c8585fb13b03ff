"""Renaming organisations and assessments."""

import pytest

from assessments.actions import organisations
from assessments.models import AuditEvent, Consultancy, Engagement, User
from tests.mailbox import browser_of


@pytest.fixture
def dana(northfield):
    dana = User.objects.create_user("dana@hart.example")
    hart = Consultancy.objects.create(name="Hart")
    hart.consultants.add(dana)
    Engagement.objects.create(consultancy=hart, organisation=northfield)
    return dana


def test_a_lead_and_a_consultant_rename_an_organisation(northfield, alice, dana):
    address = f"/organisations/{northfield.pk}/"
    for user, name in ((alice, "Northfield Group"), (dana, "Northfield AG")):
        browser_of(user).post(address, {"name": name, "time_zone": "Europe/Berlin"})
        northfield.refresh_from_db()
        assert (northfield.name, northfield.time_zone) == (name, "Europe/Berlin")
    browser_of(dana).post(address, {"name": name, "time_zone": "Europe/Berlin"})
    assert AuditEvent.objects.filter(verb="renamed").count() == 2, "the same name once more is no change"
    assert "Delete organisation" not in browser_of(dana).get(address).content.decode()


def test_an_organisation_is_not_renamed_to_another(northfield, alice):
    organisations.create(name="Southfield", by=alice)
    page = browser_of(alice).post(f"/organisations/{northfield.pk}/", {"name": "southfield", "time_zone": "UTC"})
    assert "You already have an organisation called “southfield”." in page.content.decode()


def test_an_assessment_is_renamed(assessment, northfield, version, alice):
    address = f"/assessments/{assessment.pk}/name/"
    browser = browser_of(alice)
    assert browser.post(address, {"name": "Autumn"})["Location"] == f"/assessments/{assessment.pk}/manage/"
    assert "Northfield, Autumn" in browser.get("/home/").content.decode()
    other = {"organisation": northfield.pk, "name": "autumn", "audience": "several"}
    assert "already has an assessment" in browser.post("/assessments/start/", other).content.decode()
    assert AuditEvent.objects.filter(verb="renamed", object_id=str(assessment.pk)).count() == 1


@pytest.mark.parametrize("value", ["", "<b>", "www.evil.example", "a\u202eb"])
def test_names_stay_plain(assessment, northfield, alice, value):
    browser = browser_of(alice)
    for address in (f"/assessments/{assessment.pk}/name/", f"/organisations/{northfield.pk}/"):
        assert browser.post(address, {"name": value, "time_zone": "UTC"}).status_code == 200
    assert not AuditEvent.objects.filter(verb="renamed").exists()


def test_whoever_does_not_manage_it_renames_nothing(assessment, northfield, bob, charlie):
    for user in (bob, charlie):
        for address in (f"/assessments/{assessment.pk}/name/", f"/organisations/{northfield.pk}/"):
            assert browser_of(user).post(address, {"name": "Mine", "time_zone": "UTC"}).status_code == 404
