"""Hostile strings in every text of a translation, looked for where readers and authors meet them."""

from itertools import cycle

import pytest
from django.test import Client

from assessments import access, results
from assessments.actions import answering, translations
from assessments.formats.dump import dump_translation
from assessments.formats.places import TranslatedTexts, texts_of
from assessments.formats.translation import parse_translation
from assessments.models import Question, User
from assessments.reports.pdf.report import report_html
from assessments.reports.report import report_of
from tests.security.test_hostile_text import HOSTILE, canaries

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def hostile(version):
    """The bank in a German that wishes us ill, offered to readers; all strings stand somewhere on every page."""
    bank = results.bank_of(version)
    texts = {
        place: text[:24].strip() if place.endswith("/short") else text
        for place, text in zip(texts_of(bank), cycle(HOSTILE), strict=False)
    }
    content = TranslatedTexts(bank.key, bank.version, "de", "1.0.0", texts)
    row, _new = translations.load(version=version, translation=content)
    translations.offer(row=row, offered=True)
    version.refresh_from_db()
    return content


def reader(user):
    client = Client()
    client.force_login(user, BACKEND)
    client.post("/language", {"language": "de"})
    return client


def is_text(html):
    found = canaries(html)
    return found.seen > 0 and found.found == []


def test_readers_see_it_as_text(hostile, alone, alice):
    client, base = reader(alice), f"/assessments/{alone.pk}/"
    submission = access.submission_for(alice, alone.pk)
    for question in Question.objects.filter(pillar__version=alone.bank_version):
        given = answering.Given(choice="2")
        answering.save_answer(submission=submission, question=question, given=given, revision=0, by=alice)
    for name in ("", "pillars/vision/", "review/"):
        assert is_text(client.get(base + name).content.decode()), name
    client.post(f"{base}submit/")
    for name in ("result/", "what-if/"):
        assert is_text(client.get(base + name).content.decode()), name
    shown = results.assessment_result(
        access.require_result(alice, alone.pk).assessment, reader=alice, may_read_comments=True
    )
    assert is_text(report_html(report_of(results.in_language(shown, "de"))))


@pytest.mark.parametrize("name", ["translations/", "translations/de/?part=vision", "translations/de/edits/"])
def test_authors_see_it_as_text(hostile, version, name, db):
    client = Client()
    client.force_login(User.objects.create_superuser("dana@demo.example"), BACKEND)
    found = canaries(client.get(f"/admin/assessments/bankversion/{version.pk}/{name}").content.decode())
    assert found.found == []


def test_file_keeps_it_letter_by_letter(hostile, version):
    bank = results.bank_of(version)
    again = parse_translation(dump_translation(hostile, bank), "x.yaml", lambda _key, _version: bank)
    assert again.translation == hostile
