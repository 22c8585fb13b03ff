"""A storage that cannot be written: an export waits and goes on by itself, and a hand-over that arrives says so."""

import errno
from datetime import timedelta
from unittest import mock

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from assessments import tasks
from assessments.models import Export, ExportFile
from assessments.operations import build_zip
from tests.actions.test_exports import ALL, export, names_in, own_storage, queue, run, two  # noqa: F401 - fixtures
from tests.admin.conftest import dana, workshop  # noqa: F401 - fixtures
from tests.mailbox import browser_of

SAVE = "django.core.files.storage.FileSystemStorage._save"
TROUBLES = [
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EROFS, "Read-only file system"),
    PermissionError(errno.EACCES, "Permission denied"),
    RuntimeError("what an object store raises"),
]


def unwritable(problem=TROUBLES[0]):
    return mock.patch(SAVE, side_effect=problem)


def two_minutes_pass():
    Export.objects.update(moved_at=timezone.now() - timedelta(minutes=2))
    build_zip.run_due()


@pytest.mark.parametrize("problem", TROUBLES, ids=repr)
def test_an_export_waits_for_an_hour_and_is_made_by_itself(export, queue, problem):  # noqa: F811
    with unwritable(problem):
        run(queue)
        for _time in range(30):
            two_minutes_pass()
            run(queue)
    assert set(export.files.values_list("state", flat=True)) == {"waiting"}
    two_minutes_pass()
    run(queue)
    export.refresh_from_db()
    assert (export.state, export.waits_for_storage, names_in(export)) == ("ready", False, ALL)


def test_meanwhile_no_report_is_set_in_vain(export, queue, monkeypatch):  # noqa: F811
    made, reports = tasks._content, []
    monkeypatch.setattr(tasks, "_content", lambda file: reports.append(file) or made(file))
    with unwritable():
        for _time in range(10):
            run(queue)
            two_minutes_pass()
    assert len(reports) == 1


def test_an_archive_that_cannot_be_stored_waits_as_well(export, queue):  # noqa: F811
    run([entry for entry in queue if entry[0] == "make_export_file"])
    with unwritable():
        run(queue)
        run([("pack_export", str(export.pk))])
    export.refresh_from_db()
    assert (export.state, export.waits_for_storage) == ("making", True)
    two_minutes_pass()
    run(queue)
    export.refresh_from_db()
    assert (export.state, export.waits_for_storage, names_in(export)) == ("ready", False, ALL)


def test_the_room_for_temporary_files_is_waited_for_too(export, queue):  # noqa: F811
    run([entry for entry in queue if entry[0] == "make_export_file"])
    with mock.patch("assessments.operations.build_zip.tempfile.TemporaryFile", side_effect=TROUBLES[0]):
        run([("pack_export", str(export.pk))])
    assert Export.objects.get().waits_for_storage


def test_a_worker_that_died_while_packing_is_taken_over_at_the_first_try(export, queue):  # noqa: F811
    run([entry for entry in queue if entry[0] == "make_export_file"])
    Export.objects.update(state="packing")
    queue.clear()
    two_minutes_pass()
    run(queue)
    assert Export.objects.get().state == "ready"


def test_its_page_says_what_it_waits_for(export, queue, alice):  # noqa: F811
    with unwritable():
        run(queue)
    page = browser_of(alice).get(f"/exports/{export.pk}/").content.decode()
    assert "There is no storage space at the moment" in page
    assert "continues as soon as there is" in page
    two_minutes_pass()
    run(queue)
    assert "no room to store it" not in browser_of(alice).get(f"/exports/{export.pk}/").content.decode()


def test_half_a_file_is_not_left_behind(export, queue):  # noqa: F811
    def half(self, name, content):
        place = default_storage.path(name)
        default_storage.delete(name)
        mock_open(place)
        raise TROUBLES[0]

    def mock_open(place):
        import pathlib

        pathlib.Path(place).parent.mkdir(parents=True, exist_ok=True)
        pathlib.Path(place).write_bytes(b"half")

    with mock.patch(SAVE, half):
        run(queue)
    assert default_storage.listdir(export.folder)[1] == []


def test_one_report_that_cannot_be_made_still_fails_for_good(export, queue, monkeypatch):  # noqa: F811
    monkeypatch.setattr(tasks, "_content", mock.Mock(side_effect=ValueError))
    run(queue)
    assert set(ExportFile.objects.values_list("failure_type", flat=True)) == {"broken"}


@pytest.mark.parametrize("problem", TROUBLES, ids=repr)
def test_taking_in_a_client_says_that_the_file_could_not_be_kept(workshop, problem):  # noqa: F811
    with unwritable(problem):
        sent = {"file": SimpleUploadedFile("northfield.zip", b"PK"), "key": ""}
        page = workshop.post("/admin/assessments/organisation/arrival/", sent)
    assert page.status_code == 503
    assert "The file cannot be stored at the moment, so nothing was imported" in page.content.decode()
