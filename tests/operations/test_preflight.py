"""What `preflight` and `check_health` say, and when they end with status 1."""

import io
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, migrations, models
from django.utils import timezone

from assessments.models import OutgoingEmail
from assessments.operations import health, preflight
from assessments.operations.backup import Manifest
from assessments.operations.health import Check, Verdict
from assessments.operations.queues import Queue

pytestmark = pytest.mark.django_db


def said(*command, **options):
    output = io.StringIO()
    call_command(*command, stdout=output, **options)
    return output.getvalue()


def planned(*operations, name="0099_next"):
    migration = migrations.Migration(name, "assessments")
    migration.operations = list(operations)
    return migration


ADDED = migrations.AddField("answer", "mood", models.CharField(max_length=1, blank=True, default=""))


def test_a_site_that_works_is_told_so(monkeypatch):
    monkeypatch.setattr(health, "MIN_FREE", 0)
    text = said("check_health")
    assert {line.split()[0] for line in text.splitlines()} == {"ok"}
    assert "0 emails wait." in text and "All migrations are applied" in text


def test_an_email_that_nobody_sends_is_a_warning():
    late = timezone.now() - timedelta(minutes=20)
    OutgoingEmail.objects.create(kind="x", to="dana@example.org", give_up_at=timezone.now(), next_attempt_at=late)
    text = said("check_health")
    assert "warning  1 emails wait, the first for 20 minutes: do the worker and run_due run?" in text
    assert "dana" not in text


@pytest.mark.parametrize("name", ["database", "storage", "tables"])
def test_what_is_missing_ends_with_status_1(monkeypatch, name):
    monkeypatch.setattr(health, name, lambda: Check(Verdict.MISSING, "Not there."))
    with pytest.raises(CommandError, match="1 of these must be put right first"):
        said("check_health")


def test_storage_that_cannot_be_written_is_missing(monkeypatch):
    monkeypatch.setattr(health.default_storage, "save", lambda *_: (_ for _ in ()).throw(OSError("read-only")))
    assert health.storage() == (Verdict.MISSING, "Exported files cannot be stored (OSError): see MEDIA_ROOT.")


def test_an_old_engine_is_missing(monkeypatch):
    monkeypatch.setattr(type(connection.features), "minimum_database_version", (99,))
    assert health.database().verdict is Verdict.MISSING


def test_a_queue_is_late_after_ten_minutes(monkeypatch):
    monkeypatch.setattr(health, "queues", lambda: [Queue("tasks", 1, 599), Queue("exports", 1, 601)])
    assert [check.verdict for check in health.waiting()] == [Verdict.OK, Verdict.WARNING]


# Before an upgrade


def test_a_database_that_is_up_to_date_needs_nothing():
    assert "The database is up to date" in said("preflight")


def test_each_migration_has_its_tables_and_an_estimate(monkeypatch):
    monkeypatch.setattr(preflight, "_rows", lambda table: 1_500_000 if table == "assessments_answer" else 0)
    monkeypatch.setattr(preflight, "ROWS_PER_SECOND", {"sqlite": 150_000, "postgresql": 150_000})
    sentences = [check.sentence for check in preflight.changes([planned(ADDED)])]
    assert sentences[0] == "assessments.0099_next: about 11.0 s, assessments_answer (1,500,000 rows)"
    assert sentences[1] == "1 migrations, about 11 s."
    assert sentences[2].startswith("The site can keep running")


def test_a_removed_column_stops_the_site_first():
    check = preflight.while_running([planned(ADDED), planned(migrations.RemoveField("answer", "comment"), name="0100")])
    assert check.verdict is Verdict.WARNING
    assert "assessments.0100 remove or rename" in check.sentence and "0099" not in check.sentence


def test_a_new_table_has_no_rows_to_rewrite():
    assert preflight.rewritten(planned(migrations.CreateModel("Mood", []))) == set()
    assert preflight.rewritten(planned(ADDED)) == {"assessments_answer"}


def test_rows_are_counted():
    assert preflight._rows("assessments_user") >= 0


@pytest.mark.parametrize(
    ("hours", "engine", "verdict", "sentence"),
    [
        (1, connection.vendor, Verdict.OK, "is 1 hours old and has 12 rows"),
        (30, connection.vendor, Verdict.WARNING, "what was saved since would be lost"),
        (1, "another", Verdict.MISSING, "one of another"),
    ],
)
def test_the_backup_is_the_way_back(monkeypatch, tmp_path, hours, engine, verdict, sentence):
    made = (timezone.now() - timedelta(hours=hours)).isoformat()
    monkeypatch.setattr(preflight, "read_manifest", lambda _: Manifest(engine, made, "0018", {"t": 12}, "sha256:"))
    check = preflight.backup_check(tmp_path / "site.backup")
    assert check.verdict is verdict and sentence in check.sentence


def test_a_backup_that_cannot_be_read_is_missing(tmp_path):
    assert preflight.backup_check(None).verdict is Verdict.WARNING
    (tmp_path / "x").write_text("nothing")
    assert preflight.backup_check(tmp_path / "x").verdict is Verdict.MISSING
    with pytest.raises(CommandError):
        said("preflight", backup=tmp_path / "x")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about a file")
def test_room_for_another_copy_is_needed(monkeypatch, tmp_path):
    file = tmp_path / "db.sqlite3"
    file.write_bytes(b"x" * 1000)
    monkeypatch.setitem(connection.settings_dict, "NAME", str(file))
    monkeypatch.setattr(preflight.shutil, "disk_usage", lambda _: SimpleNamespace(free=1500))
    assert preflight.room([planned(ADDED)]).verdict is Verdict.MISSING
    assert preflight.room([]).verdict is Verdict.OK
