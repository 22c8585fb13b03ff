"""Decks as LibreOffice Impress prints them: every word stays on its slide and within the box that holds it."""

import os
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO

import pytest
from pptx import Presentation
from pypdf import PdfReader

from assessments.demo import sample
from assessments.reports.slides.deck import report_pptx
from assessments.reports.slides.template import template_base
from assessments.scoring.result import score
from tests.charts import northfield
from tests.languages.arabic import arabic_answers, arabic_bank
from tests.reports import cases
from tests.reports.examples import report
from tests.reports.test_any_model import model, report_of
from tests.reports.test_slide_templates import template

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="needs libreoffice-impress-nogui"),
]
SLACK = 6.0  # points by which a word of another typeface may leave its box

DECKS = {
    **{name: lambda make=make: report_pptx(make()) for name, make in cases.CASES.items()},
    "4:3": lambda: report_pptx(cases.forty(), shape="4:3"),
    "24 pillars": lambda: report_pptx(report_of(model(24))),
    "German": lambda: report_pptx(replace(cases.typical(), bank=sample.bank_in("de"), language="de")),
    "Arabic": lambda: report_pptx(arabic()),
    "a foreign template": lambda: report_pptx(cases.typical(), base=template_base(template())),
}


def arabic():
    bank = arabic_bank()
    return report(
        bank=bank, result=score(bank, arabic_answers(bank)), comments={}, language="ar", told=northfield.NOTHING
    )


def printed(content, folder):
    path = folder / "deck.pptx"
    path.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240, env={**os.environ, "HOME": str(folder)})
    return PdfReader(folder / "deck.pdf")


def places(page):
    """Where every piece of text starts, in points from the upper left corner, with its size."""
    found, height = [], float(page.mediabox.height)

    def visit(text, _cm, tm, _font, size):
        if text.strip():
            found.append((text, float(tm[4]), height - float(tm[5]), float(size or 0)))

    page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize("name", DECKS)
def test_nothing_leaves_its_slide_or_runs_into_the_foot(name, tmp_path):
    content = DECKS[name]()
    deck, pdf = Presentation(BytesIO(content)), printed(content, tmp_path)
    assert len(pdf.pages) == len(deck.slides)
    for slide, page in zip(deck.slides, pdf.pages, strict=True):
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        bottom = max((shape.top + shape.height) / 12_700 for shape in slide.shapes)
        for text, x, y, _size in places(page):
            assert -SLACK <= x <= width, text
            assert 0 <= y <= min(height, bottom + SLACK), text
        for shape in slide.shapes:
            if shape.has_table:
                rows = sum(row.height for row in shape.table.rows)
                assert rows <= shape.height + 12_700 * SLACK
