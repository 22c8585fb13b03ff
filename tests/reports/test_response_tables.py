"""Comments, evidence and single answers in every file, with names in a named assessment and without them elsewhere."""

import csv
import json
from io import BytesIO, StringIO

import pytest
from docx import Document
from openpyxl import load_workbook

from assessments.reports.files import result_csv, result_json
from assessments.reports.pdf.manifest import manifest
from assessments.reports.pdf.report import report_html
from assessments.reports.sections.quotes import late_note
from assessments.reports.word import report_docx
from assessments.reports.workbook import workbook
from assessments.results import Comment, Evidence
from tests.reports.examples import pillar, quoted, report, shown

KEY, LINK = "ethics-bias", "https://wiki.example/minutes?page=2"
EVIDENCE = {KEY: (Evidence(2, "The board’s minutes of May.", LINK),)}
NAMED = {KEY: (Evidence(3, "The board’s minutes of May.", LINK, by="Zenobia"),)}


def quotes(**fields):
    page = pillar(report(**fields))
    return [*quoted(page), *page.late]


def table(name, **fields):
    return json.loads(result_json(shown(**fields)))["tables"][name]


def test_evidence_stands_with_its_question_grade_and_link():
    (found,) = [quote for quote in quotes(evidence=EVIDENCE) if quote.is_evidence]
    assert found.question.endswith("· Evidence: document")
    assert found.lines == (f"The board’s minutes of May. {LINK}",)


def test_names_stand_beside_what_named_people_wrote():
    bound = report(evidence=NAMED)
    found = quotes(evidence=NAMED)[-1]
    assert "· Zenobia · Evidence: checked" in found.question
    assert "Zenobia" in report_html(bound)
    assert "Zenobia" not in report_html(report(evidence=EVIDENCE))


@pytest.mark.parametrize(
    "make", [lambda: report_html(report(evidence=EVIDENCE)), lambda: word(report(evidence=EVIDENCE))]
)
def test_report_holds_text_and_link_and_makes_no_link_of_it(make):
    text = make()
    assert "The board’s minutes of May." in text
    assert LINK in text.replace("&amp;", "&")
    assert "href" not in text


def word(bound):
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(report_docx(bound))).paragraphs)


def test_files_hold_evidence_without_a_person():
    assert table("evidence", evidence=EVIDENCE) == [
        {
            "pillar": "Ethics",
            "key": KEY,
            "question": shown().bank.questions[KEY].text,
            "grade": "Document",
            "text": "The board’s minutes of May.",
            "link": LINK,
        }
    ]
    lines = list(csv.reader(StringIO(result_csv(shown(evidence=EVIDENCE)).decode("utf-8-sig"))))
    assert ["Evidence", "Link", LINK] in [[line[0], line[3], line[4]] for line in lines]
    sheet = load_workbook(BytesIO(workbook(shown(evidence=EVIDENCE))))["Evidence"]
    assert LINK in [cell.value for cell in sheet[2]]


def test_files_hold_the_reasons_why_a_question_does_not_apply():
    told = {"reasons": {KEY: (Comment("We sell no models."),)}}
    assert table("reasons", **told) == [
        {
            "pillar": "Ethics",
            "key": KEY,
            "question": shown().bank.questions[KEY].text,
            "reason": "We sell no models.",
        }
    ]
    lines = list(csv.reader(StringIO(result_csv(shown(**told)).decode("utf-8-sig"))))
    assert ["Not applicable", "Why it does not apply", "We sell no models."] in [[r[0], r[3], r[4]] for r in lines]
    sheet = load_workbook(BytesIO(workbook(shown(**told))))["Not applicable"]
    assert "We sell no models." in [cell.value for cell in sheet[2]]
    named = {"named": True, "reasons": {KEY: (Comment("=cmd()", by="Zenobia"),)}}
    assert table("reasons", **named)[0]["person"] == "Zenobia"
    assert "'=cmd()" in [cell.value for cell in load_workbook(BytesIO(workbook(shown(**named))))["Not applicable"][2]]


def test_files_of_a_named_assessment_say_who_wrote_and_answered_what():
    assert table("evidence", named=True, evidence=NAMED)[0]["person"] == "Zenobia"
    fields = {"named": True, "comments": {}}
    assert [row["name"] for row in table("answers", **fields) if row["key"] == KEY] == ["Ada", "Ben", "Cem"]
    assert "Every answer." in [row["value"] for row in table("about", **fields)]


def test_whoever_does_not_run_a_named_assessment_gets_no_single_answers():
    fields = {"named": True, "names": {}}
    assert "answers" not in json.loads(result_json(shown(**fields)))["tables"]
    assert "Every answer." not in [row["value"] for row in table("about", **fields)]


def test_hostile_evidence_is_text():
    evil = {KEY: (Evidence(2, "=cmd()", "@evil"),)}
    sheet = load_workbook(BytesIO(workbook(shown(evidence=evil))))["Evidence"]
    assert [cell.value for cell in sheet[2]][-2:] == ["'=cmd()", "'@evil"]
    assert "<script>" not in report_html(report(evidence={KEY: (Evidence(1, "<script>", "<script>"),)}))


def test_a_note_says_what_stands_at_the_end():
    found = quotes(evidence=EVIDENCE)
    assert late_note((), others=True) is None
    assert late_note(found, others=True) == "Three comments and pieces of evidence are at the end of this report."


def test_other_evidence_is_another_report():
    one, other = report(evidence=EVIDENCE), report(evidence=NAMED)
    assert manifest(one, engine="x", look="y").evidence != manifest(other, engine="x", look="y").evidence
    assert Comment("a") != Comment("a", by="Zenobia")
