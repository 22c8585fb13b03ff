"""The Word document read back: styles, tables, pictures, and every word of the report."""

from io import BytesIO
from itertools import pairwise
from time import gmtime

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from assessments.reports.raster import png, title_of
from assessments.reports.word import report_docx
from tests.charts import northfield
from tests.reports.examples import COMMENTS, report, unanswered


def opened(**fields):
    return Document(BytesIO(report_docx(report(**fields))))


@pytest.fixture(scope="module")
def file():
    return opened()


def words(file):
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])


def headings(file, level):
    return [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == f"Heading {level}"]


def test_pages_open_with_real_headings(file):
    assert len(headings(file, 1)) == 13  # summary, profile, agreement, eight pillars, roadmap, limits
    assert "Decisions needed" in headings(file, 2)


def test_levels_of_headings_are_not_skipped(file):
    levels = [int(p.style.name[-1]) for p in file.paragraphs if p.style.name.startswith("Heading ")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def has_head(table):
    return table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"


def repeats(row):
    return row._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None


def test_heads_of_tables_repeat_and_rows_do_not_break(file):
    heads = [[repeats(row) for row in table.rows] for table in file.tables if has_head(table)]
    assert len(heads) > 20
    assert all(found[0] and not any(found[1:]) for found in heads)
    for table in file.tables:
        for row in table.rows:
            assert row._tr.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None


def test_every_picture_has_a_text(file):
    texts = [item.get("descr") for item in file.element.iter(qn("wp:docPr"))]
    assert len(texts) > 20
    assert all(texts)


def test_every_comment_is_there(file):
    for texts in COMMENTS.values():
        for text in texts:
            assert text in words(file)


def test_comment_that_has_no_room_on_paper_stands_with_its_pillar():
    assert words(opened(comments={"ethics-bias": ("Long. " * 1600,)})).count("Long. ") >= 1590


def test_contents_lead_to_every_page_that_opens_with_a_finding(file):
    entries = [paragraph for paragraph in file.paragraphs if paragraph.style.name == "toc 1"]
    places = {mark.get(qn("w:name")) for mark in file.element.iter(qn("w:bookmarkStart"))}
    assert [entry.text for entry in entries] == headings(file, 1)
    assert {link.get(qn("w:anchor")) for entry in entries for link in entry._p.iter(qn("w:hyperlink"))} == places


def test_pages_are_numbered_by_word_itself(file):
    foot = file.sections[0].footer._element
    assert [each.text.strip() for each in foot.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize(("language", "checked"), [("en", "en-GB"), ("de", "de-DE")])
def test_spelling_is_checked_in_the_language_of_the_report(language, checked):
    (found,) = opened(language=language).styles.element.iter(qn("w:lang"))
    assert found.get(qn("w:val")) == checked


def test_columns_are_as_wide_as_their_cells_whatever_reads_them(file):
    for table in file.tables:
        grid = [column.width for column in table.columns]
        for row in table.rows:
            cells = unique(row.cells)
            assert len(cells) < len(grid) or [cell.width for cell in cells] == grid
            assert sum(cell.width for cell in cells) == pytest.approx(sum(grid), abs=2000)


def test_names_of_rows_without_figures_stand_at_the_start_like_the_others():
    for table in opened(told=northfield.NOTHING).tables:
        assert {row.cells[0].paragraphs[0].alignment for row in table.rows} == {None}


def unique(cells):
    return list({id(cell._tc): cell for cell in cells}.values())


def test_document_says_what_it_is(file):
    assert file.core_properties.title == "Northfield: AI leadership maturity, Q4 2026"
    assert file.sections[0].footer.paragraphs[0].text.startswith("Self-assessment, not an audit\t")
    assert "sha256:" + "cd" * 32 in words(file)


@pytest.mark.parametrize("hostile", ["<svg><image href='file:///etc/passwd'/></svg>", "a\x00\x0b\ud800b", "<w:p/>"])
def test_hostile_words_are_text(hostile):
    kept = "".join(letter for letter in hostile if letter not in "\x00\x0b\ud800")
    found = opened(
        organisation=hostile, assessment_name=hostile, prepared_by=hostile, comments={"ethics-bias": (hostile,)}
    )
    assert words(found).count(kept) >= 3


def test_assessment_without_answers_is_a_document():
    assert "no one has answered" in words(Document(BytesIO(report_docx(unanswered()))))


def test_arabic_runs_from_right_to_left():
    marked = [
        p for p in opened(language="ar").paragraphs if p._p.pPr is not None and p._p.pPr.find(qn("w:bidi")) is not None
    ]
    assert len(marked) > 20


def test_drawing_becomes_a_picture_of_the_width_asked_for():
    drawing = '<svg width="100%" height="20"><title>A &amp; B</title><rect width="50%" height="20"/></svg>'
    data = png(drawing, width=600)
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20]) == 600
    assert title_of(drawing) == "A & B"


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="/etc/hostname"/>',
        '<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="file:///etc/hostname"/>',
        "<style>@import url(http://evil.example/x)</style>",
        '<use href="http://evil.example/x#y"/>',
        "<foreignObject><iframe/></foreignObject>",
    ],
)
def test_drawing_that_points_at_anything_is_refused(inside):
    with pytest.raises(ValueError, match="fetches nothing"):
        png(f'<svg width="9" height="9">{inside}</svg>')


