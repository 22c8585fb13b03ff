"""The anonymous answers to one question: a column per answer, by level or by place in its answer set, alone or with mean, median and functions below."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.charts.svg import BASELINE, Attribute, Scale, disc, drawing, element, line, polyline, square, text
from assessments.scoring.bank import Bank, Question
from assessments.scoring.figures import QuestionResult
from assessments.scoring.marks import Marks
from assessments.scoring.minimum_respondents import LevelCounts
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.remarks import answer_number, answered, median_answer

WIDTH, WIDEST, GAP = 120, 24, 4  # of the drawing, of a column with its gap, and of that
BASE, HEIGHT = 42, 30
WITH_LEVELS, WITHOUT_LEVELS, HEAD = 58, 44, 14
DIGIT = 0.513 * 12  # the width of any digit of the semibold typeface at 12 units


def columns_svg(bank: Bank, question: Question, counts: LevelCounts, *, levels: bool = True) -> SafeString:
    """A drawing 120 units wide; on paper the numbers can be in the table header instead of under each drawing."""
    height = WITH_LEVELS if levels else WITHOUT_LEVELS
    listed = numbers.listed([str(counts[answer - 1]) for answer in question.offered])
    words = {"question": question.short or question.text, "counts": listed}
    title = _("%(question)s: people by answer, lowest first: %(counts)s") % words
    if not levels:
        return _small(height, title, _printed_columns(counts))
    base = line((0, BASE + 0.5), (WIDTH, BASE + 0.5), class_="quiet", stroke=palette.BORDER)
    return _small(height, title, [*_columns(counts), *_numbers(bank, question, 56), base])


def levels_svg(bank: Bank, questions: Sequence[Question]) -> SafeString | None:
    """The numbers of the answers above the columns of a table on paper; None unless all questions offer the same."""
    if len({(question.offered, len(question.texts), question.choices is None) for question in questions}) != 1:
        return None
    question = questions[0]
    listed = numbers.listed([answer_number(bank, question, answer) for answer in question.offered])
    return _small(HEAD, _("Answers %(numbers)s") % {"numbers": listed}, _numbers(bank, question, 12))


def _small(height: int, title: str, marks: Sequence[SafeString]) -> SafeString:
    size = {"width": WIDTH, "height": height}
    box = f"0 0 {WIDTH} {height}"
    return element("svg", element("title", title), *marks, class_="chart answers", **size, viewBox=box, role="img")


def _columns(counts: LevelCounts) -> Iterator[SafeString]:
    wide = _step(counts) - GAP
    for x, count, tall in _tops(counts):
        y = BASE - tall
        yield element("rect", class_="column", x=x, y=y, width=wide, height=tall, fill=palette.CURRENT)
        yield text(str(count), x + wide / 2, y - 3, size=12, text_anchor="middle", font_weight=600)


def _printed_columns(counts: LevelCounts) -> list[SafeString]:
    """The same for paper: one outline with the base, and one text whose digits are positioned as if centred.

    In a PDF each centred text and each rectangle is a separate object; in fifty drawings they took 80 KB, and a tenth
    of the time.
    """
    tops, wide = _tops(counts), _step(counts) - GAP
    outline = "".join(f"M{x:g} {BASE}v{round(-tall, 2):g}h{wide:g}v{round(tall, 2):g}z" for x, _count, tall in tops)
    words = [(str(count), x + (wide - DIGIT * len(str(count))) / 2, BASE - tall - 3) for x, count, tall in tops]
    xs = [x + DIGIT * place for word, x, _y in words for place in range(len(word))]
    ys = [y for word, _x, y in words for _digit in word]
    style: dict[str, Attribute] = {
        "font_family": palette.FONT,
        "font_size": 12,
        "font_weight": 600,
        "fill": palette.TEXT,
    }
    return [
        element("path", class_="column", d=f"{outline}M0 {BASE}v.75h{WIDTH}v-.75z", fill=palette.CURRENT),
        element("text", "".join(word for word, _x, _y in words), x=_places(xs), y=_places(ys), **style),
    ]


def _places(along: Sequence[float]) -> str:
    return " ".join(f"{round(number, 2):g}" for number in along)


def _tops(counts: LevelCounts) -> list[tuple[float, int, float]]:
    """The x, the number of people and the height of each column."""
    step = _step(counts)
    return [
        (step * place + GAP / 2, count, HEIGHT * count / sum(counts)) for place, count in enumerate(counts) if count
    ]


def _step(answers: Sequence[object]) -> float:
    """The distance of two columns: less where there are more than five."""
    return min(WIDEST, WIDTH / len(answers))


def _numbers(bank: Bank, question: Question, y: float) -> list[SafeString]:
    style, step = {"fill": palette.MUTED, "class_": "muted", "text_anchor": "middle"}, _step(question.texts)
    return [
        text(answer_number(bank, question, answer), step * (answer - 0.5), y, size=12, **style)
        for answer in question.offered
    ]


def votes_svg(bank: Bank, question: Question, counts: Sequence[int]) -> SafeString | None:
    """People by answer, without names; None before the votes are revealed or if nobody chose an answer."""
    return columns_svg(bank, question, tuple(counts)) if any(counts) else None


# With mean, median and functions

SPREAD_WIDTH, TOP, TALLEST, ROW, BOTTOM = 360, 20, 60, 24, 28  # ROW: height of each row below the columns
AXIS_START, AXIS_WIDTH = 130, 214
BAR = 0.8


@dataclass(frozen=True)
class AnswerSpread:
    """What may be shown of one question: counts by answer, and the mean of each function if each has three people."""

    bank: Bank
    marks: Marks
    counts: LevelCounts
    figures: QuestionResult
    functions: Mapping[str, float] = field(default_factory=dict)

    @property
    def question(self) -> Question:
        return self.marks.question

    @property
    def name(self) -> str:
        return self.question.short or self.question.text

    @property
    def median(self) -> int:
        """The median answer."""
        return median_answer(self.counts)

    @property
    def axis(self) -> Scale:
        """The answers side by side, half of one before the first."""
        return Scale(0.5, AXIS_WIDTH / len(self.counts), AXIS_START)

    def place(self, mean: float) -> float:
        """Where a mean is among the answers, in numbers of answers: between the two whose values it is between."""
        values = [(self.marks.value(answer), answer) for answer in self.question.offered]
        for (low, before), (high, after) in pairwise(values):
            if mean <= high:
                return before + (after - before) * max(0.0, mean - low) / (high - low)
        return values[-1][1]


def spread_of(view: ResultView, key: str) -> AnswerSpread | None:
    """What may be drawn of a question; None if its distribution may not be shown."""
    counts, row = view.counts.get(key), view.questions.get(key)
    if counts is None or row is None or not sum(counts):
        return None
    return AnswerSpread(view.bank, view.bank.marks[key], counts, row, view.functions.get(key, {}))


def spread_svg(spread: AnswerSpread) -> SafeString:
    """Columns above the axis; below it the mean with its deviation, the median answer and the functions."""
    base, rows = TOP + TALLEST, [_("Mean, median"), *spread.functions]
    marks = [*_tall_columns(spread, base), *_middle(spread, base + ROW / 2)]
    functions = map(spread.place, spread.functions.values())
    at = spread.axis.position
    marks += [square(at(mean), _row(place), 8, palette.MUTED) for place, mean in enumerate(functions, 1)]
    height = base + ROW * len(rows) + BOTTOM
    return drawing("spread", _sentence(spread), [*marks, *_words(spread, rows, height - BOTTOM)], SPREAD_WIDTH, height)


def _row(place: int) -> float:
    return TOP + TALLEST + (place + 0.5) * ROW


def _tall_columns(spread: AnswerSpread, base: float) -> Iterator[SafeString]:
    counts, axis = spread.counts, spread.axis
    tops = [
        (answer, count, base - TALLEST * count / max(counts)) for answer, count in enumerate(counts, start=1) if count
    ]
    width = float(axis.length(0, BAR))
    for answer, _count, y in tops:
        x, size = axis.position(answer - BAR / 2), {"width": width, "height": base - y}
        yield element("rect", class_="column", x=x, y=y, **size, fill=palette.CURRENT)
    for answer, count, y in tops:
        yield text(
            str(count), axis.position(answer), y - 4, size=12, class_="value", text_anchor="middle", font_weight=600
        )


def _middle(spread: AnswerSpread, y: float) -> Iterator[SafeString]:
    """The mean with the mean deviation on both sides, which is in steps; and the median answer."""
    row, at, offered = spread.figures, spread.axis.position, spread.question.offered
    off, median = row.disagreement, spread.median
    if row.mean is None:
        return
    mean = spread.place(row.mean)
    if off:
        ends = [(at(max(offered[0], mean - off)), y), (at(min(offered[-1], mean + off)), y)]
        yield polyline(ends, class_="interval-line", stroke=palette.INTERVAL, stroke_width=10)
    yield line((at(median), y - 8), (at(median), y + 8), class_="tick", stroke=palette.TARGET, stroke_width=3)
    yield disc(at(mean), y, 5)


def _words(spread: AnswerSpread, rows: Sequence[str], bottom: float) -> Iterator[SafeString]:
    """The numbers of the answers at the bottom, and the label of each row."""
    for answer in spread.question.offered:
        yield text(
            answer_number(spread.bank, spread.question, answer),
            spread.axis.position(answer),
            bottom + 18,
            fill=palette.MUTED,
            class_="muted",
            text_anchor="middle",
        )
    for place, name in enumerate(rows):
        y = _row(place) + 12 * BASELINE
        yield text(name, 116, y, size=12, fill=palette.TEXT, text_anchor="end")


def _sentence(spread: AnswerSpread) -> str:
    """The alternative text of the drawing."""
    words = {
        "question": spread.name,
        "counts": numbers.listed([str(spread.counts[answer - 1]) for answer in spread.question.offered]),
        "median": answered(spread.bank, spread.question, spread.median),
    }
    return _("%(question)s: people by answer, lowest first: %(counts)s. The median answer is %(median)s.") % words
