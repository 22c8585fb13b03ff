"""Every file of a result with a bank of another shape: it opens, and its figures are those of the result."""

import csv
import io
import json
import re
import zipfile

import docx
import openpyxl
import pptx
import pypdf
import pytest
from django.core.cache import cache
from django.test import Client

from assessments import results
from assessments.actions import assessments, exports, tokens
from assessments.models import Assessment
from assessments.wording import numbers
from assessments.wording.credit import credits
from tests.actions.test_exports import own_storage, queue, run  # noqa: F401 - fixtures
from tests.shaped_assessments import assert_only_offered, released, start_shaped, submitted
from tests.shapes import SHAPES

NEAR = pytest.approx


@pytest.fixture(params=["mixed", "staged", "one"])
def shaped(request, northfield, alice, client):
    """(assessment, bank, its result as frozen) of five people, opened by its lead."""
    started, bank = start_shaped(SHAPES[request.param](), northfield, alice)
    released(started, alice)
    client.force_login(alice)
    return started, bank, frozen(started)


def frozen(assessment):
    return results.assessment_result(
        Assessment.objects.get(pk=assessment.pk), reader=None, may_read_comments=True
    ).result


def taken(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200, (address, response.status_code)
    return response.content


def assert_whole(text, bank, result):
    """The text names the figure of the whole, its credit, and no level that the bank lacks."""
    assert_only_offered(text, bank)
    told = re.sub(r"\s+", " ", text.replace("\u00ad", ""))
    assert any(figure in told for figure in (numbers.score(result.overall.index), str(result.overall.index)))
    for _name, words in credits(bank):
        assert words in told


def pdf_text(content):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def test_json_and_csv_have_the_figures_unrounded(shaped, client):
    started, bank, result = shaped
    here = f"/assessments/{started.pk}/result/report."
    tables = json.loads(taken(client, f"{here}json"))["tables"]
    assert [row["score"] for row in tables["pillars"]] == [NEAR(row.score) for row in result.pillars]
    assert [row["score"] for row in tables.get("groups", ())] == [NEAR(row.score) for row in result.groups]
    rows = list(csv.reader(io.StringIO(taken(client, f"{here}csv").decode("utf-8-sig"))))
    assert_whole("\n".join(" ".join(row) for row in rows), bank, result)


def test_word_and_workbook_say_what_the_result_says(shaped, client):
    started, bank, result = shaped
    here = f"/assessments/{started.pk}/result/report."
    document = docx.Document(io.BytesIO(taken(client, f"{here}docx")))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert_whole("\n".join([*(each.text for each in document.paragraphs), *cells]), bank, result)
    book = openpyxl.load_workbook(io.BytesIO(taken(client, f"{here}xlsx")))
    values = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert any(value == NEAR(result.overall.index) for value in values if isinstance(value, float | int))
    assert all(words in values for _name, words in credits(bank))


def test_slides_and_the_brief_keep_to_the_scale(shaped, client):
    started, bank, result = shaped
    deck = pptx.Presentation(io.BytesIO(taken(client, f"/assessments/{started.pk}/result/report.pptx")))
    texts = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert_whole("\n".join([*texts, *cells]), bank, result)
    axes = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    values = [value for chart in axes for plot in chart.plots for series in plot.series for value in series.values]
    assert values
    assert_whole(pdf_text(taken(client, f"/assessments/{started.pk}/report.pdf", brief="1")), bank, result)


def test_the_api_says_the_scale_of_its_figures(shaped, alice):
    started, bank, result = shaped
    cache.clear()
    robot = Client(headers={"Authorization": f"Bearer {tokens.make(name='robot', scopes=tokens.SCOPES, by=alice)}"})
    (line,) = robot.get("/api/v1/portfolio").json()["rounds"]
    assert line["index"] == NEAR(result.overall.index)
    assert line["level"] == result.overall.level
    assert line["bank"] == {
        **{name: getattr(bank, name) or "" for name in ("key", "version", "title", "licence", "attribution")},
        "levels": len(bank.levels),
        "scale": {"from": bank.scale.low, "to": bank.scale.high},
    }
    tables = robot.get(f"/api/v1/rounds/{started.pk}/result").json()["tables"]
    assert [row["score"] for row in tables["pillars"]] == [NEAR(row.score) for row in result.pillars]


def test_an_export_has_the_same_files(shaped, alice, queue):  # noqa: F811
    started, bank, result = shaped
    made = exports.ask(assessments=[started], types=["csv", "json", "xlsx"], language="en", by=alice)
    exports.resume(export=made)
    run(queue)
    made.refresh_from_db()
    with zipfile.ZipFile(made.file.open()) as archive:
        by_ending = {name.rpartition(".")[2]: archive.read(name) for name in archive.namelist()}
    assert {"csv", "json", "xlsx"} <= by_ending.keys()
    assert_whole(by_ending["csv"].decode("utf-8-sig"), bank, result)


def test_a_comparison_credits_the_bank_and_keeps_to_its_scale(shaped, northfield, alice, client):
    started, bank, _result = shaped
    later = assessments.start(
        organisation=northfield, bank_version=started.bank_version, name="Later", by=alice, function="ceo"
    )
    submitted(later, bank, alice, 5, lambda question, *_place: question.offered[-1])
    released(later, alice)
    chosen = {"rounds": [str(started.pk), str(later.pk)]}
    page, paper = taken(client, "/compare/", **chosen).decode(), pdf_text(taken(client, "/compare.pdf", **chosen))
    book = openpyxl.load_workbook(io.BytesIO(taken(client, "/compare.xlsx", **chosen)))
    values = [
        f"{cell:.1f}" if isinstance(cell, float | int) else cell
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell
    ]
    for text in (page, paper, "\n".join(values)):
        assert_whole(text, bank, frozen(later))
    assert f"from {bank.scale.low:g} to {bank.scale.high:g}" in page.replace("\u00a0", " ")