def test_this_machine_draws_what_the_packaged_typefaces_lack(monkeypatch):
    asked = []
    monkeypatch.setattr("resvg_py.svg_to_bytes", lambda **how: asked.append(how["skip_system_fonts"]) or b"")
    for name in ("Vision", "Überblick – “3.1”", "\u05d7\u05d6\u05d5\u05df", "\u0631\u0624\u064a\u0629", "\u613f\u666f"):
        png(f"<svg viewBox='0 0 9 9'><text>{name}</text></svg>")
    assert asked == [True, True, True, True, False]


def test_arabic_and_hebrew_are_as_large_and_as_bold_as_the_rest():
    for style in opened(language="ar").styles:
        looks = style.element.find(qn("w:rPr"))
        for tag in ("w:sz", "w:b") if style.name in ("Title", "Heading 1", "Heading 2", "Quote", "Header") else ():
            assert dict(looks.find(qn(f"{tag}Cs")).attrib) == dict(looks.find(qn(tag)).attrib)


def test_the_same_report_is_the_same_file(monkeypatch):
    first = report_docx(report())
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *args: gmtime(2_000_000_000))
    assert report_docx(report()) == first


def test_each_font_of_the_document_has_a_substitute_of_its_kind(file):
    parts = {part.partname: part for part in file.part.package.iter_parts()}
    fonts = etree.fromstring(parts["/word/fontTable.xml"].blob)
    others = {font.get(qn("w:name")): font for font in fonts}
    used = {fonts.get(qn("w:ascii")) for fonts in file.styles.element.iter(qn("w:rFonts"))} - {None}
    assert used - {"Courier"} == {"Arial"}  # of macros, which no report has
    assert others["Arial"].find(qn("w:altName")).get(qn("w:val")).startswith("Liberation Sans")
    assert others["Arial"].find(qn("w:family")).get(qn("w:val")) == "swiss"
    assert not any("heme" in name for fonts in file.styles.element.iter(qn("w:rFonts")) for name in fonts.attrib)


def test_pillars_follow_one_another_and_other_subjects_begin_a_page(file):
    openings = [p for p in file.paragraphs if p.style.name == "Kicker"]
    assert [p.text for p in openings if not p.paragraph_format.page_break_before] == [
        f"Pillar {number} of 8: {name}"
        for number, name in enumerate(
            ["Culture", "Talent", "Ethics", "Alignment", "Infrastructure", "Change", "Partnerships"], start=2
        )
    ]


def test_the_last_lines_of_a_subject_stay_together(file):
    body = list(file.element.body)
    ends = [place for place, block in enumerate(body) if is_opening(block)]
    for end in ends[2:]:  # behind the contents and the summary
        rows = [row for block in body[:end] for row in block.findall(qn("w:tr")) or [block]][-6:-1]
        assert all(p.pPr.keepNext_val for row in rows for p in row.iter(qn("w:p")))


def is_opening(block):
    return block.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None
