"""The real worker is killed in the middle of reports: the export is finished all the same, whole and without doubles."""

import io
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from assessments.actions import exports, organisations
from assessments.models import BankVersion, Export, ExportFile, User
from assessments.operations import build_zip
from tests.journeys.site import looking_at
from tests.results.test_changes import played

PATIENCE = 300


class Worker:
    """A `db_worker` as `make demo` runs it, which can be killed."""

    def __init__(self, database, media):
        self.environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{database}",
            "MEDIA_ROOT": str(media),
            "HTTPS": "off",
            "DEMO": "off",
            "LOG_LEVEL": "ERROR",
        }

    def start(self):
        command = [sys.executable, "-W", "ignore", "manage.py", "db_worker", "-v", "0", "--interval", "0.1"]
        self.process = subprocess.Popen(command, env=self.environment, start_new_session=True)

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def stage(tmp_path, ready, settings, transactional_db):
    """A database and a storage of its own, with a queue that is really one."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    database = tmp_path / "export.sqlite3"
    shutil.copyfile(ready, database)
    with looking_at(database):
        worker = Worker(database, tmp_path / "media")
        yield worker
        worker.kill()


def asked(assessments, types):
    alice = User.objects.create_user("alice@northfield.example", name="Alice")
    version = BankVersion.objects.get()
    made = []
    for number in range(assessments):
        client = organisations.create(name=f"Client {number:03}", by=alice)
        made.append(played(client, version, alice, "Q1", [1 + number % 5], people=1))
    return exports.ask(assessments=made, types=types, language="en", by=alice)


def wait_for(what):
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until, list(ExportFile.objects.values_list("state", "tries", "failure_type"))
        time.sleep(0.02)


def decided():
    return ExportFile.objects.exclude(state="waiting").count()


def resume():
    """The schedule's turn, two minutes later."""
    Export.objects.update(moved_at=timezone.now() - timedelta(minutes=2))
    build_zip.run_due()


@pytest.mark.long
@pytest.mark.parametrize(("assessments", "kills"), [(100, (40,)), (12, (2, 5, 8, 11))])
def test_a_worker_killed_in_the_middle_of_reports(stage, assessments, kills):
    export = asked(assessments, ["pdf", "xlsx"])
    stage.start()
    chance = random.Random(7)
    for count in kills:
        wait_for(lambda count=count: decided() >= 2 * count)
        time.sleep(chance.random() / 2)
        stage.kill()
        stage.start()
        resume()
    wait_for(lambda: Export.objects.get().state != "making")
    wait_for(lambda: not Export.objects.get().is_unfinished)
    export.refresh_from_db()
    assert Counter(export.files.values_list("state", flat=True)) == {"made": 2 * assessments}
    with zipfile.ZipFile(io.BytesIO(default_storage.open(export.file.name).read())) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names)) == 2 * assessments
        assert len({archive.read(name) for name in names}) == 2 * assessments
        assert all(archive.read(name).startswith(b"%PDF" if name.endswith("pdf") else b"PK") for name in names)
    wait_for(lambda: default_storage.listdir(export.folder)[1] == [export.file.name.rpartition("/")[2]])
