"""Workbooks, publishers' files and other people's sheets in the admin."""

import io
import re

import openpyxl
import pytest

from assessments.formats.dump import dump_bank
from assessments.importers.door import read_bank_file
from assessments.models import BankVersion, QuestionBank
from assessments.results import bank_of
from tests.importers import files

from .conftest import page
from .test_transfer import ADDRESS, look

SHEET = files.workbook(
    {
        "Cover": [["Ours"]],
        "Model": [["Domain", "Statement"], ["Care", "Done?"], [None, "Kept?"], ["Craft", "Sharp?"]],
    }
)
SAID = {
    "name": "ours.xlsx",
    "sheet": "Model",
    "header": "1",
    "key": "ours",
    "version": "1.0.0",
    "title": "Ours",
    "language": "en",
    "column_0": "pillar",
    "column_1": "question",
    "answers": "No\nPartly\nYes",
}


def described(client, **changes):
    shown = look(client, SHEET, "ours.xlsx")
    return client.post(f"{ADDRESS}columns/", {**SAID, "packed": shown.context["packed"], **changes})


def confirm(client, shown):
    hidden = {name: shown.context[name] for name in ("text", "columns")}
    address = re.search(r'<form[^>]+action="([^"]+)"', shown.content.decode().partition('id="content-main"')[2])[1]
    return client.post(address, {**hidden, "name": shown.context["plan"].loaded.file, "confirm": "1"})


def test_the_template_is_a_bank_that_can_be_imported(workshop):
    response = workshop.get(f"{ADDRESS}template.xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="question-bank-template.xlsx"'
    shown = look(workshop, response.content, "template.xlsx")
    assert shown.status_code == 200
    confirm(workshop, shown)
    assert BankVersion.objects.get(bank__key="example").state == "draft"


def test_a_version_goes_out_as_a_workbook_and_comes_in_unchanged(workshop, version):
    raw = workshop.get(page(version, "export.xlsx")).content
    assert dump_bank(read_bank_file(raw, "x.xlsx").bank) == dump_bank(bank_of(version))
    assert look(workshop, raw, "x.xlsx").context["plan"].same


@pytest.mark.parametrize(
    ("raw", "name"), [(files.aima(), "a.xlsx"), (files.samm(), "s.zip"), (files.aismm(), "a.yaml")]
)
def test_a_publishers_file_becomes_a_draft_with_its_attribution(workshop, raw, name):
    shown = look(workshop, raw, name)
    bank = shown.context["plan"].loaded.bank
    assert bank.attribution in shown.content.decode()
    confirm(workshop, shown)
    version = BankVersion.objects.get(bank__key=bank.key)
    assert (version.state, version.licence, version.attribution) == ("draft", bank.licence, bank.attribution)


def test_a_wrong_cell_is_named(workshop):
    raw = files.workbook(
        {"questions": [["pillar", "question", "weight"], ["Care", "Done?", "x"]], "bank": [["key", "k"]]}
    )
    shown = look(workshop, raw, "x.xlsx")
    assert shown.status_code == 422
    assert "<td>questions!C2</td>" in shown.content.decode()


def test_another_sheet_asks_which_column_is_which_and_shows_what_it_would_make(workshop):
    asked = look(workshop, SHEET, "ours.xlsx")
    assert asked.context["sheet"] == "Model"
    assert [field.value() for field in asked.context["columns"]] == ["pillar", "question"]
    assert re.search(r"<td>Sharp\?</td>", asked.content.decode())
    shown = described(workshop)
    assert shown.status_code == 200
    assert not QuestionBank.objects.filter(key="ours").exists()
    confirm(workshop, shown)
    bank = bank_of(BankVersion.objects.get(bank__key="ours"))
    assert [pillar.name for pillar in bank.pillars] == ["Care", "Craft"]
    assert [level.name for level in bank.levels] == ["No", "Partly", "Yes"]


def test_the_next_sheet_with_these_headings_is_understood_without_asking_again(workshop):
    confirm(workshop, described(workshop, answers="Never\nAlways = 1", column_0="group"))
    asked = look(workshop, SHEET, "other.xlsx")
    assert [field.value() for field in asked.context["columns"]] == ["group", "question"]
    assert asked.context["form"]["answers"].value() == "Never\nAlways = 1"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"column_1": ""}, "Say which column has the questions."),
        ({"column_0": "question"}, "Two columns are “question”. Choose one."),
        ({"answers": ""}, "Enter the answers, or say which columns have the levels."),
        ({"answers": "No\nYes = 2"}, "a value from 0 to 1 expected"),
        ({"key": "no key"}, "is not a key"),
        ({"column_1": "weapon"}, "Select a valid choice"),
        ({"header": "99"}, "no row below the headers has a question"),
        ({"packed": "%%%"}, "neither a workbook"),
    ],
)
def test_what_was_said_wrongly_is_a_sentence_and_nothing_is_stored(workshop, changes, said):
    shown = described(workshop, **changes)
    assert shown.status_code == 422
    assert said in shown.content.decode()
    assert not QuestionBank.objects.filter(key="ours").exists()


def test_the_shelf_names_models_with_their_licence_and_the_file_to_choose(workshop):
    shown = workshop.get(ADDRESS).content.decode()
    for words in (
        "AIMA_Assessment_Toolkit.xlsx",
        "OWASP SAMM 2",
        "CC BY-SA 4.0",
        "share alike",
        "You say which column",
    ):
        assert words in shown


def test_columns_right_of_the_question_are_its_levels_and_a_line_above_is_the_title(workshop):
    rows = [["Our practice"], [], ["Aspect", "Question", "Rarely", "Often"], ["Care", "Done?", "a", "b"]]
    book = openpyxl.load_workbook(io.BytesIO(files.workbook({"Model": rows, "Notes": [["internal"]]})))
    book["Notes"].sheet_state = "hidden"
    asked = look(workshop, files.saved(book), "practice.xlsx")
    said = {field.html_name: field.value() for field in (*asked.context["columns"], *asked.context["facts"])}
    assert [said[f"column_{place}"] for place in range(4)] == ["pillar", "question", "level 1", "level 2"]
    assert (said["title"], said["key"]) == ("Our practice", "our-practice")
    assert "Hidden sheets are not read: &quot;Notes&quot;." in asked.content.decode()


def test_hidden_sheets_of_a_workbook_that_is_understood_are_named_in_its_preview(workshop):
    book = openpyxl.load_workbook(io.BytesIO(workshop.get(f"{ADDRESS}template.xlsx").content))
    book.create_sheet("Old questions").sheet_state = "hidden"
    assert "Old questions" in look(workshop, files.saved(book), "x.xlsx").content.decode()
