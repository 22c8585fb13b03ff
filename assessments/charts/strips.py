"""Marks in rows on one axis: a row as a strip on a page, all rows as one drawing for a file, and sides in a row."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.charts.axis import ScoreAxis
from assessments.charts.svg import Attribute, Scale, drawing, element, text, wrapped
from assessments.scoring.figures import Interval

SCREEN_HEIGHT, SHEET_HEIGHT = 36, 26.46  # heights of a strip in px; the latter is 7 mm on paper
CLOSE, CLOSEST = 19.66, 10.96  # 5.2 and 2.9 mm, if many rows share a sheet
SCALE_HEIGHT = 24
SHARES = Scale(0, 100, sign="%")

# The columns of a file, as wide as on a page: name, strip, value, note
NAME, STRIP, VALUE, NOTE, WIDTH = 8, 170, 672, 688, 888
STRIP_END, NAME_END = 598, 152
TOP, BOTTOM, TYPE, LINE = 32, 12, 14, 15
MAX_LINES, AIR = 6, 5  # of a name; between the names of two rows, above and below


@dataclass(frozen=True)
class Marks:
    """The marks that a row shows for a score."""

    score: float
    interval: Interval | None = None
    target: float | None = None
    previous: float | None = None
    peers: float | None = None
    provisional: bool = False

    def on(self, scale: Scale, y: float, height: float = SCREEN_HEIGHT) -> Iterator[SafeString]:
        """The marks from back to front, centred on the height `y`."""
        if self.interval is not None:
            yield from _interval(self.interval, scale, y)
        if self.target is not None:
            x, length = scale.at(self.target), min(22, height)
            yield _upright(x, y, length, class_="tick", stroke=palette.TARGET, stroke_width=3)
        if self.previous is not None:
            x = scale.at(self.previous)
            yield _upright(x, y, 8, class_="line-previous", stroke=palette.PREVIOUS, stroke_width=8)
        if self.peers is not None:
            yield _triangle(scale.at(self.peers), y)
        yield dot(scale.at(self.score), y, height, hollow=self.provisional)


def _interval(interval: Interval, scale: Scale, y: float) -> Iterator[SafeString]:
    low, high = interval
    x, width = scale.at(low), scale.length(low, high)
    yield element("rect", class_="interval", x=x, width=width, y=y - 5, height=10, fill=palette.INTERVAL)
    for end in interval:
        yield _upright(scale.at(end), y, 10, class_="cap", stroke=palette.CURRENT, stroke_width=1.5)


def _triangle(x: str, y: float) -> SafeString:
    """An SVG inside the SVG, because x may be in per cent."""
    corners = element("path", class_="triangle", d="M0 -5L5 4H-5Z", fill=palette.PEERS)
    return element("svg", corners, class_="point", x=x, y=y, overflow="visible")


def dot(x: str, y: float, height: float, *, hollow: bool = False) -> SafeString:
    """A score in a row of this height; smaller in a low one."""
    fill, stroke = (palette.PAPER, palette.CURRENT) if hollow else (palette.CURRENT, palette.PAPER)
    name, radius = ("dot hollow", 6) if hollow else ("dot", 7 if height >= SCREEN_HEIGHT else 6)
    return element("circle", class_=name, cx=x, cy=y, r=radius, fill=fill, stroke=stroke, stroke_width=2)


def _upright(x: str, y: float, length: float, **attributes: Attribute) -> SafeString:
    return element("line", x1=x, x2=x, y1=y - length / 2, y2=y + length / 2, **attributes)


def grid(scale: Scale, ticks: Sequence[float], y: float, height: float) -> list[SafeString]:
    """The hairlines behind a row: vertical ones at the ticks, and a horizontal one."""
    style: dict[str, Attribute] = {"class_": "grid-line", "stroke": palette.GRID}
    uprights = [_upright(scale.at(tick), y, height, **style) for tick in ticks]
    return [*uprights, element("line", x1=scale.at(ticks[0]), x2=scale.at(ticks[-1]), y1=y, y2=y, **style)]


def strip_svg(
    title: str, height: float, marks: Sequence[SafeString], *, name: str = "strip", hidden: bool = False
) -> SafeString:
    """A single row; `hidden` from screen readers if everything it shows is printed next to it."""
    style: dict[str, Attribute] = {"class_": f"chart {name}", "width": "100%", "height": height}
    style |= {"aria_hidden": "true"} if hidden else {"role": "img"}
    return element("svg", element("title", title), *marks, **style)


def scale_strip(axis: ScoreAxis) -> SafeString:
    """The numbers of the axis, above or below strips on a page."""
    style: dict[str, Attribute] = {"class_": "muted", "text_anchor": "middle", "fill": palette.MUTED, "font_size": 11}
    marks = [element("text", words, x=axis.percent.at(tick), y=17, **style) for tick, words in axis.labels]
    return strip_svg(axis.name, SCALE_HEIGHT, marks, name="scale", hidden=True)


@dataclass(frozen=True)
class FileRow:
    """One row of a file: its name, its marks and the texts next to them, or why there are no marks.

    `marks` draws them around a height, in a row of a height.
    """

    name: str
    marks: Callable[[float, float], Iterable[SafeString]] | None = None
    value: str = ""
    note: str = ""
    is_clear: bool = False
    absent: str | None = None

    @cached_property
    def names(self) -> list[str]:
        """The name in as many lines as it needs."""
        return wrapped(self.name, NAME_END - NAME, TYPE, lines=MAX_LINES)

    @property
    def height(self) -> float:
        return max(SCREEN_HEIGHT, LINE * len(self.names) + 2 * AIR)


def rows_svg(name: str, title: str, head: Sequence[SafeString], rows: Sequence[FileRow]) -> SafeString:
    """The rows below one another, under their header."""
    ends = [*accumulate((row.height for row in rows), initial=TOP)]
    marks = [mark for row, top in zip(rows, ends, strict=False) for mark in _row(row, top + row.height / 2)]
    return drawing(name, title, [*head, *marks], WIDTH, ends[-1] + BOTTOM)


def _row(row: FileRow, y: float) -> Iterator[SafeString]:
    yield from _lines(row.names, NAME, y)
    if row.absent is not None or row.marks is None:
        absent = wrapped(row.absent or "", WIDTH - STRIP, TYPE, lines=2)
        yield from _lines(absent, STRIP, y, class_="muted", fill=palette.MUTED)
        return
    yield from row.marks(y, row.height)
    yield text(row.value, VALUE, y + 5, class_="value", font_weight=600, text_anchor="end")
    quiet = {"class_": "muted", "fill": palette.MUTED}
    note = wrapped(row.note, WIDTH - NOTE, TYPE, lines=2)
    yield from _lines(note, NOTE, y, **({"font_weight": "600"} if row.is_clear else quiet))


def _lines(lines: Sequence[str], x: float, y: float, **attributes: str) -> Iterator[SafeString]:
    """Lines of text, centred on the height `y`."""
    first = y + 5 - LINE * (len(lines) - 1) / 2
    for place, words_ in enumerate(lines):
        yield text(words_, x, first + LINE * place, size=TYPE, **attributes)


VERSUS, VERSUS_SHEET = 40, 28  # heights of a row that compares sides, on screen and on paper
NEAR = 0.05  # of the axis: closer marks would cover each other
APART = 11


@dataclass(frozen=True)
class SideMark:
    """How a side is drawn: its class and colour, and its glyph, if it is one."""

    name: str
    color: str
    sign: str | None = None


SQUARE = SideMark("mark-first", palette.PREVIOUS)
TRIANGLE = SideMark("mark-second", palette.PEERS, "▲")
DIAMOND = SideMark("mark-third", palette.TARGET, "◆")
CIRCLE = SideMark("mark-last", palette.CURRENT)


def shapes(count: int) -> tuple[SideMark, ...]:
    """One shape per side: the first is always the square, the last always the dot."""
    return (SQUARE, *(TRIANGLE, DIAMOND)[: count - 2], CIRCLE)


def versus_svg(
    scores: Sequence[float | None],
    title: str,
    axis: ScoreAxis,
    *,
    real: bool | None,
    height: float = VERSUS,
    intervals: Sequence[Interval | None] = (),
) -> SafeString:
    """The scores in the order of the sides; None is not drawn.

    A line joins first and last, solid if the change is `real`, dashed if not; None draws no line. `intervals` are those
    of all sides but the first. Stacked marks make the drawing higher than `height` if necessary.
    """
    percent, levels = axis.percent, _levels(axis.shares(scores))
    height = max(height, 2 * max(map(abs, levels), default=0.0) + APART + 4)
    levels = [height / 2 + level for level in levels]
    marks = [
        _mark(shape, percent.at(score), y)
        for shape, score, y in zip(shapes(len(scores)), scores, levels, strict=True)
        if score is not None
    ]
    bands = [
        mark
        for found, y in zip(intervals, levels[1:], strict=False)
        if found is not None
        for mark in _interval(found, percent, y)
    ]
    joint = () if real is None else _joint(scores, percent, levels, real=real)
    behind = grid(percent, axis.ticks, height / 2, height)
    return strip_svg(title, height, [*behind, *bands, *joint, *marks], name="strip versus")


def legend_sample(shape: SideMark, name: str) -> SafeString:
    """The shape alone, for the legend; a tagged PDF needs its name inside as well."""
    mark = _mark(shape, "14", 10)
    title = element("title", name)
    return element("svg", title, mark, class_="chart", viewBox="0 0 28 20", width=28, height=20, aria_hidden="true")


def _levels(shares: Sequence[float | None]) -> list[float]:
    """Vertical offset of each mark from the axis: 0, or stacked if other marks are close."""
    levels = []
    for place, share in enumerate(shares):
        near = [
            other
            for other, value in enumerate(shares)
            if share is not None and value is not None and abs(value - share) < NEAR
        ]
        shift = near.index(place) - (len(near) - 1) / 2 if place in near else 0.0
        levels.append(shift * APART)
    return levels


def _mark(shape: SideMark, x: str, y: float) -> SafeString:
    """Shapes that can be placed in per cent, also on paper: a circle, a short thick line, a glyph."""
    if shape is CIRCLE:
        return element("circle", class_=f"dot {shape.name}", cx=x, cy=y, r=6.5, fill=shape.color)
    if shape.sign is None:
        return element(
            "line", class_=shape.name, x1=x, x2=x, y1=y - 5.5, y2=y + 5.5, stroke=shape.color, stroke_width=11
        )
    style: dict[str, Attribute] = {"font_family": palette.FONT, "font_size": 26, "text_anchor": "middle"}
    return element("text", shape.sign, class_=shape.name, x=x, y=y + 9, fill=shape.color, **style)


def _joint(
    scores: Sequence[float | None], percent: Scale, levels: Sequence[float], *, real: bool
) -> Iterator[SafeString]:
    first, last = scores[0], scores[-1]
    if first is None or last is None:
        return
    style: dict[str, Attribute] = {"class_": "joint", "stroke": palette.CURRENT, "stroke_width": 2}
    if not real:
        style = {"class_": "joint quiet", "stroke": palette.BORDER, "stroke_width": 1, "stroke_dasharray": "4 3"}
    yield element("line", x1=percent.at(first), x2=percent.at(last), y1=levels[0], y2=levels[-1], **style)
