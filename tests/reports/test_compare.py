"""A comparison on paper and in a workbook."""

import re
import shutil
import subprocess
from io import BytesIO

import page as pdfua
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from assessments.pages.compare import compare_page
from assessments.reports.compare_workbook import comparison_workbook
from assessments.reports.pdf.compare import comparison_html, comparison_pdf
from tests.markup import flat
from tests.pages.test_compare import HIGH, LOW, side


@pytest.fixture(scope="module")
def change():
    return compare_page([side("Q1", *LOW), side("Q2", *HIGH)], "change", height=28)


@pytest.fixture(scope="module")
def pdf(change):
    return comparison_pdf(change, client="Northfield")


def test_the_pdf_says_what_the_page_says(pdf):
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    for words in (
        "A rose from Q1 to Q2",
        "Northfield",
        "+1.0",
        "clear change",
        "6 of 6",
        "Self-assessment, not an audit",
    ):
        assert words in text


def test_long_names_stay_on_the_line_at_the_top_of_a_page_which_counts_the_pages():
    page = compare_page([side("Assessment of all regions together " * 3, *LOW), side("Q2", *HIGH)], "change", height=28)
    html = comparison_html(page, client="The Consolidated Holding Company " * 4)
    running = re.search(r'data-what="([^"]*)" data-whose="([^"]*)"', flat(html))
    assert [len(words) for words in running.groups()] == [48, 44]
    found = PdfReader(BytesIO(comparison_pdf(page, client="Northfield"))).pages
    assert f"1 of {len(found)}" in found[0].extract_text()


def test_a_comparison_brings_the_typefaces_of_its_names():
    page = compare_page([side("شركة الشمال", *LOW), side("Oak", *HIGH)], "difference", height=28)
    found = PdfReader(BytesIO(comparison_pdf(page, client=None))).pages[0]
    assert any(
        "IBM-Plex-Sans-Arabic" in str(font.get_object()["/BaseFont"]) for font in found["/Resources"]["/Font"].values()
    )


def test_the_index_of_each_side_is_a_number(change):
    sheet = load_workbook(BytesIO(comparison_workbook(change, client="Northfield")))["Compared"]
    heads, *rows = sheet.iter_rows(max_row=3)
    place = [cell.value for cell in heads].index("Index")
    assert [(row[place].value, row[place].number_format) for row in rows] == [
        (pytest.approx(13 / 6), "0.00"),
        (pytest.approx(8 / 3), "0.00"),
    ]


def test_the_same_comparison_gives_the_same_bytes(pdf, change):
    assert comparison_pdf(change, client="Northfield") == pdf


def test_control_characters_do_not_reach_the_press(change):
    assert "\x07" not in comparison_html(change, client="North\x07field")


def test_the_workbook_holds_unrounded_numbers(change):
    book = load_workbook(BytesIO(comparison_workbook(change, client="Northfield")))
    assert book.sheetnames == ["Comparison", "Compared"], "middle answers need five people"
    heads, first, *_rest = book["Comparison"].iter_rows(values_only=True)
    found = dict(zip(heads, first, strict=True))
    assert (found["Pillar"], found["Verdict"]) == ("A", "clear change")
    assert found["Score"] == pytest.approx(10 / 3)
    assert found["Change"] == pytest.approx(1.0)


def test_no_name_becomes_a_formula():
    evil = '=HYPERLINK("http://evil.example")'
    page = compare_page([side(evil, *LOW), side("+1", *HIGH)], "difference")
    book = load_workbook(BytesIO(comparison_workbook(page, client=evil)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell for cell in cells if str(cell.value).startswith(("=", "+"))]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)


def test_it_is_pdf_ua(pdf):
    assert pdfua.validate_pdf_bytes(pdf, profile="ua1").failures == []


@pytest.fixture(scope="module")
def four():
    names = "Ashgrove", "Birch & Sons", "Cedar Consolidated Manufacturing and Logistics Holding", "Oak Partners"
    page = compare_page([side(name, *LOW) for name in names], "difference", height=28)
    return comparison_pdf(page, client=None)


def test_four_clients_are_pdf_ua_too(four):
    assert pdfua.validate_pdf_bytes(four, profile="ua1").failures == []


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")
def test_the_figures_of_four_clients_stay_within_the_margins(four):
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=four, capture_output=True, check=True).stdout
    assert max(float(x) for x in re.findall(rb'xMax="([\d.]+)"', boxes)) <= 595.3 - 50


def test_the_workbook_tells_a_hidden_answer_no_better_than_the_page():
    """One of A's questions has two answers: its exact scores would tell them once the shown means are taken off."""
    rows = "22. 222", "33. 222", "332 222", "445 222"
    page = compare_page([side("Q1", *rows), side("Q2", *rows[::-1])], "change", height=28)
    sheet = load_workbook(BytesIO(comparison_workbook(page, client="Northfield")))["Comparison"]
    figures = {row[0]: row[5:10] for row in sheet.iter_rows(min_row=2, values_only=True)}
    for name in ("A", "Index"):
        assert [value for value in figures[name] if value is not None and value != round(value, 1)] == []
    named = compare_page([side("Q1", *rows, confidential=False), side("Q2", *rows, confidential=False)], "change")
    assert named.rows[0].cells[0].change.before != round(named.rows[0].cells[0].change.before, 1)
    exact = load_workbook(BytesIO(comparison_workbook(named, client=None)))["Comparison"]
    assert exact.cell(2, 6).value != round(exact.cell(2, 6).value, 1)
