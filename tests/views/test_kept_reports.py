"""A report that was made once: served from the storage to whoever sees the very same, and to nobody else."""

import datetime
import hashlib
import io
import threading
from functools import partial

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from pypdf import PdfReader

from assessments.actions import kept_reports
from assessments.models import Answer, Assessment, Commentary, KeptReport, Organisation, User
from assessments.privacy import erasing, leaving
from assessments.reports.pdf import kept, worker as pdf_worker
from assessments.reports.pdf.render import RenderedPdf
from assessments.reports.pdf.report import render_pdf
from tests.reports.examples import report
from tests.views.test_results import answered, finished

COMMENT = "The bridge was late."


@pytest.fixture
def result(assessment, alice, bob):
    answered(assessment, 5)
    Answer.objects.filter(submission__participant__assessment=assessment).update(comment=COMMENT)
    finished(assessment, alice)
    return f"/assessments/{assessment.pk}/report.pdf"


@pytest.fixture
def rendered(monkeypatch):
    """What went to the renderer: here it says of a sheet only which one it is."""
    sheets = []

    def render_now(sheet, **limit):
        sheets.append(sheet)
        return RenderedPdf(b"%PDF" + hashlib.sha256(sheet.html.encode()).digest(), 18)

    monkeypatch.setattr(pdf_worker, "render_now", render_now)
    monkeypatch.setattr(pdf_worker, "_engines", ["WeasyPrint 70"])
    return sheets


