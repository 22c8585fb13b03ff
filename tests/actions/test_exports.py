"""Many reports in one file: every task can run twice and in any order, and dies without harm."""

import io
import zipfile
from datetime import timedelta
from itertools import permutations

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from assessments import tasks
from assessments.actions import exports
from assessments.models import Export, ExportFile, Membership
from assessments.operations import build_zip
from tests.results.test_changes import played

TYPES = ("csv", "json")


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def queue(monkeypatch):
    """What would wait for a worker: (task, argument)."""
    waiting = []

    class Queued:
        def __init__(self, name):
            self.name = name

        def enqueue(self, pk):
            waiting.append((self.name, pk))

    monkeypatch.setattr(exports, "import_string", lambda path: Queued(path.rpartition(".")[2]))
    return waiting


@pytest.fixture
def two(northfield, version, alice):
    return [played(northfield, version, alice, name, [2], people=1) for name in ("Q1", "Q2")]


@pytest.fixture
def export(two, alice, queue, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return exports.ask(assessments=two, types=TYPES, language="en", by=alice)


def run(queue):
    while queue:
        name, pk = queue.pop(0)
        getattr(tasks, name).func(pk)


def names_in(export):
    with zipfile.ZipFile(io.BytesIO(default_storage.open(export.file.name).read())) as archive:
        assert archive.testzip() is None
        return sorted(archive.namelist())


ALL = [f"northfield/northfield-{name}.{kind}" for name in ("q1", "q2") for kind in TYPES]


def test_one_task_a_file_and_then_the_archive(export, queue):
    assert [name for name, _pk in queue] == ["make_export_file"] * 4
    run(queue)
    export.refresh_from_db()
    assert (export.state, names_in(export)) == ("ready", ALL)
    assert export.size == default_storage.size(export.file.name)
    assert default_storage.listdir(export.folder)[1] == [export.file.name.rpartition("/")[2]]


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_tasks_run_twice_and_in_any_order(export, queue, order):
    for _time in range(2):
        for place in order:
            tasks.make_export_file.func(export.files.all()[place].pk)
            tasks.pack_export.func(str(export.pk))
    run(queue)
    run([("pack_export", str(export.pk))] * 2)
    export.refresh_from_db()
    assert names_in(export) == ALL
    assert len(default_storage.listdir(export.folder)[1]) == 1


def test_two_workers_at_one_file_keep_it_once(export, queue):
    file = exports.begin(pk=export.files.first().pk)
    for _worker in range(2):
        exports.store(file=file, content=b"made")
    assert len(default_storage.listdir(export.folder)[1]) == 1


def test_a_worker_that_died_is_noticed_and_its_report_made(export, queue):
    (_name, died), *rest = list(queue)
    exports.begin(pk=died)
    queue[:] = rest
    run(queue)
    assert build_zip.run_due() == 0  # it may still be at work
    Export.objects.update(moved_at=timezone.now() - timedelta(minutes=2))
    assert build_zip.run_due() == 1
    assert queue == [("make_export_file", died)]
    run(queue)
    export.refresh_from_db()
    assert names_in(export) == ALL


def test_a_worker_that_died_while_packing_is_noticed(export, queue):
    run([entry for entry in queue if entry[0] == "make_export_file"])
    Export.objects.update(state="packing")
    run([("pack_export", str(export.pk))])
    assert not Export.objects.get().file
    Export.objects.update(moved_at=timezone.now() - timedelta(minutes=2))
    queue.clear()
    build_zip.run_due()
    Export.objects.update(moved_at=timezone.now() - timedelta(minutes=2))
    run(queue)
    assert names_in(Export.objects.get()) == ALL


def test_a_report_that_kills_every_worker_is_given_up(export, queue):
    deadly = queue[0][1]
    for _time in range(3):
        assert exports.begin(pk=deadly)
    run(queue)
    failed = ExportFile.objects.get(pk=deadly)
    assert (failed.state, failed.failure_type) == ("failed", "stopped")
    export.refresh_from_db()
    assert len(names_in(export)) == 3


def test_a_damaged_file_is_made_again(export, queue, own_storage):
    for entry in queue[:4]:
        run([entry])
    broken = export.files.first()
    (own_storage / broken.file.name).write_bytes(b"half a rep")
    run(queue)
    export.refresh_from_db()
    assert names_in(export) == ALL


def test_a_door_that_closes_meanwhile_stays_closed(export, queue, alice):
    Membership.objects.filter(user=alice).delete()
    run(queue)
    export.refresh_from_db()
    assert set(export.files.values_list("state", "failure_type")) == {("failed", "closed")}
    assert (export.state, export.file.name) == ("empty", "")


def test_one_report_that_fails_keeps_none_of_the_others_from_being_made(export, queue, monkeypatch):
    made = tasks._content
    bad = export.files.first()

    def content(file):
        if file.pk == bad.pk:
            raise ValueError
        return made(file)

    monkeypatch.setattr(tasks, "_content", content)
    run(queue)
    export.refresh_from_db()
    assert (names_in(export), export.files.get(pk=bad.pk).failure_type) == (ALL[1:], "broken")


def test_assessments_of_one_name_lie_beside_each_other(northfield, version, alice, queue):
    assessments = [played(northfield, version, alice, "Q1", [2], people=1) for _ in range(3)]
    export = exports.ask(assessments=[*assessments, assessments[0]], types=["csv", "csv"], language="en", by=alice)
    exports.resume(export=export)
    run(queue)
    export.refresh_from_db()
    assert names_in(export) == sorted(f"northfield/northfield-q1{end}.csv" for end in ("", "-2", "-3"))


def test_what_expired_is_gone_with_its_files(export, queue, own_storage):
    run(queue)
    Export.objects.update(expires_at=timezone.now())
    build_zip.run_due()
    assert not Export.objects.exists()
    assert list(own_storage.rglob("*.*")) == []


def test_a_client_that_leaves_takes_the_archive_along(export, queue, northfield, own_storage):
    run(queue)
    northfield.delete()
    build_zip.run_due()
    assert (Export.objects.count(), list(own_storage.rglob("*.*"))) == (0, [])


def test_nothing_stays_of_a_person_who_goes(export, queue, alice, own_storage):
    run(queue)
    alice.delete()
    build_zip.run_due()
    assert list(own_storage.rglob("*.*")) == []
