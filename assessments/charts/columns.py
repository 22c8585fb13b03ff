"""The answers of one question: a column a level, with the count above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.charts import palette
from assessments.charts.markup import element, text
from assessments.scoring.bank import Question
from assessments.scoring.disclosure import Counts
from assessments.wording import numbers

WIDTH, STEP, COLUMN = 120, 24, 20
BASE, TALLEST = 42, 30
WITH_LEVELS, WITHOUT_LEVELS, HEAD = 58, 44, 14
DIGIT = 0.513 * 12  # the width of any digit of the semibold typeface at 12 units


def columns_svg(counts: Counts, name: str, *, levels: bool = True) -> SafeString:
    """120 units wide; on paper the levels stand in the head of the table instead of under each drawing."""
    height = WITH_LEVELS if levels else WITHOUT_LEVELS
    listed = numbers.listed([str(count) for count in counts])
    title = _("%(question)s: answers at level 1 to 5: %(counts)s") % {"question": name, "counts": listed}
    marks = [*_columns(counts), *_levels(56)] if levels else _printed_columns(counts)
    line = element("line", class_="quiet", x1=0, x2=WIDTH, y1=BASE + 0.5, y2=BASE + 0.5, stroke=palette.BORDER)
    return _drawing(height, title, [*marks, line])


def levels_svg() -> SafeString:
    """The numerals 1-5 over the columns of a table on paper."""
    return _drawing(HEAD, _("Levels 1 to 5"), _levels(12))


def _drawing(height: int, title: str, marks: Sequence[SafeString]) -> SafeString:
    return element(
        "svg",
        element("title", title),
        *marks,
        class_="chart answers",
        width=WIDTH,
        height=height,
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
    )


def _columns(counts: Counts) -> Iterator[SafeString]:
    everybody = sum(counts)
    for place, count in enumerate(counts):
        if count:
            tall = TALLEST * count / everybody
            x, y = STEP * place + 2, BASE - tall
            yield element("rect", class_="column", x=x, y=y, width=COLUMN, height=tall, fill=palette.CURRENT)
            yield text(str(count), x + COLUMN / 2, y - 3, size=12, text_anchor="middle", font_weight=600)


def _printed_columns(counts: Counts) -> list[SafeString]:
    """The same for paper: one outline, and counts that start where centred ones would.

    In a PDF each centred text and each rectangle is an object of its own; fifty drawings made 80 KB of them.
    """
    tops = [(STEP * place + 2, count, TALLEST * count / sum(counts)) for place, count in enumerate(counts) if count]
    outline = "".join(f"M{x:g} {BASE}v{round(-tall, 2):g}h{COLUMN}v{round(tall, 2):g}z" for x, _count, tall in tops)
    shown = ((str(count), x + COLUMN / 2, BASE - tall - 3) for x, count, tall in tops)
    return [
        element("path", class_="column", d=outline, fill=palette.CURRENT),
        *(text(count, middle - DIGIT * len(count) / 2, y, size=12, font_weight=600) for count, middle, y in shown),
    ]


@cache
def _levels(y: float) -> tuple[SafeString, ...]:
    middles = [(level, STEP * (level - 1) + 2 + COLUMN / 2) for level in range(1, 6)]
    return tuple(
        text(str(level), x, y, size=12, fill=palette.MUTED, class_="muted", text_anchor="middle")
        for level, x in middles
    )


def votes_svg(question: Question, counts: Sequence[int]) -> SafeString | None:
    """People at each level without names; None where nobody voted for a level, or before the votes are shown."""
    if not any(counts):
        return None
    n1, n2, n3, n4, n5 = counts
    return columns_svg((n1, n2, n3, n4, n5), question.short or question.text)
