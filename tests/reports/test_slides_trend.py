"""The slide of the trend: the lines of the trend page as a chart that people can edit, within the limits of that page."""

from dataclasses import replace

from assessments.reports.slides.deck import report_pptx
from assessments.scoring.trend import Trends
from tests.charts import northfield
from tests.charts.test_slide_pictures import risen
from tests.reports.examples import report
from tests.reports.test_slides import opened, table_of, titles

VISION, CULTURE, TALENT = (pillar.key for pillar in northfield.bank().pillars[:3])


def history():
    """The index and Vision rise, Culture has no trend, and Talent is withheld."""
    index = risen().trends.overall
    flat = replace(index, key=CULTURE, slope_per_year=0.1, interval=(-0.2, 0.4), verdict="none")
    hidden = tuple(replace(point, score=None, interval=None) for point in index.points)
    withheld = replace(index, key=TALENT, points=hidden, slope_per_year=None, interval=None, verdict="none")
    trends = Trends(index, (withheld, flat, replace(index, key=VISION)))
    return replace(risen(), trends=trends, withheld=frozenset([TALENT]))


def slide():
    return next(
        each for each in opened(report(trend=history())).slides if "is rising" in each.shapes.title.text_frame.text
    )


def test_lines_are_the_printed_scores_of_the_index_and_of_what_rises_or_falls():
    (chart,) = [shape.chart for shape in slide().shapes if shape.has_chart]
    assert chart.chart_type.name == "LINE_MARKERS"
    assert list(chart.plots[0].categories) == ["Q0", "Q1", "Q2"]
    assert {each.name: list(each.values) for each in chart.plots[0].series} == {
        "Index": [2.5, 2.8, 3.0],
        "Vision": [2.5, 2.8, 3.0],
    }


def test_every_line_is_in_the_table_what_is_clear_first_and_the_withheld_without_figures():
    rows = [[cell.text for cell in row.cells] for row in table_of(slide()).rows][1:]
    assert [(row[0], row[3]) for row in rows] == [
        ("Index", "rising"), ("Vision", "rising"), ("Talent", "no line"), ("Culture", "no trend"),
    ]  # fmt: skip
    assert rows[1][1:3] == ["+0.25", "+0.20 to +0.30"]
    assert rows[2][1:3] == ["–", "–"]


def test_notes_say_each_line_in_a_sentence_and_what_is_not_shown():
    notes = slide().notes_slide.notes_text_frame.text
    assert "Vision: Rising since Q2" in notes.replace("\u00a0", " ")
    assert "Talent: Not shown, because it would tell what one or two people answered" in notes


def test_no_slide_without_questions_in_common_and_the_same_bytes_with_them():
    assert len(opened(report(trend=replace(history(), common=0))).slides) == len(opened(report()).slides)
    assert "Trend" not in " ".join(titles(opened(report())))
    assert report_pptx(report(trend=history())) == report_pptx(report(trend=history()))
