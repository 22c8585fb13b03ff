"""The audit log is a chain: whatever was changed behind the site's back is named, on either engine."""

import hashlib
import io
import json
import logging
import threading
import tracemalloc

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction

from assessments import audit
from assessments.actions import assessments
from assessments.models import Actor, AuditEvent, Organisation, chain
from assessments.privacy import erasing
from tests.conftest import without_triggers
from tests.operations.test_backup import file, real_file

__all__ = ["file", "real_file"]

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)
TABLE = "assessments_auditevent"


@pytest.fixture
def log(northfield):
    """Ten more rows."""
    for number in range(10):
        audit.record(by=None, verb=f"verb {number}", what=northfield)
    audit.link()  # as after a commit
    return list(AuditEvent.objects.order_by("number"))


def check(*heads):
    said = io.StringIO()
    call_command("check_audit", *(f"--head={head}" for head in heads), stdout=said)
    return said.getvalue()


def tamper(*statements):
    with without_triggers(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_each_row_follows_from_the_one_before(log):
    before = ""
    for number, event in enumerate(log, start=1):
        assert (event.number, event.hash) == (number, chain.hash_of(event, number, before))
        before = event.hash
    assert check() == f"{len(log)} rows, head {before}\n"


def test_the_hash_can_be_computed_by_anybody(northfield):
    """As docs/operating.md describes it, with nothing of ours."""
    audit.link()
    event = AuditEvent.objects.order_by("number").first()
    at = event.at.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
    row = [1, event.pk, at, event.actor and str(event.actor), event.verb, event.object_type, event.object_id, ""]
    assert hashlib.sha256(json.dumps(row, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest() == event.hash


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {t} SET verb = 'x' WHERE id = {pk}",
        "UPDATE {t} SET actor = NULL, at = '2020-01-01 00:00:00' WHERE id = {pk}",
        "UPDATE {t} SET object_id = 'x' WHERE id = {pk}",
        "UPDATE {t} SET hash = 'x' WHERE id = {pk}",
        "UPDATE {t} SET id = 1000000 WHERE id = {pk}",
    ],
)
def test_a_changed_row_is_named(log, change):
    fifth = log[-5]
    tamper(change.format(t=TABLE, pk=fifth.pk))
    with pytest.raises(CommandError, match=f"^Row {fifth.number} "):
        check()


def test_a_deleted_row_is_named(log):
    fifth = log[-5]
    tamper(f"DELETE FROM {TABLE} WHERE id = {fifth.pk}")
    with pytest.raises(CommandError, match=f"^Row {fifth.number} is missing: after row {fifth.number - 1} comes row"):
        check()


def test_the_first_row_is_missed_as_well(log):
    tamper(f"DELETE FROM {TABLE} WHERE number = 1")
    with pytest.raises(CommandError, match=r"^Row 1 is missing"):
        check()


def test_a_deleted_row_whose_place_was_closed_is_named(log):
    fifth = log[-5]
    later = [f"UPDATE {TABLE} SET number = number - 1 WHERE id = {event.pk}" for event in log[-4:]]
    tamper(f"DELETE FROM {TABLE} WHERE id = {fifth.pk}", *later)
    with pytest.raises(CommandError, match=f"^Row {fifth.number} "):
        check()


def test_an_inserted_row_is_named(log):
    fifth = log[-5]
    later = [f"UPDATE {TABLE} SET number = number + 1 WHERE id = {event.pk}" for event in reversed(log[-5:])]
    row = f"'2026-01-01 00:00:00', 'x', 'y', '1', {fifth.number}, '{fifth.hash}'"
    insert = f"INSERT INTO {TABLE} (at, verb, object_type, object_id, number, hash) VALUES ({row})"
    tamper(*later, insert)
    with pytest.raises(CommandError, match=f"^Row {fifth.number} "):
        check()


def test_two_rows_that_changed_places_are_named(log):
    one, other = log[-5], log[-3]
    steps = ((one.pk, 10**6), (other.pk, one.number), (one.pk, other.number))
    tamper(*(f"UPDATE {TABLE} SET number = {number} WHERE id = {pk}" for pk, number in steps))
    with pytest.raises(CommandError, match=f"^Row {one.number} "):
        check()


def test_a_log_that_was_cut_off_is_noticed_against_a_head(log):
    kept = log[-1].hash
    assert "rows, head" in check(log[-7].hash, kept.upper())
    tamper(f"DELETE FROM {TABLE} WHERE number > {log[-4].number}")
    assert "rows, head" in check(log[-7].hash), "nothing inside the log says so"
    with pytest.raises(CommandError, match=kept):
        check(log[-7].hash, kept)


def test_a_log_that_was_written_anew_is_noticed_against_a_head(log):
    tamper(
        f"UPDATE {TABLE} SET verb = 'x' WHERE id = {log[-5].pk}",
        f"UPDATE {TABLE} SET number = NULL, hash = '' WHERE number >= {log[-5].number}",
    )
    audit.link()
    assert "rows, head" in check()
    with pytest.raises(CommandError, match="rewritten"):
        check(log[-1].hash)


@pytest.mark.parametrize(
    "change",
    [
        "SET verb = 'x'",
        "SET number = NULL",
        "SET number = number + 1000",
        "SET hash = 'x'",
    ],
)
def test_a_linked_row_is_linked_for_good(log, change):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} {change} WHERE id = {log[-1].pk}")


