"""The worker survives a database that is locked longer than its patience."""

import contextlib
import os
import sqlite3
import subprocess
import sys
import time

import pytest
from django.db import OperationalError
from django_tasks_db.management.commands import db_worker as library
from django_tasks_db.models import DBTaskResult

from assessments.management.commands import db_worker
from assessments.tasks import send_email


def worker(**options):
    how = {"queue_names": ["default"], "interval": 0, "batch": False, "backend_name": "default", "max_tasks": 1}
    rest = {"startup_delay": False, "worker_id": "w", "excluded_queue_names": []}
    return db_worker.PatientWorker(**{**how, **rest, **options})


@pytest.fixture
def locked(monkeypatch, settings):
    """The database is locked for two attempts; returns the pauses made."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    pauses, attempts, real = [], [], library.exclusive_transaction

    @contextlib.contextmanager
    def exclusive(using):
        attempts.append(using)
        if len(attempts) <= 2:
            raise OperationalError("database is locked")
        with real(using):
            yield

    monkeypatch.setattr(library, "exclusive_transaction", exclusive)
    monkeypatch.setattr(db_worker.time, "sleep", pauses.append)
    monkeypatch.setattr(db_worker.connections, "close_all", lambda: None)
    return pauses


@pytest.mark.django_db(transaction=True)
def test_a_locked_database_is_waited_for(locked, caplog):
    send_email.enqueue(pk=0)
    worker(max_tasks=1).run()
    assert DBTaskResult.objects.get().finished_at is not None
    assert [pause for pause in locked if pause] == [1, 2]
    assert caplog.text.count("database is locked") == 2


@pytest.mark.django_db(transaction=True)
def test_a_batch_ends(locked):
    with pytest.raises(OperationalError):
        worker(batch=True).run()


@pytest.mark.long
def test_the_command_outlives_a_lock(tmp_path):
    file = tmp_path / "site.sqlite3"
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{file}"}
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "django_tasks_database", "-v", "0"], env=env, check=True)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with subprocess.Popen([*manage, "db_worker", "-v", "0"], env=env, stderr=subprocess.PIPE, text=True) as process:
        try:
            line = process.stderr.readline()
            while "cannot be used" not in line and line:
                line = process.stderr.readline()
            assert "locked" in line
            other.execute("COMMIT")
            time.sleep(3)
            assert process.poll() is None
        finally:
            process.terminate()
