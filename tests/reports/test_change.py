"""The change since the previous round, in every file."""

import csv
import json
from copy import copy
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from docx import Document
from openpyxl import load_workbook

from assessments.reports.blocks import DASH, NOTE
from assessments.reports.document import document
from assessments.reports.files import result_csv, result_json
from assessments.reports.pdf.manifest import manifest
from assessments.reports.pdf.report import report_html
from assessments.reports.report import report_of
from assessments.reports.sections.change import compared
from assessments.reports.word import report_docx
from assessments.reports.workbook import workbook
from tests.reports.assessments import BANK, KEYS, beside, people, risen, seen
from tests.reports.examples import block, section

pytestmark = [  # a report asks how many of an assessment's people were interviewed
    pytest.mark.django_db,
    pytest.mark.usefixtures("no_peers"),
]

FIRST = BANK.pillars[0]
ALONE = KEYS[0]  # a question of the first pillar


def hiding():
    """Two people, and one question that only one of them answered in the first round and none in the second."""
    before = seen(people(2, 2, skip=((1, ALONE),)), "Q2 2026")
    return beside(before, seen(people(3, 3, skip=((0, ALONE), (1, ALONE))), "Q4 2026"))


def moved(report):
    """How the index changed, as on the summary."""
    facts = {fact.label: fact for fact in document(report).summary.facts.items}
    return (facts["Change"].value, facts["Change"].note) if "Change" in facts else None


def sheet(shown, name):
    rows = load_workbook(BytesIO(workbook(shown)))[name].iter_rows(values_only=True)
    head, *lines = rows
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_a_first_round_has_no_such_page():
    shown = seen(people(2, 2, 3), "Q2 2026")
    assert section(report_of(shown), "change") is None
    assert "Since last time" not in report_html(report_of(shown))
    assert "change" not in json.loads(result_json(shown))["tables"]


def test_the_page_opens_with_what_changed_and_shows_every_figure():
    page = section(report_of(risen()), "change")
    assert page.title == "Every pillar rose since the previous round"
    table = block(page, "table")
    assert [column.head for column in table.columns[2:4]] == ["Q2 2026", "Q4 2026"]
    _name, common, before, after, change, _interval, verdict = [cell.text for cell in table.body[0]]
    assert (before, after, change, verdict) == ("2.3", "3.3", "+1.0", "clear change")
    assert (table.body[0][4].look, table.body[0][6].look) == ("strong", "left real")
    assert common == f"{len(FIRST.questions)} of {len(FIRST.questions)}"
    assert table.total[0].text == "Index"
    assert block(page, "figure").svg.count('class="line"') == len(BANK.pillars)


def test_the_section_holds_every_row_with_the_total_last():
    report = report_of(risen())
    table, page = block(section(report, "change"), "table"), compared(report.since)
    assert [row[0].text for row in table.body] == [row.name for row in page.rows]
    assert (table.total[0].text, table.total[-1].look) == ("Index", "left real")


def test_two_people_cannot_say():
    shown = beside(seen(people(2, 2), "Q2"), seen(people(3, 3), "Q4"))
    report = report_of(shown)
    assert {row[-1].text for row in block(section(report, "change"), "table").body} == {"unclear"}
    assert moved(report) == ("+1.0", "Since Q2: unclear, too few people")


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ((2, 2, 3), (3, 3, 4), ("+1.0", "Since Q2 2026: clear change, 90% interval +0.91 to +1.09")),
        ((1, 2, 5), (2, 3, 4), ("+0.3", "Since Q2 2026: no clear difference, 90% interval −1.61 to +2.28")),
    ],
)
def test_the_summary_says_how_the_index_changed_as_the_page_on_change_does(before, now, said):
    report = report_of(beside(seen(people(*before), "Q2 2026"), seen(people(*now), "Q4 2026")))
    html, total = report_html(report), block(section(report, "change"), "table").total
    assert moved(report) == said
    assert (total[4].text, total[5].text) == (said[0], said[1].partition(" interval ")[2])
    assert said[1] in html[html.index("Summary") : html.index("Profile")]
    figures = [
        (head.text, *cell.text.split("\n"))
        for table in Document(BytesIO(report_docx(report))).tables
        for head, cell in zip(table.rows[0].cells, table.rows[-1].cells, strict=True)
    ]
    assert ("Change", *said) in figures


