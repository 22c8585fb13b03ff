"""A backup holds all that was committed before it, on both engines, while people answer; and takes all of it back."""

import contextlib
import io
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import threading
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, connections

from assessments.actions import answering, evidence_files, evidence_register
from assessments.actions.evidence_files import Upload
from assessments.models import Answer, AuditEvent, BankVersion, Question, User
from assessments.operations.backup import archive, read_manifest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "site.backup"


@pytest.fixture(autouse=True)
def real_file(transactional_db, tmp_path):
    """SQLite's tests run in memory; a backup needs a file, as every site has one."""
    if not (connection.vendor == "sqlite" and connection.is_in_memory_db()):
        yield
        return
    path = tmp_path / "site.sqlite3"
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    memory, name = connection.connection, connection.settings_dict["NAME"]
    connection.connection, connection.settings_dict["NAME"] = None, str(path)
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = memory, name


def answer(submission, question, level, by):
    given = answering.Given(choice=str(level))
    answering.save_answer(submission=submission, question=question, given=given, revision=0, by=by)


def backup(file):
    said = io.StringIO()
    call_command("backup", str(file), stdout=said)
    return said.getvalue()


def test_the_files_of_evidence_come_back_and_a_changed_one_is_noticed(file, settings, tmp_path, northfield, alice):
    settings.MEDIA_ROOT, settings.EVIDENCE_KEY = str(tmp_path / "media"), "a key"
    upload = Upload(file=SimpleUploadedFile("x", b"minutes"), kind="txt", name="a.txt", title="a")
    row = evidence_register.add(upload=upload, organisation=northfield, by=alice)
    backup(file)
    as_stored = (tmp_path / "media" / "evidence" / row.file).read_bytes()
    assert b"minutes" not in as_stored and as_stored in file.read_bytes()
    shutil.rmtree(tmp_path / "media")
    call_command("restore", str(file), "--yes", stdout=io.StringIO())
    assert b"".join(evidence_files.content_of(row)) == b"minutes"
    file.write_bytes(file.read_bytes().replace(as_stored, bytes(len(as_stored))))
    with pytest.raises(CommandError, match="checksum"):
        call_command("restore", str(file), "--yes")


def test_what_was_answered_before_comes_back_and_what_came_after_goes(file, submission, bob, version):
    first, second = Question.objects.filter(pillar__version=version)[:2]
    answer(submission, first, 4, bob)
    events = AuditEvent.objects.count()
    assert "sha256:" in backup(file)
    answer(submission, second, 2, bob)
    User.objects.create_user("later@northfield.example")
    call_command("restore", str(file), "--yes", stdout=io.StringIO())
    assert list(Answer.objects.values_list("question", "level")) == [(first.pk, 4)]
    assert not User.objects.filter(email="later@northfield.example").exists()
    assert AuditEvent.objects.count() == events


def test_triggers_come_back_as_well(file, version):
    from django.db import IntegrityError, transaction

    backup(file)
    call_command("restore", str(file), "--yes", stdout=io.StringIO())
    with pytest.raises(IntegrityError), transaction.atomic():
        BankVersion.objects.filter(pk=version.pk).update(title="Another")


def test_without_yes_nothing_changes(file, bob):
    backup(file)
    said = io.StringIO()
    User.objects.create_user("later@northfield.example")
    call_command("restore", str(file), stdout=said)
    assert "Add --yes" in said.getvalue() and User.objects.filter(email="later@northfield.example").exists()


def test_the_file_is_its_owners_alone_and_leaves_nothing_beside_it(file, bob):
    backup(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir() if "backup" in path.name] == [file.name]


@pytest.mark.parametrize("at", [0.3, 0.6, 0.9])
def test_a_damaged_file_changes_nothing(file, bob, at):
    backup(file)
    content = bytearray(file.read_bytes())
    content[int(len(content) * at)] ^= 0xFF
    file.write_bytes(content)
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", str(file), "--yes")
    assert User.objects.filter(pk=bob.pk).exists()


def test_half_a_file_and_another_file_are_refused(file, bob):
    backup(file)
    whole = file.read_bytes()
    for content in (whole[: len(whole) // 2], b"no backup", b""):
        file.write_bytes(content)
        with pytest.raises(CommandError, match="Nothing was changed"):
            call_command("restore", str(file), "--yes")


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("engine", "oracle", "runs on"),
        ("migration", "9999_x", "newer"),
        ("migration", "0020_benchmarks", "Restore it with the last version that has the migration 0038_product_words"),
    ],
)
def test_a_backup_that_this_version_cannot_go_on_from_is_refused(file, bob, name, value, why):
    backup(file)
    with tarfile.open(file) as packed:
        manifest = json.loads(packed.extractfile("manifest.json").read())
        database = file.with_name("database")
        database.write_bytes(packed.extractfile("database").read())
    del manifest["format"]
    archive.write(file, database, archive.Manifest(**{**manifest, name: value}))
    with pytest.raises(CommandError, match=why):
        call_command("restore", str(file), "--yes")


def test_every_answer_acknowledged_before_the_start_is_in_it(file, submission, bob, version):
    """Three threads save without a pause; each backup holds at least what was acknowledged when it began."""
    questions = list(Question.objects.filter(pillar__version=version))
    acknowledged, stop = [], threading.Event()
    Answer.objects.bulk_create(Answer(submission=submission, question=question) for question in questions)

    def save(mine):
        try:
            revisions = dict.fromkeys(mine, 1)
            while not stop.is_set():
                for question in mine:
                    Answer.objects.filter(submission=submission, question=question).update(
                        revision=revisions[question] + 1
                    )
                    revisions[question] += 1
                    acknowledged.append((question.pk, revisions[question]))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=save, args=(questions[start::3],)) for start in range(3)]
    for thread in threads:
        thread.start()
    try:
        taken = []
        for number in range(3):
            while len(acknowledged) < 20 * (number + 1) and all(thread.is_alive() for thread in threads):
                time.sleep(0.01)
            before = dict(sorted(acknowledged))
            path = file.with_suffix(f".{number}")
            backup(path)
            taken.append((path, before))
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert len(acknowledged) >= 60
    for path, before in taken:
        call_command("restore", str(path), "--yes", stdout=io.StringIO())
        kept = dict(Answer.objects.filter(submission=submission).values_list("question", "revision"))
        assert all(kept[question] >= revision for question, revision in before.items())
        assert sum(read_manifest(path).rows.values()) > 0


def test_it_works_on_a_database_of_its_own(tmp_path, ready):
    """The commands as an operator runs them: make, lose, take back."""
    database = tmp_path / "own.sqlite3"
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "LOG_LEVEL": "ERROR", "DEBUG": "off"}

    def manage(*arguments):
        run = subprocess.run(
            [sys.executable, "manage.py", *arguments], env=environment, capture_output=True, text=True, check=True
        )
        return run.stdout

    shutil.copyfile(ready, database)
    file = tmp_path / "own.backup"
    assert "rows of sqlite" in manage("backup", str(file))
    for path in Path(tmp_path).glob("own.sqlite3*"):
        path.unlink()
    assert "are restored" in manage("restore", str(file), "--yes")
    assert "No migrations to apply" in manage("migrate")


@pytest.fixture
def full_disk():
    """No file grows past 100 KB: what a program meets on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_ends_in_one_sentence_and_leaves_nothing(file, full_disk):
    with pytest.raises(CommandError, match=r"^No backup was made: ") as refused:
        backup(file)
    assert refused.value.returncode == 1
    assert "\n" not in str(refused.value).strip()
    assert [left.name for left in file.parent.iterdir() if "backup" in left.name] == []
