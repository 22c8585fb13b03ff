"""The slides read back: every figure is that of the result, charts can be edited, and everything is told in words."""

import json
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from pptx import Presentation
from pptx.util import Pt

from assessments.formats.result import dump_result
from assessments.reports.slides.deck import report_pptx
from assessments.results import ActionSummary
from assessments.wording import numbers
from tests.charts import northfield
from tests.reports import cases
from tests.reports.examples import report, unanswered
from tests.reports.test_any_model import model, report_of

XY, RADAR, STACKED, BARS = "XY_SCATTER", "RADAR_MARKERS", "BAR_STACKED", "BAR_CLUSTERED"


def opened(shown, **options):
    return Presentation(BytesIO(report_pptx(shown, **options)))


@pytest.fixture(scope="module")
def shown():
    return cases.typical()


@pytest.fixture(scope="module")
def deck(shown):
    return opened(shown)


@pytest.fixture(scope="module")
def figures(shown):
    return json.loads(dump_result(shown.result))


def titles(deck):
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def words(slide):
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    cells = [cell.text for table in tables(slide) for row in table.rows for cell in row.cells]
    return "\n".join([*texts, *cells])


def tables(slide):
    return [shape.table for shape in slide.shapes if shape.has_table]


def table_of(slide):
    (table,) = tables(slide)
    return table


def runs(table):
    paragraphs = (each for row in table.rows for cell in row.cells for each in cell.text_frame.paragraphs)
    return [run for paragraph in paragraphs for run in paragraph.runs]


def chart(deck, kind):
    found = (shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart)
    return next(chart for chart in found if chart.chart_type.name == kind)


def told(value, places=1):
    return None if value is None else float(numbers.rounded(value, places))


def xy(series):
    return list(zip(series._element.findall(".//{*}xVal//{*}v"), series.values, strict=True))


def test_eight_to_ten_slides_whose_titles_are_findings(deck):
    assert 8 <= len(deck.slides) <= 10
    assert titles(deck)[1].startswith("Infrastructure holds Northfield at level\u00a02")
    assert all(titles(deck))


def test_dots_are_the_scores_of_the_result(deck, figures):
    series = {each.name: each for each in chart(deck, XY).plots[0].series}
    scores = sorted((told(pillar["score"]) for pillar in figures["pillars"]), reverse=True)
    assert [float(x.text) for x, _y in xy(series["Score"])] == scores
    targets = sorted(float(pillar["target"]) for pillar in figures["pillars"] if pillar["target"] is not None)
    assert sorted(float(x.text) for x, _y in xy(series["Target"])) == targets


def test_error_bars_end_where_the_intervals_of_the_result_end(deck, figures):
    series = next(each for each in chart(deck, XY).plots[0].series if each.name == "90% interval")
    plus, minus = (
        [float(v.text) for v in series._element.findall(f".//{{*}}errBars/{{*}}{end}//{{*}}v")]
        for end in ("plus", "minus")
    )
    drawn = {
        (x, round(x - low, 1), round(x + high, 1))
        for (x, _y), low, high in zip(((float(x.text), y) for x, y in xy(series)), minus, plus, strict=True)
    }
    assert drawn == {(told(p["score"]), *map(told, p["interval"])) for p in figures["pillars"] if p["interval"]}


def test_radar_has_every_pillar_in_the_order_of_the_bank(deck, figures):
    found = chart(deck, RADAR)
    assert [each.split(" ")[0] for each in found.plots[0].categories] == [
        "Vision", "Culture", "Talent", "Ethics", "Alignment", "Infrastructure", "Change", "Partnerships",
    ]  # fmt: skip
    scores = next(series for series in found.plots[0].series if series.name == "Score")
    assert list(scores.values) == [told(pillar["score"]) for pillar in figures["pillars"]]


def test_agreement_is_that_of_the_result(deck, figures):
    (series,) = chart(deck, BARS).plots[0].series
    assert list(series.values) == sorted(told(pillar["agreement"]["r_wg_star"], 2) for pillar in figures["pillars"])


def test_people_at_each_level_are_those_who_may_be_counted(deck, shown):
    found = chart(deck, STACKED)
    by_name = {question.short: key for key, question in shown.bank.questions.items()}
    for place, name in enumerate(found.plots[0].categories):
        assert [series.values[place] for series in found.plots[0].series] == list(shown.counts[by_name[str(name)]])


def test_workbooks_of_charts_hold_the_drawn_figures(deck, figures):
    book = openpyxl.load_workbook(BytesIO(chart(deck, RADAR).part.chart_workbook.xlsx_part.blob))
    rows = list(book.active.iter_rows(values_only=True))
    place = rows[0].index("Score")
    assert [row[place] for row in rows[1:]] == [told(pillar["score"]) for pillar in figures["pillars"]]


def test_finding_slide_has_level_and_index(deck, figures):
    text = words(deck.slides[1])
    assert f"{numbers.score(figures['overall']['index'])} of 5" in text
    assert f"{figures['overall']['level']} of 5, Emerging" in text
    assert numbers.interval(tuple(figures["overall"]["interval"])) in text


def test_moves_have_owner_and_effort(deck, figures):
    slide = next(slide for slide in deck.slides if "moves that matter most" in slide.shapes.title.text_frame.text)
    (table,) = tables(slide)
    rows = [[cell.text for cell in row.cells] for row in table.rows][1:]
    first = figures["priorities"][:5]
    assert [row[1] for row in rows] == [move["action"] for move in first]
    assert [row[3] for row in rows] == [move["owner"] for move in first]
    assert [row[4] for row in rows] == [numbers.effort(move["effort"]) for move in first]


