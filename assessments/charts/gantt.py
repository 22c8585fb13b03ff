"""Actions of a roadmap as bars by quarter, from when they were decided to when they are due."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from assessments.charts import palette
from assessments.charts.svg import BASELINE, Attribute, drawing, element, line, text
from assessments.sentences import gettext as _
from assessments.wording import numbers

WIDTH, ROW, HEAD = 720, 26, 26
LEFT, BAR, TYPE = 250, 12, 12
MAX_NAME, MAX_QUARTERS, SHORTEST = 40, 12, 4  # letters, quarters drawn, and the width of a bar at least


@dataclass(frozen=True)
class Bar:
    """One action: its name, when it was decided, when it is due, and whether it is done or late."""

    name: str
    start: date
    end: date
    is_done: bool
    is_late: bool


def gantt_svg(bars: Sequence[Bar], today: date) -> SafeString:
    """The bars in their order, with a line for today; empty without a bar."""
    if not bars:
        return SafeString("")
    quarters = quarters_of(min(bar.start for bar in bars), max(bar.end for bar in bars))
    first, days = quarters[0], (quarters[-1] - quarters[0]).days

    def x(day: date) -> float:
        return LEFT + (WIDTH - LEFT) * min(max((day - first).days / days, 0), 1)

    height = HEAD + ROW * len(bars)
    marks = [*_grid(quarters, x, height), *(mark for place, bar in enumerate(bars) for mark in _bar(bar, place, x))]
    if first <= today <= quarters[-1]:
        marks.append(line((x(today), HEAD), (x(today), height), class_="tick", stroke=palette.TARGET, stroke_width=2))
    return drawing("gantt", _spoken(bars), marks, WIDTH, height)


def quarters_of(first: date, last: date) -> list[date]:
    """The first days of the quarters from one day to another, and of the one after; at most `MAX_QUARTERS` quarters."""
    found = [quarter_start(first)]
    while (found[-1] <= last or len(found) < 2) and len(found) <= MAX_QUARTERS:
        found.append(quarter_start(found[-1] + timedelta(days=100)))
    return found


def quarter_start(day: date) -> date:
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _grid(quarters: Sequence[date], x: Callable[[date], float], height: float) -> Iterator[SafeString]:
    for start in quarters:
        yield line((x(start), HEAD - 6), (x(start), height), class_="grid-line", stroke=palette.GRID)
    room = (WIDTH - LEFT) / (len(quarters) - 1)
    every = -(-62 // int(room)) if room < 62 else 1
    for start in quarters[:-1:every]:
        words = {"fill": palette.MUTED, "class_": "muted"}
        yield text(numbers.quarter(start), x(start) + 4, 14, size=TYPE, **words)


def _bar(bar: Bar, place: int, x: Callable[[date], float]) -> Iterator[SafeString]:
    y = HEAD + ROW * place + ROW / 2
    yield text(Truncator(bar.name).chars(MAX_NAME), 0, y + TYPE * BASELINE, size=TYPE)
    start, width = x(bar.start), max(SHORTEST, x(bar.end) - x(bar.start))
    style: dict[str, Attribute] = {"class_": "interval", "fill": palette.INTERVAL}
    if bar.is_done:
        style = {"class_": "column", "fill": palette.CURRENT}
    elif bar.is_late:
        style = {"class_": "open-bar", "fill": palette.PAPER, "stroke": palette.PREVIOUS, "stroke_width": 2}
    yield element("rect", x=start, y=y - BAR / 2, width=width, height=BAR, **style)


def _spoken(bars: Sequence[Bar]) -> str:
    days = ((bar.name, date_format(bar.end, "DATE_FORMAT")) for bar in bars)
    return " ".join(_("%(name)s, until %(day)s.") % {"name": name, "day": day} for name, day in days)
