"""The results of units in a report and in files: for readers who see all units, and nothing for anybody else."""

from dataclasses import replace
from io import BytesIO

import page as pdfua
from docx import Document
from pypdf import PdfReader

from assessments.reports.document import document
from assessments.reports.pdf import render as pdf_render
from assessments.reports.pdf.manifest import manifest
from assessments.reports.pdf.report import report_request
from assessments.reports.sections.units import MAX_ROWS, units_section
from assessments.reports.tables import tables
from assessments.reports.word import report_docx
from assessments.results import SeenUnits, UnitsBefore
from assessments.scoring.answers import Answers, Respondent, Unit
from assessments.scoring.unit_figures import unit_results
from tests.charts import northfield
from tests.reports.examples import block, blocks, report, shown
from tests.reports.test_slides import opened, table_of, titles


def seen(*paths, levels=(2, 3)):
    """Each path is a unit; those at the ends have five people, who all chose the same of `levels`, in turn."""
    bank, names = northfield.bank(), [tuple(path.split(" > ")) for path in paths]
    ids = {name: f"u{n}" for n, name in enumerate(names)}
    units = tuple(Unit(ids[name], name[-1], ids.get(name[:-1]), 1.0) for name in names)
    ends = [unit for unit in units if unit.id not in {each.parent for each in units}]
    people = tuple(
        Respondent(f"{unit.id}-{n}", dict.fromkeys(bank.questions, levels[place % len(levels)]), unit=unit.id)
        for place, unit in enumerate(ends)
        for n in range(5)
    )
    found = unit_results(bank, Answers(people, len(people), units=units), frozenset(person.id for person in people))
    return SeenUnits(found.units, found, is_all=True)


GROUP = seen("North", "North > Sales", "North > Ops", "South")


def test_a_report_without_units_does_not_speak_of_them():
    assert units_section(report()) is None
    assert "units" not in [section.key for section in document(report()).sections]
    assert "units" not in [table.key for table in tables(shown())]


def test_the_section_shows_the_three_ways_each_unit_and_where_they_differ():
    section = next(section for section in document(report(units=GROUP)).sections if section.key == "units")
    assert section.title.replace("\u00a0", " ").startswith("Level 2 in 2 of 3 units")
    together, heat, *_more, differ = blocks(section, "table")
    index = together.rows[0]
    assert index[0] == "Index"
    assert index[1].replace("\u00a0", " ") == "level 2: 67%, level 3: 33%"
    assert [row[0].text for row in heat.rows] == ["North", "\u2002Sales", "\u2002Ops", "South"]
    assert [cell.text for cell in heat.rows[1][1:3]] == ["2.0 / 2", "2.0 / 2"]
    assert differ.rows[0][1:] == ("2.0, Sales", "3.0, Ops")
    assert "Index: 3 units, from 2.0 to 3.0" in block(section, "figure").svg.replace("\u00a0", " ")


def test_a_big_tree_ends_at_the_depth_that_fits_and_says_so():
    paths = [f"D{n}{below}" for n in range(10) for below in ("", *(f" > S{n}-{m}" for m in range(5)))]
    section = units_section(report(units=seen(*paths)))
    heat = blocks(section, "table")[1]
    assert len(heat.rows) == 10 <= MAX_ROWS
    assert "10 of 60 units are listed here; the workbook has all of them." in [
        text.text for text in blocks(section, "text")
    ]
    flat = units_section(report(units=seen(*(f"D{n}" for n in range(50)))))
    assert len(blocks(flat, "table")[1].rows) == MAX_ROWS


def test_the_section_says_that_central_questions_are_in_no_score_of_a_unit():
    plain = report(units=GROUP)
    pillars = [
        replace(p, questions=(replace(p.questions[0], central=True), *p.questions[1:])) for p in plain.bank.pillars
    ]
    section = units_section(replace(plain, bank=replace(plain.bank, pillars=tuple(pillars))))
    said = f"{len(pillars)} central questions were asked only of people who answer for the whole"
    assert any(each.text.startswith(said) for each in blocks(section, "text"))
    assert not any("central" in each.text for each in blocks(units_section(plain), "text"))


def test_a_hidden_unit_has_no_figure_on_paper_or_in_a_file():
    small = seen("A", "B", "C")
    line = small.units[0]
    line = replace(line, index=None, level=None, interval=None, people=None, is_hidden=True, pillars=())
    units = replace(small, units=(line, *small.units[1:]))
    heat = blocks(units_section(report(units=units)), "table")[1]
    assert {cell.text for cell in heat.rows[0][1:]} == {"not shown"}
    table = next(table for table in tables(shown(units=units)) if table.key == "units")
    assert [row for row in table.rows if row[0] == "A"] == [("A", None, "Index", None, None, None, None, None)]
    assert len(table.rows) == 1 + 2 * (1 + len(northfield.bank().pillars))


