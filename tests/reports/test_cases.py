"""Four reports as a board would receive them: accessible, complete, closed, and without a wasted page."""

import re
import shutil
import subprocess
from io import BytesIO

import page as pdfua
import pikepdf
import pytest
from pypdf import PdfReader

from assessments.reports.pdf import render as pdf_render
from assessments.reports.pdf.report import report_html, report_request
from assessments.wording import numbers
from tests.reports.cases import CASES, LONG


@pytest.fixture(scope="module", params=CASES)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def report(name):
    return CASES[name]()


@pytest.fixture(scope="module")
def printed(report):
    sheet = report_request(report, engine="x")  # here, not in the worker: a busy machine may take its 30 seconds
    return pdf_render.render(sheet).pdf


@pytest.fixture(scope="module")
def pages(printed):
    return [page.extract_text() for page in PdfReader(BytesIO(printed)).pages]


def squeezed(text):
    return re.sub(r"\s+", "", text.replace("\u00ad", ""))


def test_pdf_ua_finds_nothing(printed):
    assert pdfua.validate_pdf_bytes(printed, profile="ua1").failures == []


FAULTS = {
    "no language": lambda html: html.replace(' lang="en"', ""),
    "a chart without words": lambda html: re.sub(
        r"<svg([^>]*)>\s*<title>.*?</title>", r"<svg\1>", html, flags=re.DOTALL
    ),
    "a skipped heading": lambda html: html.replace("<h2>", "<h4>").replace("</h2>", "</h4>"),
    "no title": lambda html: re.sub(r"<title>\s*Northfield.*?</title>", "", html, flags=re.DOTALL),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_pdf_ua_notices_a_planted_fault(fault):
    sheet = report_request(CASES["one"](), engine="x")
    broken = FAULTS[fault](sheet.html)
    assert broken != sheet.html
    data = pdf_render.render(type(sheet)(broken, sheet.styles, sheet.identifier)).pdf
    assert pdfua.validate_pdf_bytes(data, profile="ua1").failures


def test_every_chart_table_and_heading_is_tagged(printed):
    with pikepdf.open(BytesIO(printed)) as pdf:
        tags = [
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
        ]
        kinds = [str(item.S) for item in tags]
        assert all(str(item.get("/Alt", "")) for item in tags if item.S == "/Figure")
        assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/TR", "/P", "/Figure"} <= set(kinds)
        assert kinds.count("/H1") == len(pdf.open_outline().root)


def test_file_is_closed(printed):
    with pikepdf.open(BytesIO(printed)) as pdf:
        text = " ".join(str(item) for item in pdf.objects if isinstance(item, pikepdf.Dictionary))
        assert not len(pdf.attachments)
        assert "/URI" not in text
        assert "/JavaScript" not in text
        assert "/Launch" not in text


def test_every_comment_and_figure_is_printed(report, pages):
    found = squeezed("".join(pages))
    for pillar in report.result.pillars:
        for figure in (pillar.score, pillar.target):
            assert figure is None or numbers.score(figure) in found
        assert pillar.interval is None or squeezed(numbers.interval(pillar.interval)) in found
    for pillar in report.result.pillars:
        if any(row.key in report.means for row in pillar.questions):  # else one line says why there is no table
            assert all(squeezed(report.bank.questions[row.key].text) in found for row in pillar.questions)
    for texts in (tuple(c.text for c in found) for found in report.comments.values()):
        assert all(squeezed(text[:60]) in found for text in texts)
        assert all(squeezed(text) in found for text in texts if len(text) < 400)


def test_long_comments_are_whole(pages, name):
    words = "nobody has written down who decides"
    expected = 40 * LONG.count(words) if name == "forty" else 0
    assert squeezed("".join(pages)).count(squeezed(words)) >= expected * 0.98  # a page's head may split a sentence


def test_no_page_is_empty_or_nearly_so(pages):
    bodies = [len(page.split("\n")) for page in pages[1:]]
    assert min(bodies) >= 12


def test_typical_report_has_no_more_than_fourteen_pages(pages, name):
    assert len(pages) <= 14 or name != "typical"  # more people write more


def test_no_heading_ends_a_page(report, pages):
    headings = set(re.findall(r"<h[123][^>]*>([^<]+)<", report_html(report)))
    for text in pages[1:]:
        lines = [line for line in text.split("\n") if line.strip()]
        assert lines[-1] not in headings


def test_each_pillar_has_one_page_and_the_summary_stands_alone(pages, name):
    starts = [(n, int(number)) for n, text in enumerate(pages) for number in re.findall(r"Pillar (\d) of 8", text)]
    assert [number for _n, number in starts] == list(range(1, 9))
    sheets = sorted({n for n, _number in starts})
    assert sheets == list(range(sheets[0], sheets[-1] + 1))
    assert len(sheets) == 8 or name == "mostly-missing"  # whose pillars fill less than half a page
    assert "Summary" in pages[1]
    assert "Profile" in pages[2]


def test_nothing_lies_outside_the_margins(printed):
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext")
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=printed, capture_output=True, check=True
    ).stdout.decode()
    right = [float(x) for x in re.findall(r'xMax="([\d.]+)"', boxes)]
    bottom = [float(y) for y in re.findall(r'yMax="([\d.]+)"', boxes)]
    assert max(right) <= 595.3 - 20
    assert max(bottom) <= 841.9 - 5


def test_size(printed):
    assert len(printed) < 400_000
