"""The publishers' own files, which are not here: `MODELS=folder pytest -m long tests/importers`.

AIMA's own workbook is filled in and recalculated by LibreOffice (Debian's `libreoffice-calc-nogui`): its column of
practices has to say what the engine says.
"""

import io
import os
import pathlib
import shutil
import subprocess
from random import Random

import openpyxl
import pytest

from assessments.importers import aima
from assessments.importers.door import Foreign, read_bank_file
from assessments.importers.workbook import read_sheets
from assessments.scoring.answers import Answers, Respondent
from assessments.scoring.result import score

from . import files

pytestmark = pytest.mark.long
FOLDER = pathlib.Path(os.environ.get("MODELS", "/nonexistent"))
READ = (".xlsx", ".yaml", ".yml", ".zip", ".csv")
REAL = sorted(path for path in FOLDER.glob("*") if path.suffix in READ)
VALUES = (0, 0.33, 0.66, 1)


@pytest.mark.skipif(not REAL, reason="MODELS names no folder with publishers' files")
def test_every_file_of_a_folder_is_a_bank_or_asks_for_its_columns():
    for path in REAL:
        found = read_bank_file(path.read_bytes(), path.name)
        assert isinstance(found, Foreign) or len(found.bank.questions) > 1


def recalculated(book, folder):
    """The values of a workbook as LibreOffice computes them."""
    source = folder / "filled.xlsx"
    source.write_bytes(files.saved(book))
    home = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(folder / "out"),
    ]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=180)
    return openpyxl.load_workbook(folder / "out" / "filled.xlsx", data_only=True)["Assessment Questions"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("source", ["invented", *(path for path in REAL if path.suffix == ".xlsx")])
def test_aimas_own_spreadsheet_says_what_the_engine_says(source, tmp_path):
    raw = files.aima() if source == "invented" else source.read_bytes()
    sheet = aima.sheet_of(read_sheets(raw, "aima.xlsx"))
    if sheet is None:
        pytest.skip("another publisher's workbook")
    bank, chance, differences = aima.read(sheet, "aima.xlsx").bank, Random(5), 0
    asked = [row.number for row in sheet.rows if row.cell(2)[:1].isdigit()]
    assert len(asked) == len(bank.questions)
    for number in range(5):
        book = openpyxl.load_workbook(io.BytesIO(raw))
        chosen = {key: chance.choice((0, 1, 2, 3)) for key in bank.questions}
        for row, place in zip(asked, chosen.values(), strict=True):
            book["Assessment Questions"].cell(row, 5, VALUES[place])
        folder = tmp_path / str(number)
        folder.mkdir()
        found = recalculated(book, folder)
        answers = Answers((Respondent("r", {key: place + 1 for key, place in chosen.items()}),))
        for pillar, first in zip(score(bank, answers).pillars, asked[::6], strict=True):
            differences += found.cell(first, 6).value != pytest.approx(pillar.score)
    assert differences == 0
