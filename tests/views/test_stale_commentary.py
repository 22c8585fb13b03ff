"""Commentary on an earlier result: every download that contains it asks first, one by one and in exports."""

import html

import pytest

from assessments.models import Commentary, Export
from tests.mailbox import browser_of
from tests.views.test_results import finished

FORMS = ("result/report.pptx", "result/report.docx", "result/report.xlsx", "result/report.csv", "result/report.json")


@pytest.fixture
def closed(assessment, alice):
    finished(assessment, alice)
    return assessment


@pytest.fixture
def stale(closed):
    return Commentary.objects.create(assessment=closed, pillar="vision", text="Of old.", checksum="older")


def at(assessment, path):
    return f"/assessments/{assessment.pk}/{path}"


@pytest.mark.parametrize("path", ["report.pdf", "report.pdf?brief=1", *FORMS, "result/report.pptx?slides=4:3"])
def test_a_download_asks_and_names_what_is_outdated(closed, stale, alice, path):
    answer = browser_of(alice).get(at(closed, path))
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "about an earlier result" in page
    assert "Vision</li>" in page
    assert "Update commentary" in page
    assert f"{at(closed, path)}{'&' if '?' in path else '?'}stale=1".replace(":", "%3A") in page


def test_a_reader_is_asked_too_and_not_sent_to_where_they_may_not_write(closed, stale, bob):
    answer = browser_of(bob).get(at(closed, "result/report.csv"))
    assert answer.status_code == 409
    assert b"Update commentary" not in answer.content


@pytest.mark.parametrize("path", FORMS)
def test_whoever_wants_it_so_gets_the_file(closed, stale, alice, path):
    answer = browser_of(alice).get(f"{at(closed, path)}?stale=1")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]


def test_commentary_on_this_result_asks_nothing(closed, stale, alice):
    Commentary.objects.update(checksum=closed.results.get().checksum)
    assert browser_of(alice).get(at(closed, "result/report.csv")).status_code == 200
    Commentary.objects.update(checksum="older", text="")
    assert browser_of(alice).get(at(closed, "result/report.csv")).status_code == 200


def test_an_export_asks_in_its_form(closed, stale, alice):
    browser = browser_of(alice)
    page = html.unescape(browser.get(f"/exports/new/?rounds={closed.pk}").content.decode())
    assert "Commentary written for an earlier result: Northfield, Q4." in page
    sent = {"rounds": closed.pk, "types": ["csv"], "make": "1"}
    refused = browser.post("/exports/new/", sent)
    assert refused.status_code == 400
    assert "Confirm that outdated commentary is included" in html.unescape(refused.content.decode())
    assert not Export.objects.exists()
    assert browser.post("/exports/new/", {**sent, "stale": "on"}).status_code == 302
    assert Export.objects.count() == 1


def test_an_export_without_outdated_commentary_asks_nothing(closed, alice):
    browser = browser_of(alice)
    assert b"outdated commentary" not in browser.get(f"/exports/new/?rounds={closed.pk}").content
    assert browser.post("/exports/new/", {"rounds": closed.pk, "types": ["csv"], "make": "1"}).status_code == 302
