"""Deleting an organisation: gone for everybody at once, back within thirty days, gone for good after that."""

import datetime

import pytest
from django.core.cache import cache
from django.utils import timezone

from assessments.actions import invitations
from assessments.actions.invitations import Invitee
from assessments.models import AuditEvent, Consultancy, Engagement, Organisation, User
from assessments.operations import reminders
from assessments.privacy import leaving, retention
from tests.mailbox import BASE, browser_of, token_in
from tests.views.reauthentication import confirmed


@pytest.fixture
def address(northfield):
    return f"/organisations/{northfield.pk}/"


@pytest.fixture
def deleted(assessment, northfield, alice):
    return leaving.delete(organisation=northfield, by=alice)


def test_whoever_leads_it_types_its_name(assessment, northfield, alice, address):
    browser = confirmed(alice)
    assert "1 assessment with its answers" in browser.get(f"{address}delete/").content.decode()
    assert browser.post(f"{address}delete/", {"typed": "Southfield"}).status_code == 400
    assert browser.post(f"{address}delete/", {"typed": "northfield"}).status_code == 302
    northfield.refresh_from_db()
    assert northfield.deleted_at is not None
    assert "Restore" in browser.get("/home/").content.decode()


def test_it_asks_once_more_who_it_is(assessment, northfield, alice, address):
    alice.set_password("every-name-is-invented")
    alice.save()
    assert "reauthenticate" in browser_of(alice).post(f"{address}delete/", {"typed": "Northfield"})["Location"]
    assert Organisation.objects.present().exists()


@pytest.mark.parametrize("who", ["bob", "charlie", "dana"])
def test_nobody_else_can(assessment, northfield, address, who, bob, charlie):
    dana = User.objects.create_user("dana@hart.example")
    hart = Consultancy.objects.create(name="Hart Advisory")
    hart.consultants.add(dana)
    Engagement.objects.create(consultancy=hart, organisation=northfield)
    browser = confirmed({"bob": bob, "charlie": charlie, "dana": dana}[who])
    for ending in ("delete/", "restore"):
        assert browser.post(address + ending, {"typed": "Northfield"}).status_code == 404
    assert Organisation.objects.present().filter(pk=northfield.pk).exists()


def test_it_is_gone_for_everybody_at_once(deleted, assessment, alice, bob):
    type(assessment).objects.update(name="Autumn assessment")
    for user in (alice, bob):
        browser = browser_of(user)
        for ending in ("", "manage/", "review/", "pillars/vision/"):
            assert browser.get(f"/assessments/{assessment.pk}/{ending}").status_code == 404, ending
        for page in ("/home/", "/portfolio/", "/portfolio/pillars/"):
            assert "Autumn assessment" not in browser.get(page).content.decode(), page
    assert "Northfield" not in browser_of(bob).get("/home/").content.decode()


def test_its_links_open_nothing_and_no_email_is_sent(assessment, northfield, alice, emails):
    guest = Invitee("gina@northfield.example", "Gina", "legal")
    invitations.invite(assessment=assessment, invitees=[guest], by=alice, base_url=BASE)
    type(assessment).objects.update(due_on=timezone.localdate() + datetime.timedelta(days=1), reminder_days=[1])
    type(assessment).objects.update(opened_at=timezone.now() - datetime.timedelta(days=9))
    leaving.delete(organisation=northfield, by=alice)
    address = f"/invitations/{token_in(emails[0])}/"
    assert browser_of().get(address).status_code == 410
    assert browser_of().post(address).status_code == 410
    assert reminders.send_due(base_url=BASE) == 0
    leaving.restore(organisation=northfield, by=alice)
    assert browser_of().get(address).status_code == 200


def test_bringing_it_back_brings_back_everything(deleted, assessment, alice, bob, address):
    assert browser_of(alice).post(f"{address}restore").status_code == 302
    assert browser_of(bob).get(f"/assessments/{assessment.pk}/").status_code == 200
    verbs = list(AuditEvent.objects.filter(object_id=str(deleted.pk)).order_by("pk").values_list("verb", flat=True))
    assert verbs[-2:] == ["deleted", "restored"]


@pytest.mark.parametrize(("days", "there"), [(29, True), (31, False)])
def test_after_thirty_days_it_is_gone_for_good(deleted, alice, address, days, there):
    Organisation.objects.update(deleted_at=timezone.now() - datetime.timedelta(days=days))
    assert (browser_of(alice).get("/home/").content.decode().count("Restore") == 1) == there
    cache.clear()  # of the last look
    retention.run_due()
    assert Organisation.objects.exists() == there
    assert (browser_of(alice).post(f"{address}restore").status_code == 302) == there


def test_deleting_twice_is_deleting_once(deleted, alice):
    leaving.delete(organisation=deleted, by=alice)
    assert AuditEvent.objects.filter(verb="deleted").count() == 1
