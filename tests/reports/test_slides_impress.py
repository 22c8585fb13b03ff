"""Decks as LibreOffice Impress prints them: every word stays on its slide and within the box that holds it."""

import os
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from html import unescape
from io import BytesIO
from itertools import accumulate, pairwise
from unicodedata import normalize

import pytest
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from assessments.demo import sample
from assessments.reports.slides.deck import report_pptx
from assessments.reports.slides.template import template_base
from assessments.scoring.result import score
from tests.charts import northfield
from tests.languages.arabic import arabic_answers, arabic_bank
from tests.reports import cases, test_any_shape as any_shape
from tests.reports.examples import report
from tests.reports.test_any_model import model, report_of
from tests.reports.test_slide_templates import template
from tests.reports.test_slides_trend import history
from tests.reports.test_units import GROUP
from tests.shapes import SHAPES

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="needs libreoffice-impress-nogui"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils"),
]
SLACK = 6.0  # points by which the middle of a word may leave its box
EMU = 12_700  # a point
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


def shaped(name, **options):
    return report_pptx(any_shape.report_of(SHAPES[name]()), **options)


def german():
    return replace(cases.typical(), bank=sample.bank_in("de"), language="de")


DECKS = {
    **{name: lambda make=make: report_pptx(make()) for name, make in cases.CASES.items()},
    "4:3": lambda: report_pptx(cases.forty(), shape="4:3"),
    "trend": lambda: report_pptx(report(trend=history())),
    "trend, 4:3": lambda: report_pptx(report(trend=history()), shape="4:3"),
    "units": lambda: report_pptx(report(units=GROUP)),
    "24 pillars": lambda: report_pptx(report_of(model(24))),
    "German": lambda: report_pptx(german()),
    "German, 4:3": lambda: report_pptx(german(), shape="4:3"),
    "Arabic": lambda: report_pptx(arabic()),
    "a foreign template": lambda: report_pptx(cases.typical(), base=template_base(template())),
    "a narrow foreign template": lambda: report_pptx(cases.forty(), base=template_base(template(wide=False))),
    **{name: lambda name=name: shaped(name) for name in ("staged", "checklist", "forty", "mixed")},
    "groups, 4:3": lambda: shaped("staged", shape="4:3"),
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


def words(folder):
    """The words of each page with the middle of each, in points from the upper left corner."""
    command = ["pdftotext", "-bbox", str(folder / "deck.pdf"), "-"]
    pages = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("<page ")[1:]
    return [
        [
            (unescape(text), (float(left) + float(right)) / 2, (float(top) + float(bottom)) / 2)
            for left, top, right, bottom, text in WORD.findall(page)
        ]
        for page in pages
    ]


def boxes(slide):
    """The texts of a slide, each with the box that has to hold it."""
    for shape in slide.shapes:
        if shape.has_text_frame and not shape._element.findall(".//{*}fld"):
            yield shape.text_frame.text, (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
        if shape.has_table:
            across = pairwise(accumulate((column.width for column in shape.table.columns), initial=shape.left))
            columns, down = list(across), accumulate((row.height for row in shape.table.rows), initial=shape.top)
            for row, (top, bottom) in zip(shape.table.rows, pairwise(down), strict=True):
                for cell, (left, right) in zip(row.cells, columns, strict=True):
                    yield cell.text_frame.text, (left, top, right, bottom)


def letters(text):
    return Counter(normalize("NFKC", "".join(text.split())))


def left_over(text, box, found):
    """The letters of a text that are printed elsewhere."""
    left, top, right, bottom = (edge / EMU for edge in box)
    within = [word for word, x, y in found if left - SLACK <= x <= right + SLACK and top - SLACK <= y <= bottom + SLACK]
    return letters(text) - letters("".join(within))


@pytest.mark.parametrize("name", DECKS)
def test_every_word_is_within_the_box_that_holds_it(name, tmp_path):
    content = DECKS[name]()
    deck, pdf = Presentation(BytesIO(content)), printed(content, tmp_path)
    assert len(pdf.pages) == len(deck.slides)
    for slide, found in zip(deck.slides, words(tmp_path), strict=True):
        for text, box in boxes(slide):
            assert not left_over(text, box, found), text
        for _text, x, y in found:
            assert 0 <= x <= deck.slide_width / EMU
            assert 0 <= y <= deck.slide_height / EMU


def test_intervals_and_targets_are_drawn_where_the_axis_has_them(tmp_path):
    """A pixel near the end of an interval is of the accent, one below the middle of a target is dark."""
    content = report_pptx(cases.typical())
    printed(content, tmp_path)
    command = [
        "pdftoppm",
        "-r",
        "144",
        "-f",
        "3",
        "-l",
        "3",
        "-png",
        str(tmp_path / "deck.pdf"),
        str(tmp_path / "page"),
    ]
    subprocess.run(command, check=True)
    image = Image.open(next(tmp_path.glob("page*.png"))).convert("RGB")
    shape = next(shape for shape in Presentation(BytesIO(content)).slides[2].shapes if shape.has_chart)
    places = shape.chart._chartSpace.find(".//{*}plotArea/{*}layout/{*}manualLayout")
    layout = {name: float(places.find(f"{{*}}{name}").get("val")) for name in "xywh"}
    left, top, width, height = (edge / EMU for edge in (shape.left, shape.top, shape.width, shape.height))

    def near(x, y):
        """The darkest of the pixels about a point of the chart, on its axes."""
        across = left + width * (layout["x"] + layout["w"] * (x - 1) / 4)
        down = top + height * (layout["y"] + layout["h"] * y / 8)
        about = [(round(across * 2) + dx, round(down * 2) + dy) for dx in range(-3, 4) for dy in range(-2, 3)]
        return min((image.getpixel(place) for place in about), key=sum)

    checked = Counter()
    for series in shape.chart.plots[0].series:
        for x, y in zip(
            series._element.findall(".//{*}xVal//{*}v"), series._element.findall(".//{*}yVal//{*}v"), strict=True
        ):
            red, _green, blue = near(float(x.text), float(y.text) + (0.25 if series.name == "Target" else 0))
            assert series.name != "Target" or blue < 90
            assert series.name != "Ends of the interval" or blue - red > 80
            checked[series.name] += 1
    assert checked["Ends of the interval"] == 2 * checked["90% interval"] > 0
    assert checked["Target"]
