"""Sentences with names that run the other way, as they are seen in a PDF and set in Word."""

from datetime import datetime
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader
from weasyprint import HTML

from assessments.reports.pdf.render import own_files_only
from assessments.reports.word_writer import Writer
from assessments.sentences import FSI, PDI
from tests.languages.directions import CASES, PILLAR, sentence

# The report's own typefaces: with those of the machine, runs begin elsewhere.
FONTS = ("source-sans-3", "ibm-plex-sans-arabic")
FACES = "".join(f"@font-face {{ font-family: {name}; src: url(appfont:{name}/400) }}" for name in FONTS)
STYLE = f"<style>{FACES} p {{ font: 14px {', '.join(FONTS)} }}</style>"


def seen(html):
    """The text of a PDF in the order in which it is drawn; a line is drawn from left to right."""
    found = []
    page = PdfReader(BytesIO(HTML(string=STYLE + html, url_fetcher=own_files_only()).write_pdf())).pages[0]
    page.extract_text(visitor_text=lambda text, *_place: found.append(text))
    return "".join(found)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_parts_are_seen_in_order_in_a_pdf(case):
    direction, text, parts = sentence(case)
    places = [seen(f'<p dir="{direction}">{text}</p>').index(part) for part in parts]
    assert places == sorted(places)


def written(text, *, rtl=False):
    writer = Writer(letter=False, language="en", rtl=rtl)
    writer.paragraph(text)
    return Document(BytesIO(writer.save(datetime(2026, 11, 20)))).paragraphs[-1]


def from_right(paragraph):
    return paragraph._p.pPr is not None and paragraph._p.pPr.find(qn("w:bidi")) is not None


def test_word_sets_a_foreign_name_in_a_run_of_its_own():
    paragraph = written(sentence(CASES["an Arabic pillar under English"])[1])
    assert [(run.text, run.font.rtl) for run in paragraph.runs] == [
        ("Raise ", None),
        (f"{FSI}{PILLAR}{PDI}", True),
        (", 4 questions (90%)", None),
    ]
    assert not from_right(paragraph)


def test_word_sets_a_text_from_right_to_left_by_its_own_letters():
    assert from_right(written(PILLAR))
    assert not from_right(written("Vision (3)"))
    assert from_right(written("Vision (3)", rtl=True))
