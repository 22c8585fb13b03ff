"""CSV and JSON read back."""

import csv
import json
from io import StringIO

import pytest

from assessments.reports.files import result_csv, result_json
from tests.charts import northfield
from tests.reports.examples import COMMENTS, shown


def rows(data):
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_holds_every_score_and_comment():
    found = rows(result_csv(shown()))
    assert found[0] == ["Table", "About", "Key", "Figure", "Value"]
    scores = {row[1]: row[4] for row in found if row[0] == "Pillars" and row[3] == "Score"}
    expected = [pillar.score for pillar in northfield.result().pillars if pillar.score is not None]
    assert [float(score) for score in scores.values()] == expected
    assert {row[4] for row in found if row[0] == "Comments"} == {text for texts in COMMENTS.values() for text in texts}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_csv_holds_no_formula(text):
    found = rows(result_csv(shown(comments={"ethics-bias": (text,)})))
    cells = [cell for row in found for cell in row if cell[:1] in tuple("=+@\t\r")]
    assert cells == []
    assert any(row[4].startswith("'") for row in found if row[0] == "Comments")


def test_json_is_unrounded_and_keeps_texts_as_they_are():
    found = json.loads(result_json(shown(comments={"ethics-bias": ("=1+1",)})))
    assert [row["score"] for row in found["tables"]["pillars"]] == [p.score for p in northfield.result().pillars]
    assert found["tables"]["comments"][0]["comment"] == "=1+1"
    assert found["checksum"] == "sha256:" + "cd" * 32
    assert "answers" not in found["tables"]


def test_json_of_a_named_assessment_holds_every_answer():
    answers = json.loads(result_json(shown(named=True)))["tables"]["answers"]
    assert [row["answer"] for row in answers if row["key"] == "ethics-bias"] == [1, 2, 3]
