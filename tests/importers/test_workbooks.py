"""Banks as workbooks: out and in again, other people's sheets, and every wrong cell by its name."""

import pathlib
import time

import pytest

from assessments.formats.bank import load_bank
from assessments.formats.dump import dump_bank
from assessments.formats.problems import ProblemsError
from assessments.importers.columns import guessed, header_row
from assessments.importers.door import Foreign, read_bank_file
from assessments.importers.export import workbook_of
from assessments.importers.mapping import Described, layout_of
from assessments.importers.questions import bank_of_layout
from tests.scoring.test_models import aima_shaped, samm_shaped

from . import files

FACTS = [["key", "typed"], ["version", "1.0.0"], ["title", "Typed"]]
CHOICES = [["set", "text", "value"], ["s", "No", 0], ["s", "Partly", "0,5"], ["s", "Yes", 1]]
QUESTIONS = [
    ["pillar", "key", "question", "weight", "choices"],
    ["Goals", "g-1", "Known?", "2.0", "s"],
    [None, "g-2", "Followed?", "1,5", "s"],
    ["Teams", "t-1", "Steady?", None, None],
]


def typed(**sheets):
    return files.workbook({"questions": QUESTIONS, "bank": FACTS, "choices": CHOICES, **sheets})


def problems_of(raw, name="x.xlsx"):
    with pytest.raises(ProblemsError) as error:
        read_bank_file(raw, name)
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize("name", ["ai-leadership.yaml", "ai-leadership-2.yaml", "demo/small.yaml", "template.yaml"])
def test_out_and_in_again_is_the_same_bank(name):
    bank = load_bank((pathlib.Path("fixtures") / name).read_text())
    assert dump_bank(read_bank_file(workbook_of(bank), "bank.xlsx").bank) == dump_bank(bank)


@pytest.mark.parametrize("shape", [samm_shaped, aima_shaped])
def test_stages_groups_scale_and_sets_survive(shape):
    assert dump_bank(read_bank_file(workbook_of(shape()), "bank.xlsx").bank) == dump_bank(shape())


ODD = """\
format: maturity-bank/2
key: odd
version: 1.0.0
title: "=1+1"
about: "  two lines\\n\\n  and spaces "
levels: [{name: a, value: 0}, {name: b, summary: "_x0041_", value: 0.123456789}, {name: c, value: 1}]
scale: {from: -2.5, to: 1e3}
gate: {by: answers, reach: 0.3, hold: 0.9, cap: null, spread: null}
groups: [{key: "1", name: "1.0", weight: 0.5}]
index_of: groups
pillars:
  - key: "007"
    name: "@SUM(A1)"
    group: "1"
    weight: 0
    questions:
      - {key: "1e5", text: "true", anchors: ["+1", null, "2026-12-01"], allows_na: true, central: true, covers: ["a\\nb", "[1]", " c"]}
  - key: p2
    name: p2
    group: "1"
    questions:
      - {key: q, text: "مرحبا 1", anchors: ["-", "null", null], essential_at: 2, essential_reason: "no", short: "01"}
retired: [old, "2"]
"""


def test_odd_texts_survive_and_no_text_becomes_a_formula():
    bank = load_bank(ODD)
    assert dump_bank(read_bank_file(workbook_of(bank), "bank.xlsx").bank) == dump_bank(bank)


def test_numbers_as_text_decimal_commas_merged_cells_and_a_single_answer_set_are_understood():
    bank = read_bank_file(typed(), "x.xlsx").bank
    assert [(pillar.name, len(pillar.questions)) for pillar in bank.pillars] == [("Goals", 2), ("Teams", 1)]
    assert [question.weight for question in bank.questions.values()] == [2, 1.5, 1]
    assert [choice.value for choice in bank.choices[0].choices] == [0, 0.5, 1]
    assert [level.name for level in bank.levels] == ["No", "Partly", "Yes"]


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        (
            {"questions": [*QUESTIONS, ["Teams", "t-2", "New?", "heavy", "s"]]},
            'questions!D5: pillars[1].questions[1].weight: a number expected, found "heavy"',
        ),
        (
            {"questions": [*QUESTIONS, ["Teams", "t-2", "New?", None, "none"]]},
            'questions!E5: pillars[1].questions[1].choices: there is no answer set "none" in this bank',
        ),
        ({"questions": [*QUESTIONS, ["Teams", "t 2", "New?", None, "s"]]}, "questions!B5: pillars[1].questions[1].key"),
        ({"questions": [*QUESTIONS, ["Teams", "g-1", "New?", None, "s"]]}, "questions!B5: pillars[1].questions[1].key"),
        (
            {"choices": [*CHOICES[:3], ["s", "Yes", 0.2]]},
            "choices!C4: choices.s[2].value: the last value is 1, found 0.2",
        ),
        (
            {"bank": [*FACTS, ["scale from", 3], ["scale to", 3]]},
            "bank!B5: scale.to: to is above from; 3 is not above 3",
        ),
        ({"bank": [*FACTS, ["gate by", "stages"]]}, "stage: this field is missing; levels are stages"),
        ({"bank": [*FACTS, ["gate by", "luck"]]}, "bank!B4: gate.by: answers or stages expected"),
        ({"bank": FACTS[1:]}, "key: this field is missing"),
        (
            {"groups": [["key", "name"], ["lonely", "Lonely"]]},
            'groups!A2: groups[0].key: the group "lonely" has no pillar',
        ),
    ],
)
def test_each_wrong_field_is_a_sentence_with_sheet_and_cell(sheets, said):
    assert any(said in problem for problem in problems_of(typed(**sheets))), problems_of(typed(**sheets))


