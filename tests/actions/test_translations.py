"""Texts of a bank in another language: loaded, changed, offered, carried to the next version, never part of the bank."""

import pytest
from django.db import IntegrityError, transaction

from assessments import results
from assessments.actions import banks, translations
from assessments.actions.translations import TranslationChangedError, TranslationConflictError
from assessments.formats.bank import load_bank
from assessments.formats.translation import parse_translation
from assessments.models import AuditEvent, BankVersion
from tests.formats.minimal import BANK
from tests.formats.test_translation import GERMAN

WHAT = "questions/q1/text"


@pytest.fixture
def tiny(db):
    version, _new = banks.load(bank=load_bank(BANK))
    banks.publish(version=version)
    return version


@pytest.fixture
def german(tiny):
    row, _new = translations.load(version=tiny, translation=texts())
    return row


def texts(text=GERMAN):
    return parse_translation(text, "tiny.de.yaml", lambda key, version: load_bank(BANK)).translation


def german_bank(version):
    return results.bank_in(BankVersion.objects.get(pk=version.pk), "de")


def test_readers_get_it_once_it_is_offered(tiny, german, alice):
    assert german_bank(tiny).title == "A tiny bank"
    assert translations.offer(row=german, offered=True, by=alice)
    assert german_bank(tiny).title == "Eine winzige Bank"
    assert AuditEvent.objects.filter(object_type="translation", verb="offered").count() == 1
    assert translations.offer(row=german, offered=False, by=alice)
    assert german_bank(tiny).title == "A tiny bank"


def test_bank_and_checksum_stay_as_they_are(tiny, german):
    before = BankVersion.objects.get(pk=tiny.pk).checksum
    translations.offer(row=german, offered=True)
    now = BankVersion.objects.get(pk=tiny.pk)
    assert (now.checksum, results.bank_of(now)) == (before, load_bank(BANK))
    assert german_bank(tiny).checksum == before


def test_text_with_a_changed_source_is_read_in_the_banks_own_language(tiny, german):
    translations.offer(row=german, offered=True)
    assert german_bank(tiny).questions["q1"].anchors[:2] == ("Nichts", "Something")


def test_reading_a_known_bank_again_costs_no_query(tiny, german, django_assert_num_queries):
    translations.offer(row=german, offered=True)
    german_bank(tiny)
    version = BankVersion.objects.get(pk=tiny.pk)
    with django_assert_num_queries(0):
        assert results.bank_in(version, "de-at").language == "de"


def test_same_file_twice_changes_nothing_and_other_texts_need_a_higher_version(tiny, german):
    assert translations.load(version=tiny, translation=texts()) == (german, False)
    with pytest.raises(TranslationConflictError, match=r"1\.2\.0"):
        translations.load(version=tiny, translation=texts(GERMAN.replace("Was?", "Was denn?")))
    higher = GERMAN.replace("Was?", "Was denn?").replace("1.2.0", "1.3.0")
    row, new = translations.load(version=tiny, translation=texts(higher))
    assert (row.pk, new, row.texts[WHAT]) == (german.pk, True, "Was denn?")


def test_change_keeps_what_stood_before(tiny, german, alice):
    translations.offer(row=german, offered=True)
    german_bank(tiny)
    assert translations.change(row=german, texts={WHAT: "Was genau?"}, read={WHAT: "Was?"}, by=alice)
    edit = german.edits.first()
    assert (edit.by, edit.before, edit.after, edit.version) == (
        alice,
        {WHAT: "Was?"},
        {WHAT: "Was genau?"},
        "1.2.1",
    )
    assert german_bank(tiny).questions["q1"].text == "Was genau?"


def test_emptied_text_is_gone(tiny, german, alice):
    translations.change(row=german, texts={WHAT: ""}, read={WHAT: "Was?"}, by=alice)
    assert WHAT not in german.texts


def test_what_others_changed_meanwhile_is_not_overwritten(german, alice, bob):
    translations.change(row=german, texts={WHAT: "Was genau?"}, read={WHAT: "Was?"}, by=alice)
    with pytest.raises(TranslationChangedError):
        translations.change(row=german, texts={WHAT: "Wie bitte?"}, read={WHAT: "Was?"}, by=bob)
    german.refresh_from_db()
    assert german.texts[WHAT] == "Was genau?"


def test_next_version_takes_the_texts_along_and_flags_those_whose_source_changes(tiny, german, alice):
    translations.offer(row=german, offered=True)
    draft = banks.new_draft(version=tiny, by=alice)
    question = draft.pillars.get().questions.get(key="q1")
    question.text = "What exactly?"
    question.save()
    row = draft.translations.get()
    flagged = results.content_of(row, results.bank_of(draft)).changed
    assert flagged == {WHAT, "questions/q1/anchors/2"}
    assert results.bank_in(draft, "de").questions["q1"].text == "What exactly?"
    translations.confirm(row=row, places=frozenset({WHAT}), by=alice)
    draft.refresh_from_db()
    assert results.bank_in(draft, "de").questions["q1"].text == "Was?"


@pytest.mark.parametrize("state", ["draft", "published"])
def test_offering_a_language_is_all_that_may_change_after_publication(tiny, state):
    versions = BankVersion.objects.filter(pk=tiny.pk)
    versions.update(languages={"de": "sha256:1"})
    with pytest.raises(IntegrityError), transaction.atomic():
        versions.update(title="Another", languages={})
    with pytest.raises(IntegrityError), transaction.atomic():
        versions.update(state="draft")
    versions.update(state="retired")
    with pytest.raises(IntegrityError), transaction.atomic():
        versions.update(state=state)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("de", "de"), ("DE-at", "de"), ("pt", "pt-BR"), ("pt-br", "pt-BR"), ("fr", None), (None, None), ("", None)],
)
def test_nearest_language_serves(wanted, found):
    assert results.best_match(wanted, ["de", "pt-BR"]) == found
