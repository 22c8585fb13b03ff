"""Every chart as a picture for a slide: as wide as one, transparent, and legible on light and on dark."""

import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from assessments.charts import palette
from assessments.charts.catalogue import MAKERS
from assessments.reports.raster import png
from tests.charts.test_legend import EARLIER, drawn

FILL = re.compile(r'(?:fill|stroke)="(#[0-9A-F]{6})"')
NAMES = [*(name for name in MAKERS if name != "trend"), "answers-vision-direction"]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_as_wide_as_a_slide_and_transparent(name, dark):
    svg = drawn(name, earlier=EARLIER).slide(dark=dark)
    assert ElementTree.fromstring(svg).tag.endswith("svg")
    image = Image.open(BytesIO(png(svg, width=1920, ground=None)))
    assert (image.width, image.mode) == (1920, "RGBA")
    assert image.getpixel((1, 1))[3] == 0
    assert image.getpixel((1919, image.height - 1))[3] == 0
    letters = palette.DARK.get(palette.TEXT, palette.TEXT) if dark else palette.TEXT
    assert letters in FILL.findall(svg)
    assert (palette.TEXT in FILL.findall(svg)) is not dark
