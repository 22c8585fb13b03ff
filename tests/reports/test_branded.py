"""A report in a consultancy's name: logos, its colour, its consultants' words, in PDF, Word and files."""

import json
from functools import cache
from io import BytesIO
from xml.etree import ElementTree

import page as pdfua
import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pypdf import PdfReader

from assessments.reports.commentary import note_of
from assessments.reports.document import document
from assessments.reports.files import result_csv, result_json
from assessments.reports.pdf.report import render_pdf, rendered_report, report_html, report_request
from assessments.reports.slides.deck import report_pptx
from assessments.reports.word import report_docx
from assessments.reports.workbook import workbook
from tests.reports import brands
from tests.reports.examples import block, moves, note, pillar, quoted, report, section, shown

CASES = {
    "typical": {
        "client_logo": brands.mark(alt="Logo of Northfield"),
        "commentary": (brands.said(), brands.said("vision")),
    },
    "tall, long, stale": {
        "brand": brands.brand(logo=brands.mark("tall"), imprint="Line\n" * 180, disclaimer="w" * 1000),
        "client_logo": brands.mark("tall"),
        "commentary": (brands.said(text=brands.LONG, is_stale=True), brands.said("ethics", "y" * 9000)),
    },
    "square, long name, Arabic": {
        "brand": brands.brand(logo=brands.mark("square")),
        "client_logo": brands.mark("square"),
        "organisation": "The Association of Very Long Names " * 4,
        "commentary": (brands.said(text=brands.ARABIC), brands.said("ethics", brands.ARABIC)),
        "paper": "Letter",
    },
    "right to left": {"language": "ar", "commentary": (brands.said(text=brands.ARABIC),)},
}


@pytest.mark.parametrize("fields", CASES.values(), ids=CASES)
def test_markup_is_xml_which_is_read_ten_times_as_fast(fields):
    assert ElementTree.fromstring(report_html(branded(**fields))).tag == "html"


def branded(**fields):
    return report(**{"brand": brands.brand(), **fields})


@cache
def pdf(case):
    return render_pdf(branded(**CASES[case]))


def words_of(data):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


@pytest.mark.parametrize("case", CASES)
def test_it_passes_pdf_ua_with_no_page_empty_and_nothing_outside(case):
    data = pdf(case)
    assert pdfua.validate_pdf_bytes(data, profile="ua1").failures == []
    for page in PdfReader(BytesIO(data)).pages[1:]:
        starts = []

        def note(text, cm, tm, *_, starts=starts):
            if text.strip():
                starts.append((tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[5] * cm[3] + cm[5]))

        page.extract_text(visitor_text=note)
        inside = [spot for spot in starts if 0 <= spot[0] < float(page.mediabox.width)]
        assert len(inside) == len(starts) > 5  # more than running header and footer


def test_the_words_stand_on_paper_with_whose_they_are():
    found = words_of(pdf("typical"))
    assert found.count("Commentary by Hart Advisory") == 2
    assert found.count("Written by a consultant, not part of the measurement.") == 2
    assert "Name one owner for each model in use." in found
    assert "**" not in found
    assert "12 Mill Lane, Bath" in found and "rests on what people said" in found


def test_long_words_are_whole():
    found = words_of(pdf("tall, long, stale"))
    assert found.count("sentence") == brands.LONG.count("sentence")
    assert "Written for an earlier result of this assessment" in found
    assert found.count("y") >= 9000
    assert "Ethics: commentary by Hart Advisory" in found


def test_a_leads_words_are_called_a_leads():
    found = words_of(render_pdf(report(commentary=(brands.said(by="Northfield", by_consultancy=False),))))
    assert "Commentary by Northfield" in found
    assert "Written by the people who manage this assessment" in found


def test_short_words_share_the_summarys_page_and_a_pillars():
    short = report(commentary=(brands.said(text="Short."), brands.said("vision", "Short.")))
    assert rendered_report(short).pages == rendered_report(report()).pages
    assert document(short).note and note(pillar(short, "Vision"))[1] == "beside"
    assert document(short).summary.columns == document(report()).summary.columns


def test_longer_ones_begin_a_page():
    made = report(commentary=(brands.said(text=brands.LONG), brands.said("ethics", brands.LONG)))
    assert document(made).note is None and block(section(made, "letter"), "commentary").note.blocks
    words, place = note(pillar(made))
    assert place == "away" and words.blocks


def test_words_that_the_summary_has_no_room_for_are_beside_the_chart():
    made = report(commentary=(brands.said(),))
    assert document(made).note is None and section(made, "letter") is None
    assert block(section(made, "profile"), "commentary").note == note_of(made.commentary, None)


