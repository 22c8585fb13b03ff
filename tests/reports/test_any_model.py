"""The report of other models than ours: one pillar or many, few levels, long statements."""

from io import BytesIO
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from assessments.charts.axis import axis_of
from assessments.charts.dots import score_strip
from assessments.charts.strips import CLOSEST, Marks
from assessments.reports.pdf.report import render_pdf
from assessments.scoring.answers import Answers, Respondent
from assessments.scoring.bank import Bank, Pillar, Question
from assessments.scoring.result import score
from assessments.wording.remarks import pillar_names
from tests.charts import northfield
from tests.reports.examples import block, report, section


def model(pillars, *, questions=2, anchor="Leaders decide it."):
    def question(key):
        return Question(key=key, text=f"How is {key} led?", anchors=tuple(f"{anchor} {level}" for level in range(1, 6)))

    return Bank(
        key="other",
        version="1.0.0",
        title="Another model",
        language="en",
        levels=northfield.bank().levels,
        pillars=tuple(
            Pillar(
                key=f"p{number}",
                name=f"A field of practice {number}",
                short=f"Field {number}",
                questions=tuple(question(f"p{number}-q{place}") for place in range(questions)),
            )
            for number in range(1, pillars + 1)
        ),
    )


def report_of(bank, told=northfield.NOTHING):
    answers = {key: 1 + number % 5 for number, key in enumerate(bank.questions)}
    result = score(bank, Answers(respondents=(Respondent("r1", answers),), invited=1))
    return report(bank=bank, result=result, comments={}, told=told)


def pages_of(bank, **told):
    pdf = render_pdf(report_of(bank, **told))
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


@pytest.mark.parametrize("pillars", [1, 2, 3, 13, 24, 40])
def test_the_summary_stands_on_one_page_and_the_profile_on_the_next(pillars):
    pages = pages_of(model(pillars))
    assert "Decisions needed" in pages[1]
    assert "Profile" in pages[2]
    assert f"Pillar {pillars} of {pillars}" in "\n".join(pages)
    (figures,) = [page for page in pages[2:4] if "All figures" in page]
    assert all(f"A field of practice {number}" in figures for number in range(1, pillars + 1))
    assert all(f"A field of practice {number}" in pages[2] for number in range(1, pillars + 1))  # beside the chart
    assert figures.count("Organisation") == 1  # the total ends the table, and stands with it
    assert "Bounds: the score if" in figures  # as does what explains it


def test_marks_of_many_rows_stay_in_their_rows():
    strip = score_strip(Marks(score=2.0, target=3.0), "A field", axis_of(northfield.bank()), height=CLOSEST)
    (tick,) = (line for line in ElementTree.fromstring(strip).iter("line") if line.get("class") == "tick")
    assert 0 <= float(tick.get("y1")) < float(tick.get("y2")) <= CLOSEST


def test_two_pillars_are_bars():
    drawings = [block(section(report_of(model(pillars)), "profile"), "figure").svg for pillars in (2, 3)]
    assert ['class="chart bars"' in svg for svg in drawings] == [True, False]


def test_forty_questions_and_long_statements_run_on_over_pages():
    bank = model(3, questions=40, anchor="word " * 250)
    text = "\n".join(pages_of(bank, told={"means": frozenset(bank.questions), "counts": {}}))
    assert all(f"How is {key} led?" in text for key in bank.questions)


def test_a_sentence_names_four_of_many_pillars():
    bank = model(24)
    assert pillar_names(bank, [pillar.key for pillar in bank.pillars]).endswith("A field of practice 4 and 20 others")
    assert pillar_names(bank, ["p2", "p1"]) == "A field of practice 1 and A field of practice 2"
