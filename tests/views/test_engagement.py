"""Several consultants on one client; the end of an engagement, and a client that leaves, close every door at once."""

import datetime

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from assessments.actions import exports, tokens
from assessments.handover import export_requests
from assessments.models import Consultancy, Engagement, Export, User
from assessments.privacy import leaving
from tests.actions.test_exports import own_storage, queue, run  # noqa: F401 - fixtures
from tests.results.test_changes import played
from tests.views.reauthentication import confirmed


@pytest.fixture
def firm(northfield):
    """Dana and Erin of Hart Advisory, which serves Northfield."""
    hart = Consultancy.objects.create(name="Hart Advisory")
    people = [User.objects.create_user(f"{name}@hart.example", name=name.title()) for name in ("dana", "erin")]
    hart.consultants.add(*people)
    Engagement.objects.create(consultancy=hart, organisation=northfield)
    return people


@pytest.fixture
def q1(northfield, version, alice, monkeypatch):
    from assessments.reports import files

    monkeypatch.setattr(files, "_pdf", lambda shown, wait: b"%PDF")
    return played(northfield, version, alice, "Q1", [2])


def doors(person, q1, queue):  # noqa: F811
    """What a consultant has open of Northfield: pages, files, a hand-over in the making, and a program."""
    browser = confirmed(person)
    handed = export_requests.ask(client=q1.organisation, language="en", by=person)
    exports.resume(export=handed)
    run(queue)
    pages = [f"/assessments/{q1.pk}/{page}" for page in ("manage/", "result/", "result/report.csv", "what-if/")]
    pages += [f"/exports/{handed.pk}/", f"/exports/{handed.pk}/reports.zip", f"/exports/new/?rounds={q1.pk}"]
    program = Client(headers={"Authorization": f"Bearer {tokens.make(name='robot', scopes=tokens.SCOPES, by=person)}"})
    return [(browser, page) for page in pages] + [(program, f"/api/v1/rounds/{q1.pk}/result")]


def states(opened):
    return {client.get(address).status_code for client, address in opened}


def is_listed(person):
    return b"Northfield" in confirmed(person).get("/portfolio/").content


def test_two_consultants_work_for_one_client_and_the_end_closes_all_their_doors(firm, q1, queue):  # noqa: F811
    opened = {person: doors(person, q1, queue) for person in firm}
    assert [states(opened[person]) for person in firm] == [{200}, {200}]
    assert all(is_listed(person) for person in firm)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Engagement.objects.update(since=yesterday, until=yesterday)
    assert [states(opened[person]) for person in firm] == [{404}, {404}]
    assert not any(is_listed(person) for person in firm)
    asked = confirmed(firm[0]).post("/exports/hand-over/", {"client": q1.organisation_id})
    assert (asked.status_code, b"Northfield" in asked.content) == (400, False)


def test_who_leaves_the_firm_leaves_its_clients_and_the_others_stay(firm, q1, queue):  # noqa: F811
    dana, erin = firm
    opened = {person: doors(person, q1, queue) for person in firm}
    Consultancy.objects.get().consultants.remove(dana)
    assert (states(opened[dana]), states(opened[erin])) == ({404}, {200})


def test_a_client_that_leaves_takes_everything_along(firm, q1, queue, alice, django_capture_on_commit_callbacks):  # noqa: F811
    opened = [*doors(firm[0], q1, queue), *doors(alice, q1, queue)]
    assert states(opened) == {200}
    leaving.delete(organisation=q1.organisation, by=alice)
    assert states(opened) == {404}
    assert Export.objects.count() == 2  # for thirty days all of it can come back
    leaving.restore(organisation=q1.organisation, by=alice)
    assert states(opened) == {200}
    with django_capture_on_commit_callbacks(execute=True):
        leaving.purge(organisation=q1.organisation)
    assert not Export.objects.exists()
    assert default_storage.listdir("exports")[0] == []
