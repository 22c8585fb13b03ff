"""A bank's texts side by side with another language: edited, flagged, offered, out and in as a file."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assessments.actions import banks, translations
from assessments.formats.translation import parse_translation
from assessments.models import User
from assessments.results import bank_in, bank_of
from tests.markup import flat

from .conftest import page, save

TEXT, SHORT = "questions/vision-direction/text", "questions/vision-direction/short"
FILE = Path("fixtures/ai-leadership.de.yaml")


@pytest.fixture
def german(version, dana):
    found = parse_translation(FILE.read_bytes(), FILE.name, lambda _key, _version: bank_of(version)).translation
    row, _new = translations.load(version=version, translation=found, by=dana)
    return row


def at(version, name=""):
    return page(version, f"translations/{name}")


def send(client, version, text, read, place=TEXT, **more):
    data = {f"text:{place}": text, f"read:{place}": read, **more}
    return client.post(at(version, "de/?part=vision"), data)


def look(client, version, content):
    return client.post(at(version, "import/"), {"file": SimpleUploadedFile("bank.de.yaml", content, "text/plain")})


def test_languages_are_listed_with_how_far_they_are(workshop, version, german):
    html = workshop.get(at(version)).content.decode()
    assert "Deutsch" in html
    assert "1011 of 1011 texts" in html
    assert "cannot choose it yet" in html


def test_new_language_begins_empty(workshop, version):
    assert workshop.post(at(version), {"language": "ar"}).url == at(version, "ar/")
    html = workshop.get(at(version, "ar/?part=vision")).content.decode()
    assert f'name="text:{TEXT}"' in html
    assert 'lang="ar" dir="rtl"' in flat(html)
    for wrong in ("en", "English", "no such", "Germanic", "qqz"):
        assert workshop.post(at(version), {"language": wrong}).status_code == 422
    assert "“Germanic” is not a known language" in workshop.post(at(version), {"language": "Germanic"}).content.decode()


def test_a_language_is_chosen_from_a_list_by_its_name_or_by_its_tag(workshop, version, draft):
    assert '<option value="pt">Portuguese</option>' in workshop.get(at(version)).content.decode()
    assert workshop.post(at(version), {"language": "German"}).url == at(version, "de/")
    assert workshop.post(at(version), {"language": "pt-BR"}).url == at(version, "pt-BR/")
    assert save(workshop, draft, language="French").status_code == 302
    draft.refresh_from_db()
    assert draft.language == "fr"
    assert save(workshop, draft, language="Frankish").status_code == 200


def test_saved_text_is_what_readers_get_although_the_bank_is_published(workshop, version, german):
    workshop.post(at(version, "de/offer/"), {"offered": "1"})
    send(workshop, version, "Was genau?", german.texts[TEXT])
    version.refresh_from_db()
    assert bank_in(version, "de").questions["vision-direction"].text == "Was genau?"
    assert "Was genau?" in workshop.get(at(version, "de/edits/")).content.decode()
    workshop.post(at(version, "de/offer/"), {"offered": "0"})
    version.refresh_from_db()
    assert bank_in(version, "de").language == "en"


def test_two_at_once_are_told_and_nothing_is_overwritten(workshop, version, german):
    before = german.texts[TEXT]
    send(workshop, version, "Was genau?", before)
    late = send(workshop, version, "Wie bitte?", before)
    assert late.status_code == 409
    html = late.content.decode()
    assert "Saved in the meantime:" in html
    assert "Was genau?" in html
    assert "Wie bitte?</textarea>" in html
    german.refresh_from_db()
    assert german.texts[TEXT] == "Was genau?"


def test_text_that_is_too_long_is_refused_where_it_stands(workshop, version, german):
    refused = send(workshop, version, "x" * 25, german.texts[SHORT], place=SHORT)
    assert refused.status_code == 422
    assert "Shorten this text to 24 characters; it has 25." in refused.content.decode()


def test_changed_source_is_flagged_with_its_words_and_can_be_said_to_hold(workshop, version, german, dana):
    draft = banks.new_draft(version=version, by=dana)
    question = draft.pillars.get(key="vision").questions.get(key="vision-direction")
    question.text = question.text.replace("How far", "How closely")
    question.save()
    html = workshop.get(at(draft, "de/?part=vision")).content.decode()
    assert html.count("source changed") == 1
    assert "<del>far</del><ins>closely</ins>" in flat(html)
    text = german.texts[TEXT]
    workshop.post(at(draft, "de/?part=vision"), {f"text:{TEXT}": text, f"read:{TEXT}": text, f"held:{TEXT}": "on"})
    assert "source changed" not in workshop.get(at(draft, "de/?part=vision")).content.decode()


def test_file_is_looked_at_first_and_comes_back_the_same(workshop, version, german):
    text = workshop.get(at(version, "de/export.yaml")).content
    assert look(workshop, version, text).context["plan"].same
    edited = text.replace(b"version: 1.1.1\ntitle: ", b"version: 1.2.0\ntitle: Neu: ".replace(b": Neu:", b": Neu"))
    looked = look(workshop, version, edited)
    german.refresh_from_db()
    assert (looked.status_code, german.version) == (200, "1.1.1")
    workshop.post(at(version, "import/"), {"text": looked.context["text"], "name": "x.yaml", "confirm": "1"})
    german.refresh_from_db()
    assert german.version == "1.2.0"
    assert german.texts["title"].startswith("Neu")


def test_bad_or_older_file_is_refused_with_its_lines(workshop, version, german):
    text = FILE.read_bytes()
    assert look(workshop, version, text.replace(b"from: 1", b"from: 2", 1)).status_code == 422
    other = look(workshop, version, text.replace(b"title: ", b"title: Neu ", 1))
    assert "Give the file a higher version." in other.content.decode()
    workshop.post(at(version, "import/"), {"text": other.context["text"], "confirm": "1"})
    german.refresh_from_db()
    assert not german.texts["title"].startswith("Neu")


@pytest.mark.parametrize("name", ["", "import/", "de/", "de/edits/", "de/export.yaml"])
def test_only_staff_with_the_right_opens_it(name, version, german, alice):
    outsider = Client()
    outsider.force_login(alice)
    assert outsider.get(at(version, name)).status_code in (302, 403, 404)
    clerk = Client()
    clerk.force_login(User.objects.create_user("clerk@demo.example", is_staff=True))
    assert clerk.get(at(version, name)).status_code == 403


@pytest.mark.parametrize("address", ["xx/", "de/?part=no-such", "xx/export.yaml"])
def test_what_is_not_there_is_not_found(workshop, version, german, address):
    assert workshop.get(at(version, address)).status_code == 404
