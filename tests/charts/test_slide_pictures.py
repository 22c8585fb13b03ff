"""Every chart as a picture for a slide: as wide as one, transparent, and legible on light and on dark."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from assessments.charts import palette
from assessments.charts.catalogue import MAKERS
from assessments.reports.raster import png
from assessments.scoring.trend import Trend, TrendPoint, Trends
from assessments.scoring.view import Trended, TrendHistory
from tests.charts import northfield
from tests.charts.test_legend import EARLIER, drawn

FILL = re.compile(r'(?:fill|stroke)="(#[0-9A-F]{6})"')
NAMES = [*(name for name in MAKERS if name != "trend"), "answers-vision-direction"]


def risen():
    """Three assessments a quarter apart, in which the index and the first pillar rose."""
    days = [date(2026, month, 1) for month in (4, 7, 10)]
    points = tuple(TrendPoint(day, 2.5 + place / 4, (2.3, 3.2)) for place, day in enumerate(days))
    index = Trend(None, points, 1.0, 0.1, (0.8, 1.2), "rising", 8)
    rounds = tuple(Trended(f"Q{place}", day, "1.0.0", False, False) for place, day in enumerate(days))
    return TrendHistory(
        rounds, Trends(index, (replace(index, key=northfield.bank().pillars[0].key),)), frozenset(), 56, 56
    )


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", [*NAMES, "trend"])
def test_a_picture_is_as_wide_as_a_slide_and_transparent(name, dark):
    svg = drawn(name, earlier=EARLIER, **({"trend": risen()} if name == "trend" else {})).slide(dark=dark)
    assert ElementTree.fromstring(svg).tag.endswith("svg")
    image = Image.open(BytesIO(png(svg, width=1920, ground=None)))
    assert (image.width, image.mode) == (1920, "RGBA")
    assert image.getpixel((1, 1))[3] == 0
    assert image.getpixel((1919, image.height - 1))[3] == 0
    letters = palette.DARK.get(palette.TEXT, palette.TEXT) if dark else palette.TEXT
    assert letters in FILL.findall(svg)
    assert (palette.TEXT in FILL.findall(svg)) is not dark
