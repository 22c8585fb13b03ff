"""Reports of banks of every shape: their own scale, levels and groups, and the model's own figure first."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from assessments.reports.document import document
from assessments.reports.page_fit import lines
from assessments.reports.pdf.report import render_pdf, report_html
from assessments.scoring.answers import Answers, Respondent
from assessments.scoring.minimum_respondents import disclosed
from assessments.scoring.result import score
from tests.reports.examples import report
from tests.shapes import SHAPES


def report_of(bank, people=6):
    given = [
        Respondent(f"r{n}", {key: each.offered[(n + place) % 2] for place, (key, each) in enumerate(bank.questions.items())})
        for n in range(people)
    ]  # fmt: skip
    answers = Answers(respondents=(*given,), invited=people)
    told = disclosed(bank, answers, confidential=True)
    shown = {"means": told.means, "counts": told.counts}
    return report(bank=bank, result=score(bank, answers), comments={}, told=shown)


@pytest.mark.parametrize("name", SHAPES)
def test_no_level_and_no_end_of_a_scale_is_named_that_the_bank_does_not_have(name):
    bank = SHAPES[name]()
    html = report_html(report_of(bank))
    levels = set(re.findall(r"\blevels?[\s\u00a0](\d+)(?![\d%])", html))
    assert levels <= {str(bank.level_number(level)) for level in range(1, len(bank.levels) + 1)}
    ends = {float(number) for number in re.findall(r">of (\d+)\b", html)}
    assert ends <= {len(bank.levels), bank.scale.high}


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_chart_and_figures_of_fifteen_pillars_in_groups_share_a_page(paper):
    data = render_pdf(replace(report_of(SHAPES["staged"]()), paper=paper))
    pages = [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    assert "All figures" in pages[2]
    assert "Coverage: share of questions" in pages[2]
    assert "Agreement between six respondents" in pages[3]


def test_long_names_of_pillars_stay_on_a_line():
    page = document(report_of(SHAPES["staged"]()))
    agreement = next(section for section in page.sections if section.key == "agreement")
    tables = page.summary.table, next(block for block in agreement.blocks if block.kind == "table")
    for table, size in zip(tables, (7.5, 10), strict=True):
        assert all(lines(row[0].text, table.widths[0], size) == 1 for row in table.lines)
        assert sum(column.width for column in table.columns) == pytest.approx(170)


def test_groups_are_headings_with_figures_and_the_own_figure_comes_first():
    made = document(report_of(SHAPES["staged"]()))
    assert [fact.label for fact in made.summary.facts.items][:2] == ["Index", "Level"]
    headings = [line[0].text for line in made.summary.table.lines if line[0].look == "group"]
    assert headings == ["Governance", "Design", "Implementation", "Verification", "Operations"]
