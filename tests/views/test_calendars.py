"""The secret address of a person's calendar, and what it tells whom."""

import datetime

import pytest
from django.urls import reverse
from icalendar import Calendar

from assessments import access
from assessments.actions import calendars, programmes, tokens
from assessments.actions.programmes import StepPlan
from assessments.models import Assessment, AuditEvent, CalendarFeed, Membership, Participant, RoadmapAction
from tests.results.test_changes import played
from tests.views.reauthentication import confirmed


def read(client, token):
    client.logout()
    response = client.get(reverse("calendar_feed", args=[token]))
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    return {str(event["summary"]): event for event in Calendar.from_ical(response.content).walk("VEVENT")}


@pytest.fixture
def due(assessment):
    Assessment.objects.filter(pk=assessment.pk).update(due_on=datetime.date(2027, 2, 28))
    return assessment


def test_it_has_the_dates_of_whoever_takes_part(client, bob, due):
    found = read(client, calendars.make(by=bob))
    (event,) = found.values()
    assert "Northfield" in str(event["summary"])
    assert event["dtstart"].dt == datetime.date(2027, 2, 28)
    assert str(event["uid"]).startswith(f"due-{due.pk}@")


def test_others_have_none_of_them(client, charlie, due):
    assert read(client, calendars.make(by=charlie)) == {}


def test_what_is_submitted_is_no_longer_due(client, bob, due):
    Participant.objects.filter(user=bob).delete()
    assert read(client, calendars.make(by=bob)) == {}


def test_actions_are_in_it_for_owner_and_manager_and_no_longer_once_they_left(client, northfield, version, alice, bob):
    closed = played(northfield, version, alice, "Q1", [2], people=6)
    fields = {"assessment": closed, "checksum": "x", "horizon": "90d", "due_on": closed.organisation.today}
    RoadmapAction.objects.create(**fields, title='Policy; with, "signs"', owner="Bob", owner_account=bob)
    RoadmapAction.objects.create(**fields, title="Other")
    Membership.objects.get_or_create(organisation=northfield, user=bob, defaults={"role": "member"})
    token = calendars.make(by=bob)
    assert list(read(client, token)) == ['Action due: Policy; with, "signs" (Northfield)']
    assert len(read(client, calendars.make(by=alice))) == 2
    Membership.objects.filter(user=bob).delete()
    assert read(client, token) == {}


def test_what_a_programme_opens_is_in_it_for_those_who_manage_the_organisation(
    client, northfield, version, alice, bob, django_assert_num_queries
):
    step = StepPlan(version.bank, "", 12, northfield.today + datetime.timedelta(days=7), 14)
    chosen = {"reminder_days": [], "weekdays_off": [], "days_off": [], "release": "hand"}
    programme = programmes.save(organisation=northfield, steps=[step], people=[], by=alice, **chosen)
    with django_assert_num_queries(3):
        first, second = access.dates_of_programmes(alice)
        assert {each.step.programme.organisation.name for each in (first, second)} == {"Northfield"}
    found = read(client, calendars.make(by=alice))
    assert found["Assessment opens: Northfield"]["dtstart"].dt == second.opens
    assert str(found["Assessment opens: Northfield"]["url"]).endswith(f"/organisations/{northfield.pk}/programme/")
    assert read(client, calendars.make(by=bob)) == {}
    programmes.pause(programme=programme, by=alice)
    assert read(client, calendars.make(by=alice)) == {}


def test_an_unchanged_calendar_is_not_sent_again(client, bob, due):
    address = reverse("calendar_feed", args=[calendars.make(by=bob)])
    etag = client.get(address)["ETag"]
    assert client.get(address, HTTP_IF_NONE_MATCH=etag).status_code == 304
    Assessment.objects.filter(pk=due.pk).update(due_on=datetime.date(2027, 3, 1))
    assert client.get(address, HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_an_unreleased_result_has_no_date(client, northfield, version, alice, bob):
    closed = played(northfield, version, alice, "Q1", [2], people=6)
    Participant.objects.filter(assessment=closed, pseudonym="p-0").update(user=bob)
    token = calendars.make(by=bob)
    assert read(client, token) == {}
    now = datetime.datetime.now(datetime.UTC)
    Assessment.objects.filter(pk=closed.pk).update(state=Assessment.State.RELEASED, released_at=now)
    assert len(read(client, token)) == 1


def test_the_address_is_shown_once_and_stored_as_a_hash(bob):
    client = confirmed(bob)
    page = client.post(reverse("calendar"))
    token = page.context["address"].rsplit("/", 1)[1].removesuffix(".ics")
    assert token not in client.get(reverse("calendar")).content.decode()
    assert CalendarFeed.objects.get().token_hash != token
    assert AuditEvent.objects.filter(verb="calendar made").count() == 1


def test_replaced_withdrawn_and_foreign_addresses_are_not_there(client, bob):
    first = calendars.make(by=bob)
    second = calendars.make(by=bob)
    assert client.get(reverse("calendar_feed", args=[first])).status_code == 404
    assert client.get(reverse("calendar_feed", args=[second])).status_code == 200
    client.force_login(bob)
    client.post(reverse("withdraw_calendar"))
    assert client.get(reverse("calendar_feed", args=[second])).status_code == 404
    assert client.get(reverse("calendar_feed", args=["x" * 43])).status_code == 404


def test_it_ends_with_the_tokens_and_with_the_account(client, bob):
    token = calendars.make(by=bob)
    tokens.revoke_all(user=bob, by=bob)
    assert client.get(reverse("calendar_feed", args=[token])).status_code == 404
    token = calendars.make(by=bob)
    bob.is_active = False
    bob.save()
    assert client.get(reverse("calendar_feed", args=[token])).status_code == 404


def test_guessing_is_slowed_down(client, bob):
    for _try in range(60):
        client.get(reverse("calendar_feed", args=["wrong"]))
    assert client.get(reverse("calendar_feed", args=["wrong"])).status_code == 429
