"""Reports in the reader's language: words, the document's language, and the direction in which it runs."""

import datetime
from io import BytesIO

import page as pdfua
import pytest
from docx import Document
from pypdf import PdfReader

from assessments.demo import sample
from assessments.reports.pdf.report import rendered_report, report_html
from assessments.reports.report import Report
from assessments.reports.word import report_docx
from assessments.scoring.result import score
from assessments.scoring.view import view_of

from .arabic import LEVEL, arabic_answers, arabic_bank


def report(view, language):
    day = datetime.date(2026, 11, 2)
    given = {"assessment_name": "Q4", "scored_on": day, "checksum": "sha256:0", "language": language}
    return Report(bank=view.bank, seen=view.seen, organisation="Northfield", **given)


@pytest.fixture(scope="module")
def german():
    bank, seen = sample.bank_in("de"), sample.view_in("de").seen
    return report(view_of(bank, seen.result, "Northfield"), "de")


@pytest.fixture(scope="module")
def arabic():
    bank = arabic_bank()
    return report(view_of(bank, score(bank, arabic_answers(bank)), "Northfield"), "ar")


def test_german_report_is_german_from_the_cover_to_the_moves(german):
    html = report_html(german)
    assert '<html lang="de" dir="ltr">' in html
    move = german.result.priorities[0].action
    assert move != sample.view_in("en").result.priorities[0].action
    assert move in html
    assert "Führend" in html
    own = {level.name for level in sample.sample_bank().levels} - {"Initial"}
    assert not [name for name in own if f">{name}<" in html]


def test_same_figures_in_every_language(german):
    assert german.result.overall == sample.view_in("en").result.overall
    assert german.result.pillars == sample.view_in("en").result.pillars


def test_arabic_bank_gives_a_report_from_right_to_left(arabic):
    assert '<html lang="ar" dir="rtl">' in report_html(arabic)
    found = rendered_report(arabic)
    reader = PdfReader(BytesIO(found.pdf))
    assert reader.trailer["/Root"]["/Lang"] == "ar"
    assert LEVEL in reader.pages[0].extract_text(), "drawn letter by letter, Arabic runs backwards"
    assert (found.missing, found.borrowed) == ((), ())
    assert pdfua.validate_pdf_bytes(found.pdf, profile="ua1").failures == []


def test_word_report_says_its_language(german):
    assert Document(BytesIO(report_docx(german))).core_properties.language == "de"


def test_longer_words_leave_no_page_nearly_empty(german):
    """What does not fit on a pillar's page is left out or moved to the end, not spilled over onto a page of its own."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(rendered_report(german).pdf)).pages]
    assert min(map(len, pages[1:])) > 400
