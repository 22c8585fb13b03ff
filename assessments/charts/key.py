"""The key of a chart that stands alone: what each mark in it means, in rows above the drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from assessments.charts import palette
from assessments.charts.svg import Attribute, disc, element, line, shows, text

SIZE, ROW = 12, 20  # of the type, and from one row to the next
LETTER = 0.5  # how wide a letter is on average, in parts of its size
MARK, GAP = 24, 18  # room for a mark, and between two entries

type Sample = Callable[[float, float], SafeString]  # of a mark, around a point
type Entry = tuple[str, Promise, Sample]  # the class of a mark, what it means, and the mark


def _box(width: float = 12, height: float = 12, **style: Attribute) -> Sample:
    return lambda x, y: element("rect", x=x - width / 2, y=y - height / 2, width=width, height=height, **style)


def _level(width: float, **style: Attribute) -> Sample:
    return lambda x, y: line((x - 9, y), (x + 9, y), stroke_width=width, **style)


def _tick(x: float, y: float) -> SafeString:
    return line((x, y - 8), (x, y + 8), stroke=palette.TARGET, stroke_width=3)


def _triangle(x: float, y: float) -> SafeString:
    return element("path", d="M0 -5L5 4H-5Z", transform=f"translate({x:g} {y:g})", fill=palette.PEERS)


def _dot(x: float, y: float) -> SafeString:
    return disc(x, y, 6.5)


def _hollow(x: float, y: float) -> SafeString:
    return element("circle", cx=x, cy=y, r=5.5, fill=palette.PAPER, stroke=palette.CURRENT, stroke_width=2)


BAND = _box(18, 10, fill=palette.INTERVAL)
BAR = _box(fill=palette.RAMP[1])
SQUARE = _box(fill=palette.PREVIOUS)
BEFORE = _("Previous round")
# xgettext:no-python-format
INTERVAL = _("90% interval")
SCORES: Sequence[Entry] = (
    ("dot", _("Score"), _dot),
    ("dot hollow", _("Provisional"), _hollow),
    ("interval", INTERVAL, BAND),
    ("band", INTERVAL, BAND),
    ("tick", _("Target"), _tick),
    ("square", BEFORE, SQUARE),
    ("line-previous", BEFORE, SQUARE),
    ("triangle", _("Benchmark median"), _triangle),
    ("axis-open", _("Not scored"), _level(1.5, stroke=palette.BORDER, stroke_dasharray="2 3")),
)
OTHERS: Mapping[str, Sequence[Entry]] = {
    "agreement": (
        ("dot", _("Agreement, r*wg"), _dot),
        ("zone", _("Moderate agreement"), _box(fill=palette.GROUND, stroke=palette.GRID)),
    ),
    "change": (
        ("line", _("Clear change: at least 0.25, and its interval excludes 0"), _level(2, stroke=palette.CURRENT)),
        ("axis-line", _("No clear change"), _level(1, stroke=palette.BORDER, stroke_dasharray="4 3")),
    ),
    "answers": (
        ("column", _("People at the level"), _box(fill=palette.CURRENT)),
        ("dot", _("Mean"), _dot),
        ("interval-line", _("Mean deviation"), BAND),
        ("tick", _("Median answer"), _tick),
        ("square", _("Mean of a function"), _box(fill=palette.MUTED)),
    ),
    "ladder": (
        ("reached", _("Reached"), BAR),
        (
            "here",
            _("Reached, and the organisation’s level"),
            _box(fill=palette.RAMP[1], stroke=palette.TEXT, stroke_width=3),
        ),
        (
            "next",
            _("Next level"),
            _box(fill=palette.PAPER, stroke=palette.BORDER, stroke_width=2, stroke_dasharray="4 3"),
        ),
    ),
}


def key_of(name: str, svg: str, width: float) -> tuple[SafeString, float]:
    """The key of the chart of this name from the origin downwards, as one group, and its height.

    A drawing's classes say which marks are in it.
    """
    known = OTHERS.get(name.partition("-")[0], SCORES)
    samples = {str(label): sample for class_, label, sample in known if shows(svg, class_)}
    marks: list[SafeString] = []
    rows, x = 0, width + 1
    for label, sample in samples.items():
        needed = MARK + len(label) * SIZE * LETTER
        if x + needed > width:
            rows, x = rows + 1, 0
        y = rows * ROW - ROW / 2
        marks += (sample(x + 9, y), text(label, x + MARK, y + SIZE * 0.36, size=SIZE, fill=palette.MUTED))
        x += needed + GAP
    return element("g", *marks, class_="key"), rows * ROW