@pytest.fixture(autouse=True)
def committed(monkeypatch):
    """A test's own transaction is never committed."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda then, using=None, robust=False: then())
    monkeypatch.setattr(kept_reports.transaction, "on_commit", lambda then, robust=False: then())


def fetched(client, user, address, **ask):
    client.force_login(user)
    response = client.get(address, **ask)
    assert response.status_code == 200
    return response


def files():
    return default_storage.listdir("reports")[1] if default_storage.exists("reports") else []


@pytest.fixture(autouse=True)
def empty_shelf(own_media):
    for name in files():
        default_storage.delete(f"reports/{name}")


def test_the_second_comes_from_the_storage(result, alice, client, rendered):
    first, second = (fetched(client, alice, result) for _time in range(2))
    assert first.content == second.content
    assert first["Report-Ready"] == second["Report-Ready"]
    assert (len(rendered), KeptReport.objects.count(), len(files())) == (1, 1, 1)


@pytest.fixture
def without_hurry(monkeypatch):
    """Real reports, however busy the machine is."""
    monkeypatch.setattr(pdf_worker, "render_now", partial(pdf_worker.render_now, limit=300))


def test_what_is_kept_is_what_would_be_made_now(db, assessment, without_hurry):
    made, shelf = report(), kept_reports.Shelf(assessment)
    first, second = (
        kept.kept_report(made, shelf=shelf, again=report, wait=30, person="alice").pdf for _time in range(2)
    )
    assert first == second == render_pdf(made)
    assert KeptReport.objects.count() == 1


def test_it_is_served_where_nothing_can_be_made(result, alice, client, rendered, monkeypatch):
    first = fetched(client, alice, result)
    monkeypatch.setattr(pdf_worker, "render_now", lambda sheet: pytest.fail("made again"))
    monkeypatch.setattr(pdf_worker, "one_at_a_time", lambda *how, **more: pytest.fail("waited for a turn"))
    assert fetched(client, alice, result).content == first.content


def test_whoever_sees_less_gets_another_file(result, alice, bob, client, rendered):
    hers, his = fetched(client, alice, result), fetched(client, bob, result)
    assert hers.content != his.content
    assert [COMMENT in sheet.html for sheet in rendered] == [True, False]
    assert fetched(client, bob, result).content == his.content
    assert len(rendered) == 2


def test_a_real_report_of_a_participant_has_none_of_the_leads_comments(result, alice, bob, client, without_hurry):
    for user, there in ((alice, True), (bob, False), (alice, True), (bob, False)):
        pdf = PdfReader(io.BytesIO(fetched(client, user, result).content))
        assert (COMMENT in "".join(page.extract_text() for page in pdf.pages)) is there


def test_paper_and_language_are_reports_of_their_own(result, alice, client, rendered):
    contents = {
        fetched(client, alice, result + ask, headers={"accept-language": language}).content
        for ask in ("", "?paper=Letter")
        for language in ("en", "de")
        for _time in range(2)
    }
    assert len(contents) >= 3
    assert len(rendered) == len(contents)


def test_access_is_asked_for_anew(result, assessment, alice, bob, charlie, client, rendered):
    fetched(client, bob, result)
    client.force_login(charlie)
    assert client.get(result).status_code == 404
    Assessment.objects.filter(pk=assessment.pk).update(state=Assessment.State.CLOSED)
    client.force_login(bob)
    assert client.get(result).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        lambda a: Commentary.objects.create(assessment=a, text="Said since.", checksum=a.results.get().checksum),
        lambda a: Organisation.objects.filter(pk=a.organisation_id).update(name="Southfield"),
        lambda a: Assessment.objects.filter(pk=a.pk).update(name="Another name"),
        lambda a: Answer.objects.filter(submission__participant__assessment=a).update(comment="Something else."),
        lambda a: Assessment.objects.filter(pk=a.pk).update(confidentiality="named"),
    ],
    ids=["commentary", "organisation", "name", "comments", "limits"],
)
def test_whatever_the_report_says_is_in_the_key(change, result, assessment, alice, client, rendered):
    before = fetched(client, alice, result).content
    change(assessment)
    assert fetched(client, alice, result).content != before
    assert len(rendered) == 2


def test_a_release_of_the_engine_makes_it_anew(result, alice, client, rendered, monkeypatch):
    before = fetched(client, alice, result).content
    monkeypatch.setattr(pdf_worker, "_engines", ["WeasyPrint 71"])
    assert fetched(client, alice, result).content != before


# What ends it


def test_erasing_somebody_deletes_the_reports_of_where_they_were(result, alice, client, rendered):
    fetched(client, alice, result)
    erasing.erase(user=User.objects.get(email="p1@northfield.example"))
    assert (KeptReport.objects.count(), files()) == (0, [])


def test_what_was_made_while_somebody_was_erased_is_not_kept(result, alice, client, rendered, monkeypatch):
    render_now = pdf_worker.render_now

    def erased_meanwhile(sheet):
        Answer.objects.all().update(comment="")
        return render_now(sheet)

    monkeypatch.setattr(pdf_worker, "render_now", erased_meanwhile)
    assert fetched(client, alice, result).content
    assert (KeptReport.objects.count(), files()) == (0, [])


def test_what_was_made_while_access_ended_is_neither_kept_nor_given(
    result, assessment, bob, client, rendered, monkeypatch
):
    render_now = pdf_worker.render_now

    def closed_meanwhile(sheet):
        Assessment.objects.filter(pk=assessment.pk).update(state=Assessment.State.CLOSED)
        return render_now(sheet)

    monkeypatch.setattr(pdf_worker, "render_now", closed_meanwhile)
    client.force_login(bob)
    assert client.get(result).status_code == 404
    assert (KeptReport.objects.count(), files()) == (0, [])


@pytest.mark.parametrize(
    "leave", [lambda o, by: leaving.delete(organisation=o, by=by), lambda o, by: leaving.purge(organisation=o)]
)
def test_an_organisation_that_leaves_takes_its_reports_along(leave, result, assessment, alice, client, rendered):
    fetched(client, alice, result)
    leave(assessment.organisation, alice)
    assert (KeptReport.objects.count(), files()) == (0, [])


def test_a_result_that_goes_takes_its_reports_along(assessment, alice, bob, client, rendered):
    answered(assessment, 3)
    finished(assessment, alice)
    fetched(client, alice, f"/assessments/{assessment.pk}/report.pdf")
    erasing.erase(user=User.objects.get(email="p1@northfield.example"))
    assert Assessment.objects.get(pk=assessment.pk).is_open
    assert (KeptReport.objects.count(), files()) == (0, [])


def test_after_a_week_it_is_gone(result, alice, client, rendered):
    fetched(client, alice, result)
    call_command("run_due")
    assert KeptReport.objects.count() == 1
    KeptReport.objects.update(kept_at=timezone.now() - datetime.timedelta(days=7, minutes=1))
    call_command("run_due")
    assert (KeptReport.objects.count(), files()) == (0, [])


def test_the_oldest_go_where_they_are_too_much_together(result, alice, client, rendered, settings):
    fetched(client, alice, result)
    fetched(client, alice, result + "?paper=Letter")
    newest = KeptReport.objects.order_by("-kept_at").first()
    KeptReport.objects.update(size=600_000)
    settings.KEPT_REPORTS_MB = 1
    kept_reports.run_due()
    assert list(KeptReport.objects.all()) == [newest]
    assert [f"reports/{name}" for name in files()] == [newest.file]


def test_a_file_without_a_row_is_swept_up_once_it_is_old(db, monkeypatch):
    default_storage.save("reports/left.pdf", ContentFile(b"x"))
    kept_reports.run_due()
    assert files() == ["left.pdf"], "its row may be on its way"
    monkeypatch.setattr(kept_reports, "ON_ITS_WAY", datetime.timedelta(seconds=-1))
    kept_reports.run_due()
    assert files() == []


def test_none_is_kept_where_the_operator_wants_none(result, alice, client, rendered, settings):
    settings.KEPT_REPORTS_MB = 0
    assert fetched(client, alice, result).content == fetched(client, alice, result).content
    assert (len(rendered), KeptReport.objects.count(), files()) == (2, 0, [])


# What fails


def test_a_file_that_is_gone_or_damaged_is_made_again(result, alice, client, rendered):
    first = fetched(client, alice, result)
    row = KeptReport.objects.get()
    default_storage.delete(row.file)
    assert fetched(client, alice, result).content == first.content
    row.refresh_from_db()
    with default_storage.open(row.file, "r+b") as file:
        file.seek(-3, io.SEEK_END)
        file.write(b"xyz")
    assert fetched(client, alice, result).content == first.content
    assert len(rendered) == 3


def test_a_storage_that_cannot_be_written_keeps_nobody_from_a_report(result, alice, client, rendered, monkeypatch):
    def full(*args, **kwargs):
        raise OSError("No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.save", full)
    assert fetched(client, alice, result).content.startswith(b"%PDF")
    assert KeptReport.objects.count() == 0


# Many at once


class InMemory(dict):
    put, drop = dict.__setitem__, dict.pop


def test_two_who_ask_at_once_have_it_made_once(rendered, monkeypatch):
    render_now, began, shelf, found = pdf_worker.render_now, threading.Event(), InMemory(), []

    def slow(sheet):
        began.set()
        threading.Event().wait(0.3)
        return render_now(sheet)

    monkeypatch.setattr(pdf_worker, "render_now", slow)

    def ask(person):
        found.append(kept.kept_report(report(), shelf=shelf, again=report, wait=20, person=person).pdf)

    threads = [threading.Thread(target=ask, args=[name]) for name in ("alice", "bob")]
    threads[0].start()
    assert began.wait(30)
    threads[1].start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 2 and len(set(found)) == 1
    assert len(rendered) == 1


def test_a_second_one_of_the_same_person_is_told_when_to_come_back(result, alice, client, rendered):
    client.force_login(alice)
    with pdf_worker.one_at_a_time(1, person=str(alice.pk)):
        response = client.get(result)
    assert (response.status_code, response["Retry-After"], response["Refresh"]) == (429, "2", "2")
    assert "is still being created" in response.content.decode()
