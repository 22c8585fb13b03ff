"""The data of an assessment as files, from the shell."""

import csv
import io
import json

import openpyxl
import pytest
from django.core.management import call_command

from tests.management.test_export_report import closed  # noqa: F401 - a fixture


def written(closed, tmp_path, form):  # noqa: F811
    path = tmp_path / f"data.{form}"
    call_command("export_data", str(closed.pk), "--format", form, "--output", str(path))
    return path


def test_json_csv_and_workbook_hold_the_assessment(closed, tmp_path, capsys):  # noqa: F811
    assert json.loads(written(closed, tmp_path, "json").read_text())
    rows = list(csv.reader(io.StringIO(written(closed, tmp_path, "csv").read_text("utf-8-sig"))))
    assert len(rows) > 56
    assert openpyxl.load_workbook(written(closed, tmp_path, "xlsx")).sheetnames
    assert "data.xlsx:" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_a_confidential_assessment_keeps_its_limits(closed, tmp_path, form):  # noqa: F811
    """One of two answered: neither the comment nor that answer leaves."""
    assert b"Said in confidence" not in written(closed, tmp_path, form).read_bytes()


def test_an_unknown_assessment_and_a_folder_that_is_not_there_get_a_sentence(closed, tmp_path, capsys):  # noqa: F811
    for assessment_id, output in (("nothing", tmp_path / "x.json"), (closed.pk, tmp_path / "no" / "x.json")):
        with pytest.raises(SystemExit) as ended:
            call_command("export_data", str(assessment_id), "--format", "json", "--output", str(output))
        assert ended.value.code == 1
        assert capsys.readouterr().err
