"""A client arrives by Django admin: a dry run, what clashes, the name typed; and the key of one that leaves."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.handover.archive import new_key, write_handover
from assessments.handover.write import closed_assessments, document_of
from assessments.models import AuditEvent, Export, Organisation, Result, User
from assessments.operations import build_zip
from tests.handover.test_handover import counted
from tests.results.test_changes import played
from tests.views.reauthentication import PASSWORD, confirmed
from tests.views.test_portfolio import signed_in

URL = "/admin/assessments/organisation/arrival/"
KEY = new_key()


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def two(northfield, version, alice):
    return [played(northfield, version, alice, name, [level]) for name, level in (("Q1", 2), ("Q2", 3))]


@pytest.fixture
def sealed(two, northfield):
    file = io.BytesIO()
    write_handover(file, *document_of(northfield, closed_assessments(northfield)), key=KEY)
    return file.getvalue()


def look(browser, content, **more):
    return browser.post(URL, {"file": SimpleUploadedFile("northfield.zip", content), "key": KEY, **more})


def confirm(browser, response, typed):
    return browser.post(URL, {"kept": response.context["kept"], "key": KEY, "typed": typed, "confirm": "1"})


def test_a_dry_run_then_the_name_typed(workshop, sealed, northfield, dana):
    northfield.delete()
    before = counted()
    looked = look(workshop, sealed)
    assert {"Client: Northfield", "Assessment: Q1, 1 result", "Assessment: Q2, 1 result"} < set(looked.context["said"])
    assert counted() == before
    wrong = confirm(workshop, looked, "Lakeside")
    assert "exactly as shown" in wrong.content.decode()
    assert counted() == before
    arrived = confirm(workshop, wrong, "Northfield")
    assert arrived.status_code == 302
    told = [str(message) for message in workshop.get(arrived["Location"]).context["messages"]]
    assert told == ["Northfield has been imported.", " · ".join(looked.context["said"])]
    assert (Organisation.objects.get().name, Result.objects.count()) == ("Northfield", 2)
    assert default_storage.listdir("arrivals")[1] == []
    assert AuditEvent.objects.get(verb="taken in").actor == dana.actor.pk


def test_everything_that_clashes_is_named_at_once(workshop, sealed, two):
    before = counted()
    looked = look(workshop, sealed)
    assert looked.status_code == 422
    assert [sentence.split(" already exists here.")[0] for sentence in looked.context["problems"]] == [
        "Northfield",
        "The assessment Q1",
        "The assessment Q2",
    ]
    assert counted() == before


def test_a_namesake_is_pointed_out(workshop, sealed, northfield):
    northfield.delete()
    Organisation.objects.create(name="Northfield")
    assert "Another client here is also called Northfield" in look(workshop, sealed).content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"key": ""}, "it is encrypted"),
        ({"key": new_key()}, "does not open"),
        ({"key": "é"}, "does not open"),
        ({"file": SimpleUploadedFile("a.zip", b"PK")}, "cannot be read"),
        ({"file": ""}, "Choose a file"),
        ({"lead": "nobody@northfield.example"}, "no account with this address"),
    ],
)
def test_what_is_wrong_is_a_sentence(workshop, sealed, northfield, change, said):
    northfield.delete()
    before = counted()
    response = look(workshop, sealed, **change)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert counted() == before


def test_what_was_looked_at_is_nobody_elses_and_gone_after_an_hour(workshop, sealed, northfield, monkeypatch):
    northfield.delete()
    looked = look(workshop, sealed)
    other = signed_in(User.objects.create_superuser("erin@demo.example"))
    assert "Choose a file" in confirm(other, looked, "Northfield").content.decode()
    build_zip.run_due()
    assert len(default_storage.listdir("arrivals")[1]) == 1
    monkeypatch.setattr("assessments.handover.pending_uploads.LASTS", build_zip.timezone.timedelta(0))
    build_zip.run_due()
    assert default_storage.listdir("arrivals")[1] == []
    assert not Organisation.objects.exists()


def test_only_who_may_add_organisations_and_banks(alice, sealed):
    alice.is_staff = True
    alice.save()
    assert signed_in(alice).get(URL).status_code == 403


@pytest.fixture
def asked(northfield, alice):
    return Export.objects.create(
        user=alice, client=northfield, seal_key=KEY, state="ready", expires_at="2100-01-01T00:00Z", language="en"
    )


def test_the_key_is_shown_after_the_password_and_noted(dana, asked, northfield):
    dana.set_password(PASSWORD)
    dana.save()
    browser, address = signed_in(dana), f"/admin/assessments/handover/{asked.pk}/key/"
    for path in ("/admin/assessments/handover/", f"/admin/assessments/handover/{asked.pk}/change/", address):
        assert KEY not in browser.get(path).content.decode()
    again = browser.post(address)
    assert again["Location"].startswith("/accounts/reauthenticate/")
    assert KEY in browser.post(again["Location"], {"password": PASSWORD}).content.decode()
    assert AuditEvent.objects.get(verb="hand-over key told").object_id == str(northfield.pk)


def test_who_can_have_the_file_is_told_no_key(alice, asked):
    alice.is_staff = alice.is_superuser = True
    alice.save()
    text = confirmed(alice).post(f"/admin/assessments/handover/{asked.pk}/key/").content.decode()
    assert KEY not in text
    assert "another administrator" in text


def test_ordinary_exports_are_not_listed(workshop, asked):
    Export.objects.update(client=None)
    assert workshop.get(f"/admin/assessments/handover/{asked.pk}/change/").status_code == 302
    assert workshop.get(f"/admin/assessments/handover/{asked.pk}/key/").status_code == 404
