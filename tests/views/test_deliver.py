"""The report in every format: what it is, what it is called, and what is said when it cannot be made now."""

import io
import time
from urllib.parse import unquote

import pytest
from pypdf import PdfReader

from assessments.reports import files
from assessments.reports.pdf.worker import PdfBusyError, PdfTooSlowError
from assessments.wording import numbers
from tests.views.test_results import answered, finished

STARTS = {"docx": b"PK", "xlsx": b"PK", "csv": b"\xef\xbb\xbf", "json": b"{"}


@pytest.fixture
def address(assessment, alice, client):
    answered(assessment, 3)
    client.force_login(alice)
    return finished(assessment, alice)


@pytest.mark.parametrize(("form", "start"), STARTS.items())
def test_each_format_is_a_file_of_that_kind(form, start, address, client):
    response = client.get(f"{address}report.{form}")
    assert response.status_code == 200
    assert response.content.startswith(start)
    assert response["Content-Disposition"] == f'attachment; filename="northfield-q4.{form}"'


def made(client, address):
    """The report, as a browser gets it: one that another process on this machine is making comes first."""
    for _attempt in range(20):
        response = client.get(address)
        if response.status_code != 503:
            break
        time.sleep(float(response["Retry-After"]))
    return response


def test_report_says_how_long_and_large_it_is(address, client, assessment):
    response = made(client, f"/assessments/{assessment.pk}/report.pdf")
    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"] == 'attachment; filename="northfield-q4.pdf"'
    said = unquote(response["Report-Ready"])
    assert said.startswith("Report ready (1")
    assert said.endswith(f"pages, {round(len(response.content) / 1000)} KB)")


def test_letter_paper_is_another_report(address, client, assessment):
    papers = [made(client, f"/assessments/{assessment.pk}/report.pdf{ask}").content for ask in ("", "?paper=Letter")]
    widths = [float(PdfReader(io.BytesIO(paper)).pages[0].mediabox.width) for paper in papers]
    assert widths == [pytest.approx(595.3, abs=0.5), pytest.approx(612, abs=0.5)]


def failing(problem):
    def kept_report(report, **how):
        raise problem

    return kept_report


def test_who_comes_second_is_asked_to_wait(address, client, assessment, monkeypatch):
    monkeypatch.setattr("assessments.reports.pdf.kept.kept_report", failing(PdfBusyError("Another is being made.")))
    response = client.get(f"/assessments/{assessment.pk}/report.pdf")
    assert (response.status_code, response["Retry-After"], response["Refresh"]) == (503, "2", "2")
    assert b"Another is being made." in response.content


def test_a_report_that_takes_too_long_says_so_and_does_not_ask_again(address, client, assessment, monkeypatch):
    monkeypatch.setattr("assessments.reports.pdf.kept.kept_report", failing(PdfTooSlowError("It took too long.")))
    response = client.get(f"/assessments/{assessment.pk}/report.pdf")
    assert response.status_code == 503
    assert "Retry-After" not in response
    assert b"It took too long." in response.content


def test_other_formats_and_foreign_assessments_are_not_found(address, client, charlie):
    assert client.get(f"{address}report.exe").status_code == 404
    client.force_login(charlie)
    assert client.get(f"{address}report.docx").status_code == 404


def test_the_page_offers_every_format(address, client, assessment):
    page = client.get(address).content.decode()
    for form in STARTS:
        assert f'href="{address}report.{form}"' in page
    assert f'href="/assessments/{assessment.pk}/report.pdf?paper=Letter"' in page


def test_the_brief_is_both_sides_of_a_sheet(address, client, assessment):
    response = made(client, f"/assessments/{assessment.pk}/report.pdf?brief=1")
    assert len(PdfReader(io.BytesIO(response.content)).pages) == 2
    assert response["Content-Disposition"] == 'attachment; filename="northfield-q4-brief.pdf"'


def test_the_picker_says_what_each_format_is_for_and_how_long_it_takes(address, client):
    page = " ".join(client.get(address).content.decode().split())
    for each in files.formats()[1:]:
        assert f'{each.name}</a> <span class="muted">{each.about}</span>' in page
    assert "To edit and to quote from; about 1 second" in page


def test_every_format_says_how_large_it_is(address, client):
    for form in files.FORMS:
        response = client.get(f"{address}report.{form}")
        assert unquote(response["Report-Ready"]) == f"Ready ({numbers.file_size(len(response.content))})"
