"""Hostile words in every field that reaches a report: nothing is asked of the network, no file is read, all is text."""

import sys
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from itertools import accumulate
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from assessments.reports.pdf import render as pdf_render
from assessments.reports.pdf.report import report_request
from assessments.reports.slides.deck import report_pptx
from assessments.reports.word import report_docx
from tests.charts import northfield
from tests.reports import brands
from tests.reports.examples import report
from tests.security.hostile import HOSTILE

SEEN: list[str] | None = None


def watch(event, arguments):
    if SEEN is not None and event in ("open", "socket.connect", "socket.getaddrinfo", "urllib.Request"):
        SEEN.append(f"{event} {arguments[:2]}")


sys.addaudithook(watch)


@contextmanager
def watched():
    """What is opened and called meanwhile; a hook cannot be taken off, so it is switched."""
    global SEEN  # noqa: PLW0603
    SEEN = found = []
    try:
        yield found
    finally:
        SEEN = None


@pytest.fixture
def canary(tmp_path):
    path = tmp_path / "canary.txt"
    path.write_text("sings")
    return path


def hostile(canary):
    return [
        f'<img src="file://{canary}"/><img src="http://canary.example/x.png"/>',
        f'"><link rel="stylesheet" href="file://{canary}"/><style>@import url(http://canary.example/x.css);</style>',
        f'</style><style>body {{ background: url("file://{canary}") }}</style>',
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="file://{canary}"/><use href="http://canary.example/#a"/></svg>',
        f'</title><link rel="attachment" href="file://{canary}"/>',
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{canary}">]><p>&e;</p>',
        f"<object data='file://{canary}'></object><iframe src='http://canary.example/'></iframe><script>x()</script>",
        f"url(file://{canary}) attr(href) ); @font-face {{ src: url(http://canary.example/f.ttf) }}",
        "]]>--></article></body></html>{{ document }}{% include 'x' %}",
    ]


def every_field(words):
    """A report with these words as every text that a person can write."""
    bank = northfield.bank()
    pillars = tuple(
        replace(
            pillar,
            name=f"{pillar.name} {words}",
            short=None,
            questions=tuple(replace(q, text=words, short=words, anchors=(words,) * 5) for q in pillar.questions),
        )
        for pillar in bank.pillars
    )
    levels = tuple(replace(level, name=words, summary=words) for level in bank.levels)
    result = northfield.result()
    moves = tuple(replace(move, action=words, owner=words) for move in result.priorities)
    return report(
        bank=replace(bank, pillars=pillars, levels=levels, title=words, source=words),
        result=replace(result, priorities=moves),
        organisation=words,
        assessment_name=words,
        prepared_by=words,
        comments={"ethics-bias": (words, words * 5)},
    )


def test_hostile_words_fetch_nothing_and_are_printed(canary):
    """All of them at once in every text."""
    nothing_is_fetched(" ".join(hostile(canary)), hostile(canary))


@pytest.mark.long
@pytest.mark.parametrize("number", range(9))
def test_each_by_itself_fetches_nothing_and_is_printed(canary, number):
    nothing_is_fetched(hostile(canary)[number], [hostile(canary)[number]])


def nothing_is_fetched(text, words):
    sheet = report_request(every_field(text), engine="x")
    with watched() as seen:
        data = pdf_render.render(sheet).pdf
    assert not [event for event in seen if "canary" in event or event.startswith("socket")]
    reader = PdfReader(BytesIO(data))
    assert not reader.attachments
    assert b"sings" not in data
    starts = {"".join(word.split())[:24] for word in words}
    for found in accumulate("".join(page.extract_text().split()) for page in reader.pages):
        starts = {start for start in starts if start not in found}
        if not starts:
            break  # pages are slow to read
    assert not starts


@pytest.mark.parametrize("number", range(9))
def test_hostile_words_fetch_nothing_into_a_word_document(canary, number):
    with watched() as seen:
        report_docx(every_field(hostile(canary)[number]))
    assert not [event for event in seen if "canary" in event or event.startswith("socket")]


def test_all_sixty_fetch_nothing_into_a_word_document():
    with watched() as seen:
        report_docx(every_field(" ".join(HOSTILE)))
    assert not [event for event in seen if "canary" in event or event.startswith("socket")]


@pytest.mark.parametrize("part", [pytest.param(n, marks=[pytest.mark.long] if n else []) for n in range(3)])
def test_all_sixty_fetch_nothing_into_a_pdf(part):
    """Twenty in every text."""
    sheet = report_request(every_field(" ".join(HOSTILE[part::3])), engine="x")
    with watched() as seen:
        data = pdf_render.render(sheet).pdf
    assert not [event for event in seen if "canary" in event or event.startswith("socket")]
    assert not PdfReader(BytesIO(data)).attachments


def test_watch_sees_what_is_opened(canary):
    """Planted: the same page with the house's fetcher replaced would read the file, and the watch would say so."""
    from weasyprint import HTML

    with watched() as seen:
        HTML(string=hostile(canary)[0]).render()
    assert [event for event in seen if "canary.txt" in event]


def test_all_sixty_run_nothing_and_lead_nowhere_in_slides():
    words = " ".join(HOSTILE)
    notes = (brands.said(None, words, by=words, is_stale=True), brands.said("vision", words, by=words))
    brand = brands.brand(name=words, imprint=words, disclaimer=words, logo=brands.mark(alt=words))
    with watched() as seen:
        content = report_pptx(replace(every_field(words), commentary=notes, brand=brand))
    assert not [event for event in seen if "canary" in event or event.startswith("socket")]
    inside_out(content)


@pytest.mark.parametrize(
    "words", ['=HYPERLINK("http://canary.example")', "http://canary.example/x", "mailto:a@canary.example"]
)
def test_names_of_pillars_are_no_formulas_or_links_in_the_workbooks_of_charts(words):
    inside_out(report_pptx(every_field(words)))


def inside_out(content):
    """No relationship to the outside, no formula, no part that a program would run or cannot parse, in the file and in its
    workbooks."""
    with ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            part = parts.read(name)
            assert b'TargetMode="External"' not in part
            assert b"<f>" not in part
            assert b"hlinkClick" not in part
            assert not name.endswith((".bin", ".vml"))
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(part)
            if name.endswith(".xlsx"):
                inside_out(part)
