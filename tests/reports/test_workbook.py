"""The workbook read back: every figure that may be seen, no other, and no formula."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from time import gmtime

import pytest
from openpyxl import load_workbook

from assessments.csv_safety import safe_text
from assessments.reports.tables import tables
from assessments.reports.workbook import workbook
from assessments.scoring.suppression import ReaderResult
from tests.charts import northfield
from tests.reports.examples import COMMENTS, shown

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", '=HYPERLINK("http://evil.example")']


def opened(data):
    return load_workbook(BytesIO(data))


def column(sheet, head):
    place = next(cell.column for cell in sheet[1] if cell.value == head)
    return [sheet.cell(row, place).value for row in range(2, sheet.max_row + 1)]


def test_every_pillar_figure_is_a_number():
    sheet = opened(workbook(shown()))["Pillars"]
    assert column(sheet, "Score") == [pillar.score for pillar in northfield.result().pillars]
    assert column(sheet, "Target") == [pillar.target for pillar in northfield.result().pillars]


def test_days_are_days_and_each_figure_about_the_assessment_is_written_in_its_unit():
    assessment_result = shown()
    assessment_result.assessment.organisation.time_zone = (
        "America/New_York"  # where the day before lasts until five UTC
    )
    sheet = opened(workbook(assessment_result))["About"]
    cells = {row[0].value: row[1] for row in sheet.iter_rows(min_row=2)}
    assert (cells["Scored on"].value, cells["Scored on"].number_format) == (datetime(2026, 11, 19), "yyyy-mm-dd")
    assert (cells["Index, 1 to 5"].number_format, cells["Share of questions answered"].number_format) == ("0.00", "0%")
    assert cells["Level"].number_format == "0"


def test_every_question_has_its_row_mean_and_counts():
    sheet = opened(workbook(shown()))["Questions"]
    rows = [question for pillar in northfield.result().pillars for question in pillar.questions]
    assert column(sheet, "Key") == [row.key for row in rows]
    assert column(sheet, "Mean") == [row.mean if row.mean is None else pytest.approx(row.mean) for row in rows]
    counts = northfield.everything()["counts"]
    assert column(sheet, "Level 1") == [counts[row.key][0] if row.key in counts else None for row in rows]


def test_question_that_may_not_be_shown_shows_no_figure():
    table = next(
        table
        for table in tables(shown(seen=ReaderResult(northfield.result(), frozenset(), {})))
        if table.key == "questions"
    )
    places = [
        place for place, each in enumerate(table.columns) if each.key in ("n", "mean", "middle", "level_1", "evidence")
    ]
    assert {row[place] for row in table.rows for place in places} == {None}
    moves = next(
        table
        for table in tables(shown(seen=ReaderResult(northfield.result(), frozenset(), {})))
        if table.key == "moves"
    )
    assert {row[6] for row in moves.rows} == {None}


def test_mean_without_counts_shows_no_counts():
    table = next(
        table
        for table in tables(shown(seen=ReaderResult(northfield.result(), northfield.everything()["means"], {})))
        if table.key == "questions"
    )
    assert {row[8] for row in table.rows} == {None}
    assert any(row[6] is not None for row in table.rows)


def test_every_comment_is_there():
    sheet = opened(workbook(shown()))["Comments"]
    assert set(column(sheet, "Comment")) == {text for texts in COMMENTS.values() for text in texts}


def test_single_answers_only_in_a_named_assessment():
    assert "Answers" not in opened(workbook(shown())).sheetnames
    sheet = opened(workbook(shown(named=True)))["Answers"]
    assert column(sheet, "Answer") == ["Don’t know", 1, "Don’t know", 2, "Don’t know", 3]
    assert set(column(sheet, "Person")) == {"p1", "p2", "p3"}


def test_person_alone_in_a_confidential_assessment_sees_the_answers():
    one = replace(shown().answers, respondents=shown().answers.respondents[:1])
    assert "answers" in [table.key for table in tables(shown(answers=one, eligible=None))]
    assert "answers" not in [table.key for table in tables(shown(answers=one))]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula(text):
    assessment_result = shown(comments={"ethics-bias": (text,)})
    assessment_result.assessment.organisation.name = text
    book = opened(workbook(assessment_result))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b", "d"}
    assert not [cell.value for cell in cells if str(cell.value)[:1] in "=+@\t\r" or cell.hyperlink]
    assert "'" in column(book["Comments"], "Comment")[0][:1]


def test_heading_is_neutralised_too(monkeypatch):
    for module in ("tables", "response_tables", "sections.agreed", "sections.change"):
        monkeypatch.setattr(f"assessments.reports.{module}._", lambda text: "=" + text)
    book = opened(workbook(shown()))
    assert {cell.value[:2] for sheet in book for cell in sheet[1]} == {"'="}


@pytest.mark.parametrize(
    ("text", "safe"), [("a=b", "a=b"), ("=a", "'=a"), ("a\x00\x07b", "ab"), ("", ""), (" -x", "' -x")]
)
def test_safe_text(text, safe):
    assert safe_text(text) == safe


def test_longest_comment_is_whole():
    long = "x" * 10_000
    assert column(opened(workbook(shown(comments={"ethics-bias": (long,)})))["Comments"], "Comment") == [long]


def test_sheets_print_across_one_page_wide_with_their_heads():
    for sheet in opened(workbook(shown())):
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert sheet.print_title_rows == "$1:$1"


def test_the_same_result_is_the_same_file(monkeypatch):
    first = workbook(shown())
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *args: gmtime(2_000_000_000))
    assert workbook(shown()) == first
    assert opened(first).properties.modified == datetime(2026, 11, 20)