def test_the_summary_is_silent_where_assessments_cannot_be_compared():
    assert moved(report_of(hiding())) is None
    assert moved(report_of(seen(people(2, 2, 3), "Q2 2026"))) is None


def test_other_versions_are_named_above_the_figures():
    newer = replace(BANK, version="9.1.0")
    now = seen(people(3, 3, 4), "Q4 2026", bank=newer)
    (banner,) = compared(report_of(beside(seen(people(2, 2, 3), "Q2 2026"), now)).since).banners
    assert "Q4 2026: 9.1.0" in banner
    assert banner in report_html(report_of(beside(seen(people(2, 2, 3), "Q2 2026"), now))).replace("&amp;", "&")


def test_versions_that_share_no_question_leave_a_sentence_and_no_page():
    newer = replace(BANK, version="9.1.0", pillars=tuple(reworded(pillar) for pillar in BANK.pillars))
    now = seen(people(3, 3, 4), "Q4 2026", bank=newer)
    report = report_of(beside(seen(people(2, 2, 3), "Q2 2026"), now))
    assert section(report, "change") is None
    assert "so nothing is compared. Each result holds on its own." in report_html(report)


def reworded(pillar):
    questions = tuple(
        replace(each, anchors=tuple(f"{each.key} {level}" for level in range(1, 6))) for each in pillar.questions
    )
    return replace(pillar, questions=questions)


def test_what_would_tell_one_persons_answer_is_not_shown_in_any_file():
    shown = hiding()
    page = section(report_of(shown), "change")
    table = block(page, "table")
    assert [table.body[0][place].text for place in (2, 3, -1)] == [DASH, DASH, "not shown"]
    assert table.total[-1].text == "not shown"
    assert FIRST.name in next(text.text for text in page.blocks if text.kind == "text" and text.look == NOTE)
    assert FIRST.name not in block(page, "figure").svg
    first = sheet(shown, "Change")[0]
    assert (first["Q2 2026"], first["Q4 2026"], first["Change"], first["Verdict"]) == (None, None, None, "not shown")


def test_word_holds_the_page():
    file = Document(BytesIO(report_docx(report_of(risen()))))
    assert "Every pillar rose since the previous round" in [p.text for p in file.paragraphs]
    heads = [[cell.text for cell in table.rows[0].cells] for table in file.tables]
    assert ["Pillar", "Shared questions", "Q2 2026", "Q4 2026", "Change", "90% interval", "Verdict"] in heads


def test_files_hold_the_figures():
    first, last = sheet(risen(), "Change")[0], sheet(risen(), "Change")[-1]
    assert (round(first["Q2 2026"], 4), round(first["Change"], 4), first["Verdict"]) == (2.3333, 1.0, "clear change")
    assert last["Pillar"] == "Index"
    found = json.loads(result_json(risen()))["tables"]["change"]
    assert (round(found[0]["before"], 4), found[-1]["pillar"]) == (2.3333, "Index")
    lines = list(csv.reader(StringIO(result_csv(risen()).decode("utf-8-sig"))))
    assert ["Change", FIRST.name, "", "Verdict", "clear change"] in lines


def test_another_previous_round_is_another_report():
    one, other = report_of(risen()), report_of(beside(seen(people(1, 2, 3), "Q2"), seen(people(3, 3, 4), "Q4 2026")))
    made = [manifest(report, engine="x", look="y").since for report in (one, other)]
    assert made[0] != made[1]
    assert None not in made


def test_how_people_see_last_time_today_is_in_the_report_and_its_manifest(no_peers):
    before = risen()
    frozen = replace_then(before, people=9, shift=-0.4, margin=0.1)
    told = "9 people now rate last time 0.4 lower than they did then: standards have risen."
    changed = report_of(frozen)
    assert any(block.text.startswith(told) for block in section(changed, "change").blocks if block.kind == "text")
    assert manifest(changed, engine="", look="").since != manifest(report_of(before), engine="", look="").since


def replace_then(result, *, people, shift, margin):
    """The result as if last time had been rated again."""
    frozen = copy(result.frozen)
    frozen.then_people, frozen.then_shift, frozen.then_margin = people, shift, margin
    return replace(result, frozen=frozen)
