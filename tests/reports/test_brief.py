"""The executive brief and the calendar: what a board reads in five minutes, from the sentences of the report."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from assessments.reports.document import document
from assessments.reports.pdf.report import rendered_report
from assessments.reports.sections.calendar import Entry, calendar
from assessments.results import ActionSummary
from tests.reports import brands
from tests.reports.cases import CASES, typical
from tests.reports.examples import blocks, report, unanswered


@pytest.mark.parametrize("make", CASES.values(), ids=CASES)
def test_a_brief_is_at_most_both_sides_of_a_sheet(make):
    assert rendered_report(make(is_brief=True)).pages == 2


@pytest.mark.parametrize(("text", "is_there"), [(brands.WORDS, True), ("A word. " * 700, False)], ids=["short", "long"])
def test_commentary_has_room_or_is_named(text, is_there):
    made = rendered_report(typical(is_brief=True, commentary=(brands.said(text=text),)))
    assert made.pages == 2
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(made.pdf)).pages)
    assert ("Commentary by Hart Advisory: see the full report." not in words) is is_there
    assert "Written by a consultant" in words or not is_there


def test_it_opens_with_the_summary_of_the_report():
    brief, whole = document(report(is_brief=True)), document(report())
    assert brief.summary == whole.summary
    assert [section.key for section in brief.sections] == ["brief"]


def test_nobody_answered_is_still_a_brief():
    assert len(document(replace(unanswered(), is_brief=True)).sections) == 1


def test_a_calendar_has_a_quarter_a_column_and_an_owner_a_row():
    days = date(2027, 2, 18), date(2027, 5, 21), date(2027, 3, 31)
    entries = [Entry(owner, day, name) for owner, day, name in zip(("Ann", "Ben", "Ann"), days, "abc", strict=True)]
    _heading, table = calendar(report(), entries)
    assert [column.head for column in table.columns] == ["Owner", "Q1 2027", "Q2 2027"]
    assert [[cell.text for cell in row] for row in table.lines] == [["Ann", "a\nc", ""], ["Ben", "", "b"]]


def test_one_owner_or_one_quarter_needs_no_calendar():
    assert calendar(report(), [Entry("Ann", date(2027, 2, 1), "a"), Entry("Ben", date(2027, 3, 1), "b")]) == ()
    assert calendar(report(), [Entry("Ann", date(2027, 2, 1), "a"), Entry("Ann", date(2027, 7, 1), "b")]) == ()


def test_what_is_decided_is_in_the_calendar_under_its_date():
    actions = (
        ActionSummary("Appoint an owner", "", "Ann", date(2027, 1, 15), "90d", None, "planned"),
        ActionSummary("Train everybody", "", "", None, "12m", None, "planned"),
        ActionSummary("Long done", "", "Ben", date(2026, 12, 1), "90d", None, "done"),
    )
    section = document(report(is_brief=True, actions=actions)).sections[0]
    table = next(table for table in blocks(section, "table") if table.key == "calendar")
    assert [column.head for column in table.columns] == ["Owner", "Q1 2027", "Q4 2027"]
    assert [row[0].text for row in table.lines] == ["Ann", "No owner yet"]
