"""The anonymous answers to one question: a column per level, alone or with mean, median and functions below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.charts.svg import BASELINE, Scale, disc, drawing, element, line, polyline, square, text
from assessments.scoring.bank import LEVELS, Question
from assessments.scoring.figures import QuestionResult
from assessments.scoring.minimum_respondents import LevelCounts
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _
from assessments.wording import numbers

WIDTH, COLUMN_STEP, COLUMN = 120, 24, 20
BASE, HEIGHT = 42, 30
WITH_LEVELS, WITHOUT_LEVELS, HEAD = 58, 44, 14
DIGIT = 0.513 * 12  # the width of any digit of the semibold typeface at 12 units


def columns_svg(counts: LevelCounts, name: str, *, levels: bool = True) -> SafeString:
    """A drawing 120 units wide; on paper the levels are in the table header instead of under each drawing."""
    height = WITH_LEVELS if levels else WITHOUT_LEVELS
    listed = numbers.listed([str(count) for count in counts])
    title = _("%(question)s: answers at level 1 to 5: %(counts)s") % {"question": name, "counts": listed}
    marks = [*_columns(counts), *_levels(56)] if levels else _printed_columns(counts)
    base = line((0, BASE + 0.5), (WIDTH, BASE + 0.5), class_="quiet", stroke=palette.BORDER)
    return _small(height, title, [*marks, base])


def levels_svg() -> SafeString:
    """The numerals 1-5 above the columns of a table on paper."""
    return _small(HEAD, _("Levels 1 to 5"), _levels(12))


def _small(height: int, title: str, marks: Sequence[SafeString]) -> SafeString:
    size = {"width": WIDTH, "height": height}
    box = f"0 0 {WIDTH} {height}"
    return element("svg", element("title", title), *marks, class_="chart answers", **size, viewBox=box, role="img")


def _columns(counts: LevelCounts) -> Iterator[SafeString]:
    for x, count, tall in _tops(counts):
        y = BASE - tall
        yield element("rect", class_="column", x=x, y=y, width=COLUMN, height=tall, fill=palette.CURRENT)
        yield text(str(count), x + COLUMN / 2, y - 3, size=12, text_anchor="middle", font_weight=600)


def _printed_columns(counts: LevelCounts) -> list[SafeString]:
    """The same for paper: one outline, and counts positioned as if centred.

    In a PDF each centred text and each rectangle is a separate object; in fifty drawings they took 80 KB.
    """
    tops = _tops(counts)
    outline = "".join(f"M{x:g} {BASE}v{round(-tall, 2):g}h{COLUMN}v{round(tall, 2):g}z" for x, _count, tall in tops)
    words = ((str(count), x + COLUMN / 2, BASE - tall - 3) for x, count, tall in tops)
    return [
        element("path", class_="column", d=outline, fill=palette.CURRENT),
        *(text(count, middle - DIGIT * len(count) / 2, y, size=12, font_weight=600) for count, middle, y in words),
    ]


def _tops(counts: LevelCounts) -> list[tuple[int, int, float]]:
    """The x, the number of people and the height of each column."""
    return [
        (COLUMN_STEP * place + 2, count, HEIGHT * count / sum(counts)) for place, count in enumerate(counts) if count
    ]


def _levels(y: float) -> list[SafeString]:
    style = {"fill": palette.MUTED, "class_": "muted", "text_anchor": "middle"}
    return [text(str(level), COLUMN_STEP * (level - 1) + 2 + COLUMN / 2, y, size=12, **style) for level in LEVELS]


def votes_svg(question: Question, counts: Sequence[int]) -> SafeString | None:
    """People at each level, without names; None before the votes are revealed or if nobody voted for a level."""
    if not any(counts):
        return None
    n1, n2, n3, n4, n5 = counts
    return columns_svg((n1, n2, n3, n4, n5), question.short or question.text)


# With mean, median and functions

SPREAD_WIDTH, TOP, TALLEST, ROW, BOTTOM = 360, 20, 60, 24, 28  # ROW: height of each row below the columns
AXIS = Scale(0.5, 42.8, 130)
BAR = 0.8


@dataclass(frozen=True)
class AnswerSpread:
    """What may be shown of one question: counts by level, and the mean of each function if each has three people."""

    name: str
    counts: LevelCounts
    figures: QuestionResult
    functions: Mapping[str, float] = field(default_factory=dict)


def spread_of(view: ResultView, key: str) -> AnswerSpread | None:
    """What may be drawn of a question; None if its distribution may not be shown."""
    counts, row = view.counts.get(key), view.questions.get(key)
    if counts is None or row is None or not sum(counts):
        return None
    question = view.bank.questions[key]
    return AnswerSpread(question.short or question.text, counts, row, view.functions.get(key, {}))


def spread_svg(spread: AnswerSpread) -> SafeString:
    """Columns above the axis; below it the mean with its deviation, the median answer and the functions."""
    base, rows = TOP + TALLEST, [_("Mean, median"), *spread.functions]
    marks = [*_tall_columns(spread.counts, base), *_middle(spread.figures, base + ROW / 2)]
    marks += [square(x, _row(place), 8, palette.MUTED) for place, x in enumerate(map(_x, spread.functions.values()), 1)]
    height = base + ROW * len(rows) + BOTTOM
    return drawing("spread", _sentence(spread), [*marks, *_words(rows, height - BOTTOM)], SPREAD_WIDTH, height)


def _x(level: float) -> float:
    return AXIS.position(level)


def _row(place: int) -> float:
    return TOP + TALLEST + (place + 0.5) * ROW


def _tall_columns(counts: LevelCounts, base: float) -> Iterator[SafeString]:
    tops = [
        (level, count, base - TALLEST * count / max(counts)) for level, count in enumerate(counts, start=1) if count
    ]
    width = float(AXIS.length(0, BAR))
    for level, _count, y in tops:
        x, size = _x(level - BAR / 2), {"width": width, "height": base - y}
        yield element("rect", class_="column", x=x, y=y, **size, fill=palette.CURRENT)
    for level, count, y in tops:
        yield text(str(count), _x(level), y - 4, size=12, class_="value", text_anchor="middle", font_weight=600)


def _middle(row: QuestionResult, y: float) -> Iterator[SafeString]:
    mean, off, median = row.mean, row.disagreement, row.low_median
    if mean is None or median is None:
        return
    if off:
        ends = [(_x(max(1.0, mean - off)), y), (_x(min(5.0, mean + off)), y)]
        yield polyline(ends, class_="interval-line", stroke=palette.INTERVAL, stroke_width=10)
    yield line((_x(median), y - 8), (_x(median), y + 8), class_="tick", stroke=palette.TARGET, stroke_width=3)
    yield disc(_x(mean), y, 5)


def _words(rows: Sequence[str], bottom: float) -> Iterator[SafeString]:
    """The levels at the bottom, and the label of each row."""
    for level in LEVELS:
        yield text(str(level), _x(level), bottom + 18, fill=palette.MUTED, class_="muted", text_anchor="middle")
    for place, name in enumerate(rows):
        y = _row(place) + 12 * BASELINE
        yield text(name, 116, y, size=12, fill=palette.TEXT, text_anchor="end")


def _sentence(spread: AnswerSpread) -> str:
    """The alternative text of the drawing."""
    words = {
        "question": spread.name,
        "counts": numbers.listed([str(count) for count in spread.counts]),
        "median": spread.figures.low_median,
    }
    return _("%(question)s: people at level 1 to 5: %(counts)s. The median answer is level %(median)s.") % words
