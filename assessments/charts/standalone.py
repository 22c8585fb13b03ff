"""A drawing of a page as a file of its own: on white, under its finding and its key, with namespace and size."""

from __future__ import annotations

from textwrap import wrap

from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.charts.legend import key_of
from assessments.charts.markup import element, join, text
from assessments.charts.plain_figure import Part

MARGIN = 8
SIZE, LINE, LETTER = 16, 20, 0.53  # type of the finding, from one line to the next, and how wide a letter is on average


def standalone(svg: SafeString, title: str, name: str, figure: Part) -> str:
    """`svg` is the drawing of the figure of the chart of this name."""
    width, height = figure.layout.width, figure.layout.height
    key, tall = key_of(name, figure, width - 2 * MARGIN)
    lines = wrap(title, int((width - 2 * MARGIN) / (SIZE * LETTER)))
    over = MARGIN + LINE * len(lines) + (MARGIN + tall if tall else 0) + MARGIN
    ground = element("rect", y=-over, width=width, height=height + over, fill=palette.PAPER)
    heading = (
        text(line, MARGIN, MARGIN - over + SIZE + LINE * row, size=SIZE, font_weight=600)
        for row, line in enumerate(lines)
    )
    shift = f"translate({MARGIN} {2 * MARGIN + LINE * len(lines) - over:g})"
    head = join([ground, *heading, element("g", key, transform=shift)])
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height + over:g}" '
    box = f'viewBox="0 0 {width:g} {height:g}"', f'viewBox="0 {-over:g} {width:g} {height + over:g}"'
    return str(svg).replace(*box, 1).replace("<svg ", opening, 1).replace("</title>", f"</title>{head}", 1)
