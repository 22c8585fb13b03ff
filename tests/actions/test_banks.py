"""Banks and their versions: publishing what was confirmed, retiring keys, the next draft, a file over a draft."""

import dataclasses

import pytest
from django.db import IntegrityError, connection, transaction

from assessments import results
from assessments.actions import banks, drafts
from assessments.formats.dump import checksum, dump_bank
from assessments.formats.problems import ProblemsError
from assessments.models import AuditEvent, BankVersion, Edit, NextStep, PublishedBankError, Question


@pytest.fixture
def draft(version, alice):
    return banks.new_draft(version=version, by=alice)


def publish(draft, by, number="1.1.0", **changes):
    draft.refresh_from_db()
    given = {"number": number, "reason": "A year of use", "confirmed": checksum(banks.to_publish(draft))}
    banks.publish_draft(version=draft, by=by, **{**given, **changes})


def question(draft, place=0):
    return Question.objects.filter(pillar__version=draft).order_by("pillar__order", "order")[place]


def test_the_next_draft_has_the_same_content_under_the_next_number(version, draft):
    assert (draft.state, draft.version) == ("draft", "1.0.1")
    assert dataclasses.replace(results.bank_of(draft), version="1.0.0") == results.bank_of(version)


def test_a_bank_of_ones_own_starts_at_one(version, alice):
    copy = banks.new_draft(version=version, by=alice, key="mine")
    assert (copy.bank.key, copy.version) == ("mine", "1.0.0")


def test_two_drafts_never_share_a_number(version, draft, alice):
    assert banks.new_draft(version=version, by=alice).version == "1.0.2"


def test_publishing_seals_number_reason_and_checksum(draft, alice):
    publish(draft, alice)
    assert (draft.state, draft.version) == ("published", "1.1.0")
    assert draft.checksum == checksum(results.bank_of(draft))
    told = draft.edits.get(verb="published")
    assert (told.reason, told.by) == ("A year of use", alice)
    assert AuditEvent.objects.filter(verb="published", object_id=str(draft.pk)).exists()


def test_what_was_published_cannot_be_written_by_sql(draft, alice):
    publish(draft, alice)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE assessments_bankversion SET title = 'x' WHERE id = %s", [draft.pk])


def test_keys_that_are_gone_are_retired_and_never_come_back(draft, alice):
    gone = question(draft)
    key = gone.key
    gone.delete()
    NextStep.objects.filter(question__pillar__version=draft).update(requires=[])
    publish(draft, alice)
    assert key in draft.retired
    after = banks.new_draft(version=draft, by=alice)
    Question.objects.filter(pk=question(after).pk).update(key=key)
    BankVersion.objects.filter(pk=after.pk).update(retired=[])
    with pytest.raises(ProblemsError, match="belongs to a retired question"):
        publish(after, alice, "1.2.0")


def test_a_draft_that_changed_after_it_was_confirmed_is_not_published(draft, alice):
    seen = checksum(banks.to_publish(draft))
    Question.objects.filter(pk=question(draft).pk).update(text="Who knows?")
    with pytest.raises(banks.DraftChangedError):
        publish(draft, alice, confirmed=seen)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_errors_keep_a_draft_from_being_published(draft, alice):
    Question.objects.filter(pk=question(draft).pk).update(text="")
    with pytest.raises(ProblemsError):
        publish(draft, alice)
    draft.refresh_from_db()
    assert (draft.state, draft.version) == ("draft", "1.0.1")


def test_a_number_is_given_once(draft, alice):
    with pytest.raises(banks.NumberTakenError):
        publish(draft, alice, "1.0.0")


def test_a_retired_version_takes_no_assessment_and_says_why(version, alice):
    assert banks.retire(version=version, reason="Superseded", by=alice)
    version.refresh_from_db()
    assert version.state == "retired"
    assert version.edits.get(verb="retired").reason == "Superseded"
    assert not banks.retire(version=version, reason="Again", by=alice)


def test_the_version_before_is_the_highest_and_not_the_latest(version, draft, alice):
    publish(draft, alice, "1.10.0")
    other = banks.new_draft(version=version, by=alice)
    publish(other, alice, "1.9.0")
    assert banks.last_published(banks.new_draft(version=version, by=alice)) == draft


def test_a_file_replaces_a_draft_whole_and_can_be_undone(draft, alice):
    before = dump_bank(results.bank_of(draft))
    shorter = dataclasses.replace(results.bank_of(draft), pillars=results.bank_of(draft).pillars[:2])
    banks.replace(version=draft, bank=shorter, by=alice)
    assert dump_bank(results.bank_of(draft)) == dump_bank(shorter)
    banks.restore_whole(edit=Edit.objects.get(verb="imported"), by=alice)
    assert dump_bank(results.bank_of(draft)) == before


def test_a_file_of_another_bank_or_number_replaces_nothing(draft, version, alice):
    for changes in ({"key": "another"}, {"version": "1.0.0"}):
        with pytest.raises(banks.BankConflictError):
            banks.replace(version=draft, bank=dataclasses.replace(results.bank_of(draft), **changes), by=alice)


def test_a_published_version_is_replaced_by_nothing(version, alice):
    with pytest.raises(PublishedBankError):
        banks.replace(version=version, bank=results.bank_of(version), by=alice)
    with pytest.raises(PublishedBankError):
        drafts.move(row=version.pillars.first(), by=alice, step=1)