def test_small_radars_stand_side_by_side_at_the_depth_that_fits():
    drawn = blocks(units_section(report(units=GROUP)), "figure")[1].svg.replace("\u00a0", " ")
    assert drawn.count("<g transform=") == 3
    assert "Sales 2.0, level 2; Ops 3.0, level 3; South 2.0, level 2; the shaded area is the mean" in drawn
    paths = [f"D{n}{below}" for n in range(10) for below in ("", *(f" > S{n}-{m}" for m in range(5)))]
    many = units_section(report(units=seen(*paths)))
    assert blocks(many, "figure")[1].svg.count("<g transform=") == 10
    assert "10 of 60 units are drawn." in [text.text for text in blocks(many, "text")][-1]


def test_a_single_unit_has_neither_a_section_nor_a_slide():
    alone = report(units=seen("A"))
    assert units_section(alone) is None
    assert len(titles(opened(alone))) == len(titles(opened(report())))


def test_a_column_has_the_change_of_the_index_since_the_last_assessment():
    then = UnitsBefore("Q3 2026", "sha256:then", {"u1": 1.5})
    heat = blocks(units_section(report(units=replace(GROUP, before=then))), "table")[1]
    assert [column.head for column in heat.columns[1:3]] == ["Index", "Index since Q3 2026"]
    assert [(row[0].text.strip(), row[2].text) for row in heat.rows] == [
        ("North", "–"), ("Sales", "+0.5"), ("Ops", "–"), ("South", "–")
    ]  # fmt: skip


def test_the_workbook_has_the_change_of_the_index_and_of_nothing_else():
    then = UnitsBefore("Q3 2026", "sha256:then", {"u1": 1.5})
    table = next(each for each in tables(shown(units=replace(GROUP, before=then))) if each.key == "units")
    assert table.columns[-1].key == "change"
    assert [(row[0], row[2], row[-1]) for row in table.rows if row[-1] is not None] == [("Sales", "Index", 0.5)]
    assert "change" not in [
        column.key for column in next(each for each in tables(shown(units=GROUP)) if each.key == "units").columns
    ]


def slide_of(deck):
    return next((slide for slide in deck.slides if "of 3 units" in slide.shapes.title.text_frame.text), None)


def test_a_slide_shows_how_many_units_are_at_each_level_and_the_weakest_first():
    assert len(titles(opened(report()))) == len(titles(opened(report(units=GROUP)))) - 1
    slide = slide_of(opened(report(units=GROUP)))
    rows = [[cell.text for cell in row.cells] for row in table_of(slide).rows]
    assert rows[0] == ["Units, the weakest first", "Index", "Level"]
    assert rows[1:] == [["Sales", "2.0", "2"], ["South", "2.0", "2"], ["Ops", "3.0", "3"]]
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    assert list(chart.plots[0].categories)[:2] == ["Index", "Vision"]
    assert {series.name.replace("\u00a0", " "): series.values[0] for series in chart.plots[0].series} == {
        "Level 1": None, "Level 2": 0.67, "Level 3": 0.33, "Level 4": None, "Level 5": None,
    }  # fmt: skip
    notes = slide.notes_slide.notes_text_frame.text.replace("\u00a0", " ")
    assert "Index: level 2: 67%, level 3: 33%, Mean (90% interval) 2.3" in notes


def test_a_hidden_unit_is_on_no_slide():
    small = seen("A", "B", "C", "D")
    gone = replace(small.units[0], index=None, level=None, interval=None, people=None, is_hidden=True, pillars=())
    found = replace(small.results, units=(gone, *small.units[1:]))
    slide = slide_of(opened(report(units=replace(small, units=found.units, results=found))))
    assert [row.cells[0].text for row in table_of(slide).rows][1:] == ["C", "B", "D"]
    assert "1 unit is not shown in full" in slide.notes_slide.notes_text_frame.text


def test_the_heat_map_in_word_has_the_colours_of_the_levels():
    file = Document(BytesIO(report_docx(report(units=GROUP))))
    cells = [
        cell._tc.xml for table in file.tables for row in table.rows for cell in row.cells if "2.0 / 2" in cell.text
    ]
    assert cells
    assert all('w:fill="AECBEA"' in cell and 'w:val="1B1F24"' in cell for cell in cells)


def test_forty_units_are_four_pages_of_a_pdf_that_is_accessible():
    paths = [f"Division {n}{below}" for n in range(5) for below in ("", *(f" > Site {n}.{m}" for m in range(7)))]
    sheet = report_request(report(units=seen(*paths, levels=(1, 2, 3, 5))), engine="x")
    printed = pdf_render.render(sheet).pdf
    assert pdfua.validate_pdf_bytes(printed, profile="ua1").failures == []
    pages = [page.extract_text() for page in PdfReader(BytesIO(printed)).pages]
    assert 2 <= sum("Site 4.6" in text or "Where units differ" in text or "Site 0.0" in text for text in pages) <= 4


def test_units_count_in_the_manifest():
    compared = replace(GROUP, before=UnitsBefore("Q3 2026", "sha256:then", {"u1": 1.5}))
    every = [report(), report(units=GROUP), report(units=seen("Other")), report(units=compared)]
    assert len({manifest(each, engine="e", look="l").checksum for each in every}) == 4
