"""Owners of actions who are people of the organisation, their reminders, and the notes of progress."""

import datetime
import io

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from assessments.models import ActionNotice, Membership, OutgoingEmail, RoadmapAction
from assessments.operations import action_reminders
from tests.results.test_changes import played


@pytest.fixture
def closed(northfield, version, alice, bob):
    Membership.objects.get_or_create(organisation=northfield, user=bob, defaults={"role": "member"})
    return played(northfield, version, alice, "Q1", [2], people=6)


@pytest.fixture
def action(closed, bob):
    due = closed.organisation.today + datetime.timedelta(days=5)
    return RoadmapAction.objects.create(
        assessment=closed,
        checksum="x",
        title="Write the policy",
        horizon="90d",
        due_on=due,
        owner="Bob",
        owner_account=bob,
    )


def sent_to(*_ignored):
    return list(OutgoingEmail.objects.filter(kind="action_due").values_list("to", flat=True))


def test_a_person_of_the_organisation_becomes_the_owner_by_name(client, alice, bob, closed):
    client.force_login(alice)
    fields = {"title": "Train managers", "horizon": "90d", "status": "planned", "owner_account": bob.pk}
    client.post(reverse("roadmap_new", args=[closed.pk]), fields)
    row = RoadmapAction.objects.get(title="Train managers")
    assert (row.owner_account, row.owner) == (bob, "Bob")


def test_nobody_else_can_be_chosen(client, alice, charlie, closed):
    client.force_login(alice)
    fields = {"title": "Train managers", "horizon": "90d", "status": "planned", "owner_account": charlie.pk}
    assert client.post(reverse("roadmap_new", args=[closed.pk]), fields).status_code == 200
    assert not RoadmapAction.objects.exists()
    assert charlie.name not in client.get(reverse("roadmap_new", args=[closed.pk])).content.decode()


def test_the_owner_is_reminded_once_for_each_date_and_once_when_late(action, bob):
    now = timezone.now()
    for _again in range(3):
        action_reminders.send_due(base_url="https://x.example/", now=now)
    assert sent_to() == [bob.email]
    action_reminders.send_due(base_url="https://x.example/", now=now + datetime.timedelta(days=7))
    action_reminders.send_due(base_url="https://x.example/", now=now + datetime.timedelta(days=8))
    assert ActionNotice.objects.count() == 2
    RoadmapAction.objects.update(due_on=action.due_on + datetime.timedelta(days=30))
    action_reminders.send_due(base_url="https://x.example/", now=now + datetime.timedelta(days=29))
    assert ActionNotice.objects.count() == 3


@pytest.mark.parametrize("change", [{"status": "dropped"}, {"owner_account": None}, {"due_on": None}])
def test_no_reminder_without_need(action, change):
    RoadmapAction.objects.update(**change)
    assert action_reminders.send_due(base_url="https://x.example/") == 0


def test_whoever_does_not_want_reminders_gets_none(action, bob):
    bob.wants_action_reminders = False
    bob.save()
    action_reminders.send_due(base_url="https://x.example/")
    assert sent_to() == []


def test_an_owner_who_left_is_shown_and_the_managers_are_told(client, action, alice, bob):
    Membership.objects.filter(user=bob).delete()
    action_reminders.send_due(base_url="https://x.example/")
    assert sent_to() == [alice.email]
    client.force_login(alice)
    page = client.get(reverse("roadmap", args=[action.assessment_id])).content.decode()
    assert "has left the organisation" in page
    assert "Choose another one" in page


def test_the_e_mail_names_action_and_date(action, bob, settings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("run_due", "--site", "https://x.example/", stdout=io.StringIO())
    message = next(each for each in mail.outbox if bob.email in each.to)
    assert "Write the policy" in message.subject
    assert reverse("own_action", args=[action.assessment_id, action.pk]) in message.body


def test_an_owner_sees_the_status_of_the_roadmap_and_nothing_else(client, action, bob, charlie):
    client.force_login(bob)
    page = client.get(reverse("roadmap_status", args=[action.assessment_id]))
    assert page.status_code == 200
    assert reverse("result", args=[action.assessment_id]) not in page.content.decode()
    assert client.get(reverse("roadmap", args=[action.assessment_id])).status_code == 404
    Membership.objects.filter(user=bob).delete()
    assert client.get(reverse("roadmap_status", args=[action.assessment_id])).status_code == 404
    client.force_login(charlie)
    assert client.get(reverse("roadmap_status", args=[action.assessment_id])).status_code == 404


def test_notes_keep_state_author_and_order(client, action, alice):
    client.force_login(alice)
    address = reverse("roadmap_note", args=[action.assessment_id, action.pk])
    client.post(address, {"progress-status": "started", "progress-text": "First <draft>"})
    client.post(reverse("roadmap_mark", args=[action.assessment_id, action.pk, "done"]))
    notes = list(action.progress.order_by("at", "pk"))
    assert [(note.status, note.text, note.author) for note in notes] == [
        ("started", "First <draft>", alice),
        ("done", "", alice),
    ]
    page = client.get(reverse("roadmap_action", args=[action.assessment_id, action.pk])).content.decode()
    assert "First &lt;draft&gt;" in page
    action.refresh_from_db()
    assert action.done_on is not None


def test_a_note_that_is_too_long_comes_back(client, action, alice):
    client.force_login(alice)
    address = reverse("roadmap_note", args=[action.assessment_id, action.pk])
    response = client.post(address, {"progress-status": "started", "progress-text": "x" * 2001})
    assert response.status_code == 422
    assert "x" * 2001 in response.content.decode()
    assert not action.progress.exists()


def test_the_bars_are_below_the_actions(client, action, alice):
    client.force_login(alice)
    page = client.get(reverse("roadmap", args=[action.assessment_id])).content.decode()
    assert 'class="chart gantt"' in page
    assert "Write the policy, until" in page


def test_an_owner_says_how_far_their_action_is(client, action, bob, charlie):
    address = reverse("own_action", args=[action.assessment_id, action.pk])
    client.force_login(bob)
    assert "Write the policy" in client.get(address).text
    answer = client.post(address, {"progress-status": "done", "progress-text": "The board has it."}, follow=True)
    assert "The board has it." in answer.text
    action.refresh_from_db()
    assert (action.status, action.progress.get().author) == ("done", bob)
    assert client.post(address, {"progress-status": "nonsense"}).status_code == 422
    status = client.get(reverse("roadmap_status", args=[action.assessment_id])).text
    assert address in status
    client.force_login(charlie)
    assert client.get(address).status_code == 404
    assert client.post(address, {"progress-status": "planned"}).status_code == 404


def test_an_owner_who_left_or_was_replaced_changes_nothing(client, action, alice, bob):
    address = reverse("own_action", args=[action.assessment_id, action.pk])
    client.force_login(alice)
    assert client.get(address).status_code == 404  # she edits it on the roadmap
    Membership.objects.filter(user=bob).delete()
    client.force_login(bob)
    assert client.post(address, {"progress-status": "done"}).status_code == 404
    action.refresh_from_db()
    assert action.status != "done"
