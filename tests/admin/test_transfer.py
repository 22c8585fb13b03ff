"""Files in the browser: out and in again, looked at first, all or nothing."""

import pathlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.models import BankVersion, QuestionBank

from .conftest import page, questions_of

SMALL = pathlib.Path("fixtures/demo/small.yaml").read_bytes()
ADDRESS = "/admin/assessments/questionbank/import/"


def look(client, content, name="small.yaml"):
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, content, "text/plain")})


def confirm(client, response):
    return client.post(ADDRESS, {"text": response.context["text"], "name": "small.yaml", "confirm": "1"})


def export(client, version):
    return client.get(page(version, "export.yaml")).content


def test_a_file_is_looked_at_and_stored_only_when_confirmed(workshop):
    looked = look(workshop, SMALL)
    assert looked.status_code == 200
    assert not QuestionBank.objects.filter(key="small").exists()
    confirm(workshop, looked)
    version = BankVersion.objects.get(bank__key="small")
    assert (version.state, questions_of(version).count()) == ("draft", 7)


def test_out_and_in_again_is_the_same_text(workshop, version):
    text = export(workshop, version)
    assert look(workshop, text).context["plan"].same
    changed = text.replace(b"key: ai-leadership\n", b"key: other\n")
    confirm(workshop, look(workshop, changed))
    assert export(workshop, BankVersion.objects.get(bank__key="other")) == changed


def test_the_text_of_the_form_survives_a_browser(workshop, draft):
    draft.about = "\n  One.\n\n  Two.\n"
    draft.save()
    text = export(workshop, draft).replace(b"key: ai-leadership\n", b"key: other\n")
    sent = look(workshop, text).context["text"].replace("\n", "\r\n")
    workshop.post(ADDRESS, {"text": sent, "name": "small.yaml", "confirm": "1"})
    assert export(workshop, BankVersion.objects.get(bank__key="other")) == text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SMALL.replace(b"version: 1.0.0", b"version: 1.0"), "a version such as 1.0.0"),
        (b"a: &a [x]\nb: [*a, *a]\n", "aliases are not allowed"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "UTF-8"),
        (b"PK\x03\x04" + b"\0" * 100, "this ZIP is damaged"),
        (b"x" * 4_000_001, "4,000,000 bytes"),
        (b"!!python/object:os.system x", "tags are not allowed"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_nothing_is_stored(workshop, content, said):
    before = BankVersion.objects.count()
    response = look(workshop, content)
    assert response.status_code == 422
    assert any(said in problem.sentence for problem, _field in response.context["problems"])
    assert BankVersion.objects.count() == before


def test_an_empty_form_asks_for_a_file(workshop):
    assert "Choose a file." in workshop.post(ADDRESS, {}).content.decode()


def test_a_published_version_is_never_overwritten(workshop, version):
    changed = export(workshop, version).replace(b"title: AI leadership maturity", b"title: Another")
    looked = look(workshop, changed)
    assert looked.context["plan"].clashes
    confirm(workshop, looked)
    version.refresh_from_db()
    assert version.title == "AI leadership maturity"


def test_a_draft_is_replaced_and_its_history_brings_it_back(workshop, draft):
    before = export(workshop, draft)
    looked = look(workshop, before.replace(b"title: AI leadership maturity", b"title: Another"))
    assert looked.context["plan"].replaces
    confirm(workshop, looked)
    assert b"title: Another" in export(workshop, draft)
    workshop.post(page(draft, f"edits/{draft.edits.get(verb='imported').pk}/restore/"))
    assert export(workshop, draft) == before


def test_only_who_may_add_a_bank_may_import(client, alice):
    alice.is_staff = True
    alice.save()
    client.force_login(alice, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(ADDRESS).status_code == 403


def test_a_page_shows_two_hundred_warnings_and_says_how_many_more(workshop, monkeypatch):
    found = [(("pillars", 0, "name"), f"warning {number}") for number in range(1234)]
    monkeypatch.setattr("assessments.admin.transfer.warnings", lambda bank: found)
    html = look(workshop, SMALL).content.decode()
    assert "1234 warnings" in html
    assert html.count("<td>warning ") == 200
    assert "And 1034 more." in html