def test_words_about_a_pillar_take_the_place_of_its_last_moves():
    bare = report(comments={})
    made = report(comments={}, commentary=(brands.said("ethics", "We would begin with this one. " * 52),))
    assert note(pillar(made))[1] == "beside"
    assert 0 < len(moves(pillar(made))) < len(moves(pillar(bare)))
    assert rendered_report(made).pages == rendered_report(bare).pages


def test_comments_stand_below_words_that_begin_a_second_page():
    made = report(
        commentary=(brands.said("ethics", "We would begin with this one. " * 60),),
        comments={"ethics-bias": ("Ask again in spring.",) * 12},
    )
    ethics = pillar(made)
    assert note(ethics)[1] == "away"
    assert (len(quoted(ethics)), ethics.late) == (12, ())


def test_logos_are_read_out():
    objects = PdfReader(BytesIO(pdf("typical")))
    said = {
        str(item.get_object().get("/Alt"))
        for item in (objects.get_object(number) for number in range(1, len(objects.xref[0]) + 200))
        if hasattr(item, "get")
    }
    assert {"Logo of Hart Advisory", "Logo of Northfield"} <= said


def test_the_same_report_gives_the_same_bytes():
    assert render_pdf(branded(**CASES["typical"])) == pdf("typical")


def test_without_a_brand_nothing_of_one_is_asked_for():
    sheet = report_request(report(), engine="x")
    assert sheet.pictures == {}
    assert "applogo:" not in sheet.html and "--accent:" not in sheet.html


def test_charts_keep_their_colours():
    plain, coloured = report_html(report()), report_html(branded())
    assert coloured.count("#B4235A") == 1
    assert coloured.count("#0D49BB") == plain.count("#0D49BB")


# Word


@pytest.fixture(scope="module")
def word():
    fields = {**CASES["typical"], "commentary": (brands.said(), brands.said("ethics", brands.ARABIC, is_stale=True))}
    return Document(BytesIO(report_docx(branded(**fields))))


def test_word_holds_the_words_as_paragraphs_and_lists(word):
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert texts.count("Commentary by Hart Advisory") == 2
    assert "1.\tBegin with theatres." in texts
    bold = [run.text for paragraph in word.paragraphs for run in paragraph.runs if run.bold]
    assert "where" in bold
    assert any("Written for an earlier result" in text for text in bold)


def test_word_holds_both_logos_with_their_texts(word):
    texts = [item.get("descr") for item in word.element.iter("{*}docPr")]
    assert {"Logo of Hart Advisory", "Logo of Northfield"} <= set(texts)


def test_word_sets_arabic_from_right_to_left(word):
    arabic = next(paragraph for paragraph in word.paragraphs if "نورثفيلد" in paragraph.text)
    assert arabic._p.pPr.find("{*}bidi") is not None


# Files


def test_files_hold_the_words_as_they_were_typed():
    made = shown(commentary=(brands.said("vision", "=1+1", is_stale=True), brands.said(text="**All**")))
    rows = json.loads(result_json(made))["tables"]["commentary"]
    assert [(row["key"], row["text"], row["is_stale"]) for row in rows] == [
        (None, "**All**", False),
        ("vision", "=1+1", True),
    ]
    sheet = load_workbook(BytesIO(workbook(made)))["Commentary"]
    assert sheet["E3"].value == "'=1+1" and sheet["E3"].data_type == "s"
    assert "**All**" in result_csv(made).decode()


def test_files_without_words_have_no_table_for_them():
    assert "commentary" not in json.loads(result_json(shown()))["tables"]


def test_slides_have_the_colour_the_logos_and_the_commentary_and_ask_about_a_stale_one():
    texts = (brands.said(is_stale=True), brands.said("ethics", "Ethics needs an owner."))
    deck = Presentation(BytesIO(report_pptx(branded(commentary=texts))))
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob.decode()
    assert 'accent6><a:srgbClr val="B4235A"' in theme
    assert [
        shape._element.xpath(".//p:cNvPr")[0].get("descr") for shape in deck.slides[0].shapes if shape.shape_type == 13
    ]
    (asked,) = [slide for slide in deck.slides if slide.shapes.title.text_frame.text.endswith("decisions are needed")]
    words = "\n".join(shape.text_frame.text for shape in asked.shapes if shape.has_text_frame)
    assert "Commentary by Hart Advisory" in words
    assert "Written for an earlier result of this assessment" in words
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    assert "ask its author whether this commentary still holds" in notes[list(deck.slides).index(asked)]
    assert "Ethics needs an owner." in notes[2]
