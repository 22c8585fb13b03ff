"""A client in one file from the browser: who asks, what is in it, and what only an administrator can open."""

import io
import json
import uuid
import zipfile

import pytest
from django.core.management import call_command
from django.urls import reverse

from assessments.formats.problems import ProblemsError
from assessments.handover import export_requests
from assessments.handover.archive import read_handover
from assessments.models import Assessment, AuditEvent, Evidence, Export, Membership, Result, User
from tests.actions.test_exports import own_storage, queue, run  # noqa: F401 - fixtures
from tests.results.test_changes import played
from tests.views.reauthentication import PASSWORD, confirmed
from tests.views.test_portfolio import signed_in

URL = "/exports/hand-over/"


@pytest.fixture
def two(northfield, version, alice):
    return [played(northfield, version, alice, name, [level]) for name, level in (("Q1", 2), ("Q2", 3))]


@pytest.fixture
def ask(queue, django_capture_on_commit_callbacks):  # noqa: F811
    """Ask for a client's file, have it made; the page's address."""

    def asked(browser, client):
        with django_capture_on_commit_callbacks(execute=True):
            response = browser.post(URL, {"client": client.pk})
        run(queue)
        return response["Location"]

    return asked


@pytest.fixture(autouse=True)
def paper(monkeypatch):
    """A report without its typesetting, which other tests do."""
    from assessments.reports import files

    monkeypatch.setattr(files, "_pdf", lambda shown, wait: f"%PDF {shown.assessment.name}".encode())


def content(browser, address):
    return b"".join(browser.get(f"{address}reports.zip").streaming_content)


def names(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_a_lead_takes_everything_along(alice, northfield, two, ask):
    browser = confirmed(alice)
    assert "What it holds" in browser.get(URL).content.decode()
    address = ask(browser, northfield)
    page = browser.get(address).content.decode()
    assert "Northfield in one file" in page
    assert "encrypted" in page
    assert Export.objects.get().seal_key not in page
    found = content(browser, address)
    kinds = [name.rpartition(".")[2] for name in names(found)]
    assert sorted(kinds) == ["SHA256SUMS", "json", "json", "pdf", "pdf", "sealed", "txt", "yaml"]
    assert set(AuditEvent.objects.filter(verb__startswith="hand-over").values_list("verb", "object_id")) == {
        (f"hand-over {verb}", str(northfield.pk)) for verb in ("asked", "taken away")
    }


def test_no_single_answer_of_a_confidential_assessment_can_be_read(alice, northfield, two, ask):
    browser = confirmed(alice)
    found = content(browser, ask(browser, northfield))
    with pytest.raises(ProblemsError, match="sealed"):
        read_handover(io.BytesIO(found))
    people = Assessment.objects.get(name="Q1").participants.values_list("pseudonym", flat=True)
    with zipfile.ZipFile(io.BytesIO(found)) as archive:
        words = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    assert not [pseudonym for pseudonym in people if f'"{pseudonym}"' in words]
    with pytest.raises(ProblemsError, match="does not open"):
        read_handover(io.BytesIO(found), key=Export.objects.get().seal_key[::-1])
    opened = read_handover(io.BytesIO(found), key=Export.objects.get().seal_key)
    assert all(f'"{pseudonym}"' in json.dumps(opened.document) for pseudonym in people)


def test_the_register_of_evidence_goes_along_as_its_managers_can_download_it(alice, northfield, two, ask):
    evidence = {"organisation": northfield, "kind": "pdf", "size": 1, "name": "x.pdf"}
    Evidence.objects.create(title="Board minutes", file="a/1", in_register=True, **evidence)
    Evidence.objects.create(title="Own notes", file="a/2", owner=alice, **evidence)
    browser = confirmed(alice)
    with zipfile.ZipFile(io.BytesIO(content(browser, ask(browser, northfield)))) as archive:
        register = archive.read("evidence/register.csv")
    assert register == browser.get(reverse("evidence_csv", args=[northfield.pk])).content
    assert b"Board minutes" in register and b"Own notes" not in register


def test_named_assessments_are_not_sealed(alice, northfield, two, ask):
    Assessment.objects.update(confidentiality="named")
    browser = confirmed(alice)
    address = ask(browser, northfield)
    found = content(browser, address)
    assert "handover.json" in names(found)
    assert read_handover(io.BytesIO(found)).document["client"]["name"] == "Northfield"
    assert "encrypted" not in browser.get(address).content.decode()


def test_the_other_installation_takes_it_in(alice, northfield, two, ask, tmp_path):
    browser = confirmed(alice)
    (tmp_path / "northfield.zip").write_bytes(content(browser, ask(browser, northfield)))
    key, frozen = Export.objects.get().seal_key, set(Result.objects.values_list("checksum", flat=True))
    northfield.delete()
    call_command("import_client", str(tmp_path / "northfield.zip"), key=key, apply=True, lead=alice.email)
    assert set(Result.objects.values_list("checksum", flat=True)) == frozen
    assert signed_in(alice).get("/portfolio/").content.count(b"Northfield") >= 2


def test_the_password_comes_first(alice, northfield, two, queue):  # noqa: F811
    alice.set_password(PASSWORD)
    alice.save()
    browser = signed_in(alice)
    asked = browser.post(URL, {"client": northfield.pk})
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert not Export.objects.exists()
    assert "/exports/" in browser.post(asked["Location"], {"password": PASSWORD})["Location"]
    assert Export.objects.get().client == northfield


def test_nobody_asks_for_a_client_of_others(northfield, two, charlie, bob, queue):  # noqa: F811
    for person in (charlie, bob):
        foreign, absent = (confirmed(person).post(URL, {"client": pk}) for pk in (northfield.pk, uuid.uuid4()))
        assert foreign.status_code == absent.status_code == 400
        assert b"Northfield" not in foreign.content
    assert not Export.objects.exists()


def test_another_lead_does_not_get_it_and_a_lead_no_more_loses_it(alice, northfield, two, ask):
    address = ask(confirmed(alice), northfield)
    dana = User.objects.create_user("dana@northfield.example")
    Membership.objects.create(organisation=northfield, user=dana, role="lead")
    assert confirmed(dana).get(address).status_code == 404
    Membership.objects.filter(user=alice).delete()
    assert confirmed(alice).get(f"{address}reports.zip").status_code == 404


def test_nothing_closed_nothing_made(alice, northfield, queue):  # noqa: F811
    response = confirmed(alice).post(URL, {"client": northfield.pk}, follow=True)
    assert "nothing to hand over yet" in response.content.decode()
    assert not Export.objects.exists()


def test_the_key_is_told_to_nobody_who_can_have_the_file(alice, northfield, two, ask):
    ask(confirmed(alice), northfield)
    export = Export.objects.get()
    dana = User.objects.create_superuser("dana@northfield.example")
    assert export_requests.tell_key(export=export, by=dana) == export.seal_key
    Membership.objects.create(organisation=northfield, user=dana, role="lead")
    for person in (alice, dana):
        with pytest.raises(export_requests.OwnKeyError):
            export_requests.tell_key(export=export, by=person)
