"""Every number of a deck is one of its result: in charts and their workbooks, in tables and in texts."""

import json
import re
from collections import Counter
from dataclasses import asdict
from io import BytesIO
from itertools import accumulate, combinations

import openpyxl
import pytest
from pptx import Presentation

from assessments.formats.result import dump_result
from assessments.reports.document import cover_of
from assessments.reports.sections.calendar import Timeline
from assessments.reports.sections.method import glossary, limits
from assessments.reports.slides.deck import report_pptx
from assessments.scoring.bank import HORIZONS
from assessments.wording import numbers
from assessments.wording.certainty import certainty
from assessments.wording.credit import credits
from tests.reports import cases
from tests.reports.test_any_shape import report_of
from tests.shapes import SHAPES

NUMBER = re.compile(r"\d+(?:\.\d+)?")
REPORTS = {
    "typical": cases.typical,
    "few people": cases.mostly_missing,
    "one person": cases.one,
    **{name: lambda name=name: report_of(SHAPES[name]()) for name in ("staged", "mixed", "checklist")},
}


def told(value, places=1):
    return float(numbers.rounded(value, places))


def leaves(value):
    """Every number and every text of nested data."""
    if isinstance(value, dict):
        value = value.values()
    if isinstance(value, (str, int, float)):
        yield value
    elif value is not None and hasattr(value, "__iter__"):
        for part in value:
            yield from leaves(part)


def said(texts):
    return {float(number) for text in texts for number in NUMBER.findall(str(text))}


def of_result(shown):
    """What a chart or a table may show: numbers of the result as printed, and people by answer."""
    found = list(leaves(json.loads(dump_result(shown.result))))
    exact = [value for value in found if isinstance(value, (int, float))]
    printed = {told(value * factor, places) for value in exact for factor, places in ((1, 0), (1, 1), (1, 2), (100, 0))}
    return printed | {float(people) for each in shown.counts.values() for people in each}


def of_texts(shown):
    """And of texts: differences of printed figures, sums of efforts, moves a period, quarters, and the numbers of the bank, its method and the cover."""
    rows = shown.result.pillars
    figures = {told(value) for row in rows for value in (row.score, row.target) if value is not None}
    apart = {told(abs(one - other)) for one, other in combinations(figures, 2)}
    moves = shown.result.priorities
    efforts = accumulate(move.effort or 0 for move in moves)
    texts = [*glossary(shown.bank), limits(shown.bank), cover_of(shown).facts, *credits(shown.bank), *certainty(shown)]
    return (
        of_result(shown)
        | apart
        | {told(total) for total in efforts}
        | {float(len(moves)), *(float(n) for n in Counter(move.horizon for move in moves).values())}
        | said(numbers.quarter(start) for start in Timeline(shown.scored_on, HORIZONS).quarters)
        | said(leaves(asdict(shown.bank)))
        | said(leaves([texts, shown.assessment_name, shown.checksum]))
        | set(map(float, range(len(shown.bank.levels) + 1)))
    )


def drawn(deck):
    """The numbers of charts, as drawn and in their workbooks; places of rows on the axis left out."""
    for shape in (shape for slide in deck.slides for shape in slide.shapes if shape.has_chart):
        chart, is_xy = shape.chart, shape.chart.chart_type.name == "XY_SCATTER"
        series = chart.plots[0].series
        yield from (float(x.text) for each in series for x in each._element.findall(".//{*}xVal//{*}v") if is_xy)
        yield from (value for each in series for value in each.values if value is not None and not is_xy)
        book = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        for row in book.active.iter_rows(values_only=True):
            cells = row[:1] if is_xy else row
            yield from (cell for cell in cells if isinstance(cell, (int, float)))


def written(deck):
    """The numbers of texts and tables; the numbers of slides left out."""
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_table:
                yield from said(cell.text for row in shape.table.rows for cell in row.cells)
            if shape.has_text_frame and not shape._element.findall(".//{*}fld"):
                yield from said([shape.text_frame.text])


def strangers(deck, shown):
    return set(drawn(deck)) - of_result(shown), set(written(deck)) - of_texts(shown)


@pytest.mark.parametrize("name", REPORTS)
def test_every_number_is_of_the_result(name):
    shown = REPORTS[name]()
    assert strangers(Presentation(BytesIO(report_pptx(shown))), shown) == (set(), set())


def test_numbers_of_another_result_are_found():
    """Planted: the deck of forty people beside the result of nine."""
    charts, texts = strangers(Presentation(BytesIO(report_pptx(cases.forty()))), cases.typical())
    assert charts
    assert texts