def test_linking_changes_nothing_else(northfield):
    waiting = AuditEvent.objects.create(verb="x", object_type="y", object_id="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.filter(pk=waiting.pk).update(number=10**6, verb="z")


@committed
def test_what_is_rolled_back_leaves_no_gap(log, northfield):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record(by=None, verb="never", what=northfield)
        raise ZeroDivisionError
    audit.record(by=None, verb="after", what=northfield)
    last = AuditEvent.objects.get(verb="after")
    assert last.number == log[-1].number + 1
    assert f"{last.number} rows, head {last.hash}" in check()


def test_a_process_that_died_before_the_link_leaves_it_to_the_next(log):
    AuditEvent.objects.create(verb="x", object_type="y", object_id="1")
    assert "1 rows are waiting" in check()
    call_command("run_due", stdout=io.StringIO())
    assert "wait" not in check()
    assert AuditEvent.objects.get(verb="x").number > log[-1].number


@committed
def test_many_who_act_at_once_make_one_chain(real_file, northfield):
    before = AuditEvent.objects.count()

    def act(name):
        for number in range(10):
            with transaction.atomic():
                audit.record(by=None, verb=f"{name} {number}", what=Organisation(pk=northfield.pk))
        connections.close_all()

    everybody = [threading.Thread(target=act, args=(name,)) for name in range(5)]
    for each in everybody:
        each.start()
    for each in everybody:
        each.join()
    audit.link()
    assert check().startswith(f"{before + 50} rows")


@committed
def test_nobody_waits_for_anybody_elses_transaction(real_file, northfield):
    """Two who have noted something and then want what the other holds: neither the log nor its order stands in the way."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    noted, done = threading.Event(), threading.Event()

    def act():
        with transaction.atomic():
            audit.record(by=None, verb="first", what=Organisation(pk=northfield.pk))
            noted.set()
            done.wait(10)
        connections.close_all()

    slow = threading.Thread(target=act)
    slow.start()
    noted.wait(10)
    with transaction.atomic():
        audit.record(by=None, verb="second", what=northfield)
    assert AuditEvent.objects.get(verb="second").number is not None, "linked while the first is under way"
    done.set()
    slow.join()
    assert AuditEvent.objects.get(verb="first").number == AuditEvent.objects.get(verb="second").number + 1
    check()


@committed
def test_erasing_somebody_changes_no_row(assessment, alice):
    assessments.close(assessment=assessment, by=alice)
    actor = alice.actor.pk
    before = list(AuditEvent.objects.order_by("pk").values())
    erasing.erase(user=alice)
    assert list(AuditEvent.objects.filter(pk__lte=before[-1]["id"]).order_by("pk").values()) == before
    assert not Actor.objects.filter(pk=actor).exists()
    check()


@committed
def test_a_restored_backup_holds_the_chain(real_file, file, log, northfield):
    call_command("backup", str(file), stdout=io.StringIO())
    audit.record(by=None, verb="later", what=northfield)
    call_command("restore", str(file), "--yes", stdout=io.StringIO())
    assert check(log[-1].hash) == f"{log[-1].number} rows, head {log[-1].hash}\n"


def test_rows_without_a_number_are_linked_in_batches(log, monkeypatch):
    monkeypatch.setattr(chain, "BATCH_SIZE", 3)
    tamper(f"UPDATE {TABLE} SET number = NULL, hash = ''")
    audit.link()
    assert check(log[-1].hash).startswith(f"{len(log)} rows")


def test_once_a_day_the_head_is_logged(log, caplog):
    cache.clear()
    with caplog.at_level(logging.INFO):
        for _minute in range(2):
            call_command("run_due", stdout=io.StringIO())
    (line,) = [record for record in caplog.records if hasattr(record, "audit_head")]
    newest = AuditEvent.objects.order_by("-number").first()
    assert (line.audit_rows, line.audit_head) == (newest.number, newest.hash)
    assert newest.hash in line.getMessage()


def test_a_long_log_is_walked_in_constant_memory(northfield):
    def peak(rows):
        AuditEvent.objects.bulk_create(
            [AuditEvent(verb="x", object_type="y", object_id=str(number)) for number in range(rows)], batch_size=500
        )
        audit.link()
        tracemalloc.start()
        check()
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    assert peak(6000) < 1.5 * peak(3000)


def test_a_release_that_knows_no_chain_goes_on_writing(log):
    """During an upgrade; its rows are linked by the next one."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} (at, verb, object_type, object_id) VALUES ('2026-01-01 00:00:00', 'old', 'y', '1')"
        )
    audit.link()
    assert AuditEvent.objects.get(verb="old").number == log[-1].number + 1
    check()
