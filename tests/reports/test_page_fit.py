"""Estimates of height: never less than what is printed, and close enough to fill the page."""

import itertools
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from assessments.demo import sample
from assessments.reports import page_fit, section_fit
from assessments.reports.document import document
from assessments.reports.pdf.report import render_pdf
from assessments.reports.sections.pillar import pillar_sections
from tests.charts import northfield
from tests.reports.cases import case, crowd, one, typical
from tests.reports.examples import block, blocks, pillar, quoted, report

SHORT = "We would stop a risky model, but nobody is told to look."


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [("", 100, 1), ("word", 100, 1), ("word " * 40, 100, 9), ("x" * 300, 100, 13), ("词" * 50, 100, 5)],
)
def test_lines_of_a_text(text, width, expected):
    assert page_fit.lines(text.strip(), width, 9) == pytest.approx(expected, abs=1)


def ethics(**fields):
    return pillar(report(**fields))


def late_line(page):
    """The line that says where the other comments are."""
    return next((text.text for text in blocks(page.section, "text") if text.look.endswith("later")), None)


def test_short_comments_stay_beside_their_pillar():
    page = ethics(comments={"ethics-bias": (SHORT,)})
    assert len(quoted(page)) == 1
    assert late_line(page) is None


def test_comments_that_do_not_fit_stand_at_the_end_and_the_page_says_so():
    page = ethics(comments={"ethics-bias": (SHORT,) * 40})
    assert 0 < len(quoted(page)) < 40
    assert len(quoted(page)) + len(page.late) == 40
    assert late_line(page).endswith("more comments are at the end of this report.")


def test_letter_holds_no_more_than_a4():
    comments = {"ethics-bias": (SHORT,) * 40}
    assert len(quoted(ethics(comments=comments, paper="Letter"))) <= len(quoted(ethics(comments=comments)))


AT_THE_EDGES = [("A4", 1, 6), ("A4", 130, 3), ("A4", 300, 1), ("A4", 2000, 6), ("Letter", 60, 6), ("Letter", 2000, 1)]


@pytest.mark.parametrize(
    ("paper", "size", "count"),
    [
        pytest.param(*case, marks=() if case in AT_THE_EDGES else pytest.mark.long)
        for case in itertools.product(["A4", "Letter"], [1, 60, 130, 300, 2000], [1, 3, 6])
    ],
)
def test_a_pillar_never_spills_onto_a_second_page(paper, size, count):
    text = ("The board has asked about this twice. " * 60)[:size]
    data = render_pdf(report(paper=paper, comments={"ethics-bias": (text,) * count, "ethics-data": (text,)}))
    pages = [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    start = next(number for number, page in enumerate(pages) if "Pillar 4 of 8" in page)
    assert "Pillar 5 of 8" in pages[start + 1]


def filled(page):
    """How far down a page its last line begins, from 0 to 1, without the footer."""
    places, height = [], float(page.mediabox.height)

    def note(text, cm, tm, *_):
        places.append((tm[4] * cm[1] + tm[5] * cm[3] + cm[5]) * bool(text.strip()))

    page.extract_text(visitor_text=note)
    return 1 - min(place for place in places if place > FOOTER) / height


FOOTER = 62.0  # above which the text of a page ends, in points


def test_two_pillars_of_two_people_share_a_page():
    data = render_pdf(case(crowd(2)))
    pages = [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    assert [page.count("Pillar ") for page in pages if "Pillar 1 of" in page or "Pillar 3 of" in page] == [2, 2]
    assert len(pages) == 8


def test_a_pillar_of_which_nothing_applies_shares_the_page_of_its_neighbour():
    pages = [page.extract_text() for page in PdfReader(BytesIO(render_pdf(report()))).pages]
    (shared,) = [page for page in pages if "No question of Partnerships applies" in page]
    assert "Pillar 7 of 8" in shared
    looks = [page.section.look for page in pillar_sections(report())]
    assert looks[6:] == ["short", "short"]
    assert "short" not in looks[:6]


@pytest.mark.parametrize("make", [one, lambda: case(crowd(3), confidential=False)], ids=["one", "three"])
def test_pillars_of_few_people_fill_most_of_their_pages(make):
    shares = [filled(page) for page in PdfReader(BytesIO(render_pdf(make()))).pages[3:11]]
    assert sorted(shares)[1] > 0.7, shares
    assert max(shares) < 0.94


def test_summary_of_many_words_stands_closer_and_then_tells_fewer_moves():
    result = northfield.result()
    text = "Name one executive who answers for each of the models in use and say so in public " * 3
    long = replace(result, priorities=tuple(replace(move, action=text) for move in result.priorities))
    usual, tight = (document(report(result=each)).summary for each in (result, long))
    assert (usual.spacing, len(usual.moves)) == ("", 3)
    assert (tight.spacing, len(tight.moves)) == ("close", 2)
    assert tight.height <= page_fit.ROOM["A4"]


def test_roadmap_shows_fewer_moves_where_they_are_long():
    short, long = (
        [["Name an owner"] * 5] * 3,
        [["Name an owner of the whole programme and say so in public " * 3] * 5] * 3,
    )
    assert section_fit.moves_per_period(short, page_fit.ROOM["A4"], range(5, 0, -1)) == 5
    assert 1 <= section_fit.moves_per_period(long, page_fit.ROOM["A4"], range(5, 0, -1)) < 5


def test_comments_and_method_of_the_german_report_need_no_page_of_their_own():
    """The German texts are a fifth longer: the last section is measured, so that none of it is alone on a page."""
    german = replace(typical(), bank=sample.bank_in("de"), language="de")
    pages = [page.extract_text() for page in PdfReader(BytesIO(render_pdf(german))).pages]
    assert len(pages) == 14
    assert "Weitere Kommentare" in pages[-2]
    assert "So lesen Sie die Zahlen" in pages[-1]
    assert "5 Führend" in pages[-1]


def test_question_of_other_letters_is_measured_as_wide():
    table = block(ethics().section, "table")
    wide = replace(table, rows=tuple((replace(row[0], text="问" * 60), *row[1:]) for row in table.rows))
    assert page_fit.height([wide]) > page_fit.height([table])
