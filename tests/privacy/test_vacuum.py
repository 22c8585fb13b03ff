"""What erasing leaves on the disk: nothing in the database's own file, and nothing in the journal beside it."""

import contextlib
import io
import sqlite3
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import connection

from assessments.privacy import erasing, vacuum
from tests.actions.pat import PAT, erase_and_look, everywhere, five, own_storage, pat, three
from tests.operations.test_backup import file, real_file

__all__ = ["everywhere", "file", "five", "own_storage", "pat", "real_file", "three"]


def on_disk():
    """Every byte that the database has written, in its file and in the journal beside it; PostgreSQL's are its own."""
    if connection.vendor != "sqlite":
        return b""
    place = str(connection.settings_dict["NAME"])
    return b"".join(path.read_bytes() for path in map(Path, (place, f"{place}-wal")) if path.exists()).lower()


@pytest.fixture
def committed(everywhere, monkeypatch):
    """What waits for a commit waits, although letters went out at once."""
    monkeypatch.undo()


@contextlib.contextmanager
def somebody_reads():
    """Another process begins to read, and goes on."""
    if connection.vendor != "sqlite":
        yield
        return
    with contextlib.closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        rows = other.execute("SELECT * FROM assessments_answer")
        rows.fetchone()
        yield
        rows.fetchall()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_on_the_disk(real_file, everywhere, committed, pat):
    erase_and_look(pat)
    call_command("run_due", stdout=io.StringIO())
    assert PAT.encode() not in on_disk()
    assert not vacuum.vacuum_database(), "once is enough"


@pytest.mark.django_db(transaction=True)
def test_while_somebody_writes_the_database_is_not_written_anew(real_file, everywhere, committed, pat):
    erasing.erase(user=pat)
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA busy_timeout=1")
        with contextlib.closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert not vacuum.vacuum_database()
    assert vacuum.vacuum_database() is (connection.vendor == "sqlite")


@pytest.mark.django_db(transaction=True)
def test_the_clock_empties_the_journal_where_somebody_was_reading(real_file, everywhere, committed, pat):
    with somebody_reads():
        erase_and_look(pat)
        assert PAT.encode() in on_disk() or connection.vendor != "sqlite"
    call_command("run_due", stdout=io.StringIO())
    assert PAT.encode() not in on_disk()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout" if connection.vendor == "sqlite" else "SELECT 5000")
        assert cursor.fetchone() == (5000,), "who writes waits as long as before"


@pytest.mark.parametrize(("answers", "emptied"), [([False, False, True], True), ([False] * 9, False)])
def test_what_is_in_the_way_for_a_moment_is_waited_for(answers, emptied, monkeypatch):
    monkeypatch.setattr(vacuum, "connection", mock.Mock(vendor="sqlite"))
    monkeypatch.setattr(vacuum, "_is_truncated", mock.Mock(side_effect=answers))
    monkeypatch.setattr(vacuum.time, "sleep", lambda seconds: None)
    assert vacuum.truncate_wal() is emptied
