"""Who took what away stands in the audit log, or here why not."""

import ast
import itertools
import json
from pathlib import Path

import pytest

from assessments.actions import downloads, exports
from assessments.models import AuditEvent, RoadmapAction
from assessments.operations import build_zip
from tests.actions.test_exports import own_storage, queue, run
from tests.admin.conftest import dana, workshop
from tests.api.test_doors import program
from tests.results.test_changes import played
from tests.security.test_sign_in import PASSWORD
from tests.views.test_portfolio import signed_in

__all__ = ["dana", "own_storage", "queue", "workshop"]

GIVING = {"attachment", "FileResponse", "StreamingHttpResponse"}
# Functions that answer with a file, and where they note it
NOTED = {
    "views/deliver.py:_saved": "here",
    "views/compare.py:_saved": "in both callers",
    "views/roadmap.py:download": "here",
    "views/roadmap.py:tasks": "here",
    "views/threads.py:download": "here",
    "views/exports.py:download": "here",
    "views/evidence.py:register_file": "here",
    "views/evidence.py:download": "here, unless it is one's own",
    "views/privacy.py:copy": "here",
    "api/v1.py:export_file": "here",
    "admin/log.py:export": "here",
}
# Files that leave no row -> why, as docs/security.md says
NOT_NOTED = {
    "views/results.py:chart_file": "one drawing of the page, with no figure that is not on it",
    "admin/transfer.py:export": "a text of the question bank, which everybody shares",
    "admin/transfer.py:export_workbook": "a text of the question bank, which everybody shares",
    "admin/transfer.py:template": "an empty form with an invented example",
    "views/templates.py:_sample": "an invented report on the consultancy's own template",
    "admin/translations.py:export": "a text of the question bank, which everybody shares",
}


def functions_that_give_files():
    """`views/deliver.py:report` for every function of a door that makes an attachment."""
    for path in sorted(
        itertools.chain(*(Path("assessments", room).glob("*.py") for room in ("views", "admin", "api")))
    ):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                called = {
                    each.func.id for each in ast.walk(node) if isinstance(each, ast.Call) and hasattr(each.func, "id")
                }
                if called & GIVING:
                    yield f"{path.parent.name}/{path.name}:{node.name}"


def test_every_file_that_leaves_is_noted_or_says_why_not():
    """A new download: call `downloads.note` and name it above, or say why it leaves no row."""
    assert set(functions_that_give_files()) == set(NOTED) | set(NOT_NOTED)


def noted():
    return list(
        AuditEvent.objects.filter(verb__startswith="taken away").order_by("pk").values_list("verb", "object_id")
    )


@pytest.fixture
def q1(northfield, version, alice):
    return played(northfield, version, alice, "Q1", [2, 3, 4])


@pytest.fixture
def q2(northfield, version, alice):
    return played(northfield, version, alice, "Q2", [3, 3, 4])


@pytest.mark.parametrize("form", ["docx", "xlsx", "csv", "json"])
def test_a_result_that_leaves_is_noted_by_format(q1, alice, form):
    browser = signed_in(alice)
    assert browser.get(f"/assessments/{q1.pk}/result/report.{form}").status_code == 200
    assert noted() == [(f"taken away as {form}", str(q1.pk))]
    assert AuditEvent.objects.get(verb=f"taken away as {form}").actor == alice.actor.pk


def test_a_report_that_leaves_is_noted_and_one_that_cannot_be_made_is_not(q1, alice, monkeypatch):
    from assessments.reports.pdf import worker as pdf_worker
    from assessments.reports.pdf.render import RenderedPdf

    browser = signed_in(alice)
    monkeypatch.setattr(pdf_worker, "_engines", ["WeasyPrint 70"])
    monkeypatch.setattr(pdf_worker, "render_now", busy)
    assert browser.get(f"/assessments/{q1.pk}/report.pdf").status_code == 503
    assert noted() == []
    monkeypatch.setattr(pdf_worker, "render_now", lambda sheet: RenderedPdf(b"%PDF", 1))
    assert browser.get(f"/assessments/{q1.pk}/report.pdf").status_code == 200
    assert noted() == [("taken away as pdf", str(q1.pk))]


def busy(_sheet):
    from assessments.reports.pdf.worker import PdfBusyError

    raise PdfBusyError("busy")


def test_looking_leaves_no_row(q1, alice):
    browser = signed_in(alice)
    before = AuditEvent.objects.count()
    for address in ("result/", "result/charts/profile.csv", "roadmap/", "commentary/"):
        assert browser.get(f"/assessments/{q1.pk}/{address}").status_code == 200, address
    browser.head(f"/assessments/{q1.pk}/result/report.csv")
    assert AuditEvent.objects.count() == before


def test_a_comparison_is_noted_for_each_assessment(q1, q2, alice):
    browser = signed_in(alice)
    assert browser.get(f"/compare.xlsx?rounds={q1.pk}&rounds={q2.pk}").status_code == 200
    assert noted() == [("taken away as comparison xlsx", str(each.pk)) for each in (q1, q2)]


def test_a_roadmap_and_the_order_of_its_actions_are_noted(q1, alice):
    browser = signed_in(alice)
    browser.get(f"/assessments/{q1.pk}/roadmap/roadmap.csv")
    assert noted() == [("taken away as roadmap csv", str(q1.pk))]
    _one, two = (
        RoadmapAction.objects.create(assessment=q1, checksum="x", title=title, horizon="90d", position=place)
        for place, title in enumerate("ab")
    )
    for way in ("up", "up", "down"):
        browser.post(f"/assessments/{q1.pk}/roadmap/{two.pk}/move/{way}")
    moves = AuditEvent.objects.filter(object_id=str(two.pk)).order_by("pk").values_list("verb", flat=True)
    assert list(moves) == ["moved up", "moved down"], "the second time it was first already"


def test_bulk_exports_are_noted_when_they_are_fetched(q1, alice, queue):
    made = exports.ask(assessments=[q1], types=["csv"], language="en", by=alice)
    exports.resume(export=made)
    run(queue)
    build_zip.run_due()
    signed_in(alice).get(f"/exports/{made.pk}/reports.zip")
    assert program(alice).get(f"/api/v1/exports/{made.pk}/reports.zip").status_code == 200
    assert noted() == [(f"taken away {way}", str(made.pk)) for way in ("as zip", "by token as zip")]


def test_a_program_that_takes_a_result_is_noted(q1, alice):
    answer = program(alice).get(f"/api/v1/rounds/{q1.pk}/result")
    assert json.loads(answer.content)
    assert noted() == [("taken away by token as json", str(q1.pk))]


def test_ones_own_copy_is_noted(alice):
    alice.set_password(PASSWORD)
    alice.save()
    browser = signed_in(alice)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert browser.post("/account/data/copy")["Content-Disposition"].startswith("attachment")
    assert noted() == [("taken away as copy", str(alice.pk))]


def test_the_audit_log_notes_who_took_it_away(workshop, dana):
    assert workshop.get("/admin/assessments/auditevent/export.csv").status_code == 200
    assert noted() == [("taken away as audit log csv", str(dana.pk))]


def test_a_verb_has_room_for_every_format(q1, alice):
    for form in ("comparison xlsx", "audit log csv", "roadmap csv"):
        downloads.note(what=[q1], form=form, by=alice, with_token=True)
    AuditEvent.objects.order_by("-pk")[0].full_clean(exclude=["hash", "actor"])
