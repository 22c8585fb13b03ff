"""The file itself: tagged, embedded, the same every time, and closed to the outside."""

from io import BytesIO

import page as pdfua
import pytest
from pypdf import PdfReader

from assessments.pages.threads import PrintedThread
from assessments.reports.pdf.report import render_pdf
from tests.reports.examples import report, unanswered

LONG = "A sentence of a long comment that goes on. " * 230  # 10,000 characters
HOSTILE = "<script>alert(1)</script><img src='http://evil.example/x'>"


@pytest.fixture(scope="module")
def printed():
    return render_pdf(report())


@pytest.fixture(scope="module")
def reader(printed):
    return PdfReader(BytesIO(printed))


def texts(data):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def links(data):
    """Where its links lead."""
    notes = [note.get_object() for page in PdfReader(BytesIO(data)).pages for note in page.get("/Annots", [])]
    return {note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})}


def test_report_is_tagged_and_passes_pdf_ua(printed):
    assert pdfua.validate_pdf_bytes(printed, profile="ua1").failures == []


def test_checker_notices_an_untagged_file():
    from weasyprint import HTML

    untagged = HTML(string="<html lang='en'><title>x</title><p>x</p></html>").write_pdf()
    assert pdfua.validate_pdf_bytes(untagged, profile="ua1").failures


def test_fifteen_pages_stay_under_400_kb(printed, reader):
    assert 13 <= len(reader.pages) <= 16
    assert len(printed) < 400_000


def test_every_typeface_is_embedded(reader):
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_pages_carry_their_number_and_the_claim(reader):
    last = len(reader.pages)
    words = reader.pages[1].extract_text()
    assert f"2 of {last}" in words
    assert "Self-assessment, not an audit" in words
    assert f"{last} of {last}" in reader.pages[-1].extract_text()


def test_file_tells_its_title_language_and_bookmarks(reader):
    assert reader.metadata.title == "Northfield: AI leadership maturity, Q4 2026"
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert len(reader.outline) >= 12


def test_other_result_gives_another_identifier(printed):
    other = PdfReader(BytesIO(render_pdf(report(checksum="sha256:" + "ee" * 32))))
    assert other.trailer["/ID"] != PdfReader(BytesIO(printed)).trailer["/ID"]


def test_letter_paper():
    size = PdfReader(BytesIO(render_pdf(report(paper="Letter")))).pages[2].mediabox
    assert (round(size.width), round(size.height)) == (612, 792)


def test_long_and_foreign_comments_are_whole_and_hostile_ones_are_text():
    thread = PrintedThread(
        "Bias", "Everyone who answered level 4", (("Ada", "Which minute?"), ("Reply of K7-QX", HOSTILE))
    )
    pages = "https://maturity.example/assessments/x/questions/"
    comments = {"ethics-bias": (LONG, "x" * 3000, "مرحبا", HOSTILE)}
    data = render_pdf(report(comments=comments, threads=(thread,), question_pages=pages))
    found = texts(data)
    assert found.count("<script>alert(1)</script>") == 2
    assert f"{pages}ethics-bias/" in links(data)
    assert found.count("sentence") == 230
    assert 3000 <= found.count("x") < 3100
    assert "<script>alert(1)</script>" in found.replace("\n", "")
    assert pdfua.validate_pdf_bytes(data, profile="ua1").failures == []


def test_no_page_ends_between_a_question_about_answers_and_its_replies():
    """With each number of threads, another line would be the last of its page."""
    thread = PrintedThread("Bias", "Whom it addresses", (("Ada", "Which minute?"), ("Ben", "The third.")))
    for count in (5, 6):
        for page in PdfReader(BytesIO(render_pdf(report(comments={}, threads=(thread,) * count)))).pages:
            lines = [line for line in page.extract_text().split("\n") if line.strip()]
            assert "Whom it addresses" not in lines[-3:], lines[-3:]


def test_no_text_starts_outside_its_page():
    data = render_pdf(report(organisation="W" * 60, comments={"ethics-bias": ("y" * 400,)}))
    for page in PdfReader(BytesIO(data)).pages:
        starts = []

        def note(text, cm, tm, *_, starts=starts):
            if text.strip():
                starts.append(tm[4] * cm[0] + tm[5] * cm[2] + cm[4])

        page.extract_text(visitor_text=note)
        assert all(0 <= x < float(page.mediabox.width) for x in starts)


def test_longest_word_is_broken_rather_than_cut():
    data = render_pdf(report(organisation="W" * 120, comments={"ethics-bias": ("y" * 400,)}))
    found = texts(data).replace("\n", "")
    assert "W" * 120 in found
    assert "y" * 400 in found


def test_assessment_without_answers_prints():
    data = render_pdf(unanswered())
    assert "no one has answered" in texts(data)
    assert pdfua.validate_pdf_bytes(data, profile="ua1").failures == []