def test_every_slide_has_notes_with_its_finding_and_a_number(deck):
    for number, slide in enumerate(deck.slides):
        assert len(slide.notes_slide.notes_text_frame.text) > 40
        fields = slide.element.findall(".//{*}fld[@type='slidenum']")
        assert len(fields) == (number > 0)
    assert "Sum of weight × score / sum of weights" in deck.slides[1].notes_slide.notes_text_frame.text


def test_charts_tables_and_pictures_are_told_in_words_after_the_title(deck):
    for slide in deck.slides:
        assert next(iter(slide.shapes)).shape_id == slide.shapes.title.shape_id
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == 13:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr")


@pytest.mark.parametrize(("shape", "width"), [("16:9", 960), ("4:3", 720)])
@pytest.mark.parametrize("name", cases.CASES)
def test_nothing_leaves_its_slide(name, shape, width):
    deck = opened(cases.CASES[name](), shape=shape)
    assert deck.slide_width == Pt(width)
    for slide in deck.slides:
        for each in slide.shapes:
            assert each.left >= 0
            assert each.top >= 0
            assert each.left + each.width <= deck.slide_width + 1
            assert each.top + each.height <= deck.slide_height + 1


def test_the_same_report_gives_the_same_bytes(shown):
    first = report_pptx(shown)
    assert first == report_pptx(cases.typical())
    with ZipFile(BytesIO(first)) as parts:
        assert {entry.date_time[0] for entry in parts.infolist()} == {1980}


def test_of_few_people_nothing_is_drawn_that_the_page_hides():
    shown = cases.mostly_missing()
    deck = opened(shown)
    assert {shape.chart.chart_type.name for slide in deck.slides for shape in slide.shapes if shape.has_chart} == {
        XY,
        RADAR,
    }
    assert "In a confidential assessment, agreement is shown" in words(deck.slides[-1])
    radar = next(series for series in chart(deck, RADAR).plots[0].series if series.name == "Score")
    assert [value for value in radar.values if value is not None] == [
        told(row.score) for row in shown.result.pillars if row.score is not None
    ]


def test_last_slide_credits_the_bank(deck, shown):
    assert shown.bank.licence
    for slide in (words(deck.slides[-1]), deck.slides[-1].notes_slide.notes_text_frame.text):
        assert shown.bank.licence in slide
        assert shown.bank.source in slide


def test_nobody_answered():
    assert "no one has answered" in titles(opened(unanswered()))[1]


@pytest.mark.parametrize("pillars", [1, 2, 3, 24])
def test_any_number_of_pillars_fits(pillars):
    deck = opened(report_of(model(pillars)))
    rows = [
        row.cells[0].text for slide in list(deck.slides)[2 : 4 if pillars > 15 else 3] for row in table_of(slide).rows
    ]
    assert sorted(set(rows) - {"Pillar"}) == sorted(f"Field {number}" for number in range(1, pillars + 1))
    sizes = [run.font.size for slide in deck.slides for table in tables(slide) for run in runs(table)]
    assert min(sizes) >= Pt(11)
    assert [kind for kind in (RADAR, BARS) if _has(deck, kind)] == [RADAR if pillars > 2 else BARS]


def _has(deck, kind):
    charts = [shape.chart.chart_type.name for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    return kind in charts


def test_the_made_up_organisation_of_the_drawings_has_a_deck():
    assert len(opened(report(comments={})).slides) >= 8
    assert northfield.bank().title in words(opened(report(comments={})).slides[0])


def test_each_move_of_the_roadmap_is_a_bar_with_its_owner_in_the_quarters_of_its_period(deck):
    slide = next(slide for slide in deck.slides if "of 52 moves" in slide.shapes.title.text_frame.text)
    heads = {shape.text_frame.text: shape for shape in slide.shapes if shape.has_text_frame}
    bars = [
        shape
        for shape in slide.shapes
        if shape.name in slide.notes_slide.notes_text_frame.text and shape.has_text_frame
    ]
    assert len(bars) == 9
    assert bars[0].left == heads["Q4 2026"].left
    assert bars[-1].left + bars[-1].width <= deck.slide_width
    assert "Heads of department" in bars[0].text_frame.text


def test_decided_actions_are_bars_in_the_quarter_in_which_they_are_due():
    actions = (
        ActionSummary("Appoint an owner", "", "Ann", date(2027, 1, 15), "90d", None, "planned"),
        ActionSummary("Long done", "", "Ben", date(2026, 12, 1), "90d", None, "done"),
    )
    slide = next(
        slide
        for slide in opened(report(comments={}, actions=actions)).slides
        if "decided" in slide.shapes.title.text_frame.text
    )
    (bar,) = [shape for shape in slide.shapes if shape.name == "Appoint an owner"]
    assert bar.text_frame.text == "Ann"
    assert "Appoint an owner: Ann, Q4 2026–Q1 2027" in slide.notes_slide.notes_text_frame.text
    assert not [shape for shape in slide.shapes if shape.name == "Long done"]


def test_two_people_get_no_empty_slide_and_no_empty_column():
    few = opened(cases.case(cases.crowd(2)))
    assert not [title for title in titles(few) if title.startswith("Too few people")]
    moves = next(slide for slide in few.slides if slide.shapes.title.text_frame.text.startswith("Five moves"))
    assert [cell.text for cell in table_of(moves).rows[0].cells] == ["", "Move", "Effect"]


def test_tables_of_forty_pillars_are_read_at_ten_points():
    """Pillars go on to another slide rather than shrink."""
    sizes = [
        run.font.size.pt
        for slide in opened(report_of(model(40))).slides
        for table in tables(slide)
        for run in runs(table)
        if run.font.size
    ]
    assert len(sizes) > 80
    assert min(sizes) >= 10