def test_a_formula_counts_as_its_saved_value_and_without_one_is_named():
    raw = typed(questions=[*QUESTIONS, ["Teams", "t-2", "=A1", None, "s"]])
    assert "x.xlsx:questions!C5: a formula without a saved value; open the file, save it and try again" in problems_of(
        raw
    )


def test_other_peoples_sheets_ask_which_column_is_which():
    rows = [
        ["Our model"],
        [],
        ["Domain", "No", "Statement", "Maturity level"],
        ["Care", 1, "Done?", 1],
        [None, 2, "Kept?", 2.0],
    ]
    found = read_bank_file(files.workbook({"Model": rows}), "ours.xlsx")
    assert isinstance(found, Foreign)
    (sheet,) = found.sheets
    header = header_row(sheet)
    columns = guessed(sheet.rows[header].cells)
    assert columns == {"pillar": 0, "key": 1, "question": 2, "stage": 3}
    facts = {"key": "ours", "version": "1.0.0", "title": "Ours"}
    bank = bank_of_layout(layout_of(sheet, Described(header, columns, facts, "No\nPartly = 0,4\nYes")), "x").bank
    assert [question.stage for question in bank.questions.values()] == [2, 3]
    assert [choice.value for choice in bank.choices[0].choices] == [0, 0.4, 1]
    assert [level.name for level in bank.levels] == ["Start", "First stage", "Second stage"]
    assert bank.gate.by == "stages"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_csv_in_the_usual_separators_and_encodings(encoding, separator):
    rows = [["Säule", "Frage", "Stufe 1", "Stufe 2"], ["Führung", "Wie weit?", "Gar nicht", "Ganz"]]
    text = "\r\n".join(separator.join(row) for row in rows)
    (sheet,) = read_bank_file(text.encode(encoding), "frage.csv").sheets
    assert guessed(sheet.rows[0].cells) == {"pillar": 0, "question": 1, "level 1": 2, "level 2": 3}
    assert sheet.rows[1].cells == ("Führung", "Wie weit?", "Gar nicht", "Ganz")


@pytest.mark.parametrize(
    ("raw", "name", "said"),
    [
        (files.with_part(typed(), "xl/vbaProject.bin", b"x"), "x.xlsm", "workbooks with macros are not read"),
        (
            files.with_part(typed(), "xl/externalLinks/externalLink1.xml", b"<x/>"),
            "x.xlsx",
            "takes values from other files",
        ),
        (files.with_part(typed(), "xl/bomb.bin", b"\0" * 61_000_000), "x.xlsx", "larger than 60 MB when unpacked"),
        (
            files.with_part(typed(), "xl/e.xml", b"<!DOCTYPE x [<!ENTITY a 'a'>]><x/>"),
            "x.xlsx",
            "declarations that no spreadsheet",
        ),
        (files.with_part(typed(), "xl/worksheets/s.xml", b"<row/>" * 20_001), "x.xlsx", "more than 20,000 rows"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "x.xls", "has a password or is an old .xls"),
        (typed()[:3000], "x.xlsx", "is damaged"),
        (files.zipped({"content.xml": "<x/>"}), "x.ods", "not an .xlsx workbook"),
        (b"", "x.csv", "neither a workbook"),
        (b"\0\1\2", "x.csv", "neither a workbook"),
        (files.workbook({"empty": []}), "x.xlsx", "no visible sheet has anything in it"),
        (typed(questions=QUESTIONS[:1]), "x.xlsx", "no row below the headers has a question"),
        (b"x" * 4_000_001, "x.csv", "4,000,000 bytes"),
    ],
)
def test_hostile_and_empty_files_are_refused_with_a_sentence(raw, name, said):
    (problem,) = problems_of(raw, name)
    assert said in problem


def test_hidden_sheets_are_not_read():
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(typed()))
    book["questions"].sheet_state = "hidden"
    found = read_bank_file(files.saved(book), "x.xlsx")
    assert isinstance(found, Foreign)
    assert {sheet.name for sheet in found.sheets} == {"bank", "choices"}


def big(pillars, questions):
    rows = [["pillar", "question", "level 1", "level 2", "level 3", "level 4"]]
    rows += [
        [f"Pillar {p}", f"How far is part {p} of matter {q}?", *(f"Answer {n} to {p}, {q}" for n in range(4))]
        for p in range(pillars)
        for q in range(questions)
    ]
    return files.workbook({"questions": rows, "bank": FACTS})


def test_a_bank_of_144_questions_is_read_in_no_time_and_the_largest_in_ten_seconds():
    for pillars, questions, seconds in ((24, 6, 5), (40, 60, 10)):
        raw, start = big(pillars, questions), time.process_time()
        assert len(read_bank_file(raw, "big.xlsx").bank.questions) == pillars * questions
        assert time.process_time() - start < seconds
