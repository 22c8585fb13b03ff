"""The legend of a drawing: the meaning of each mark in it, as entries for a page and as rows for a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from assessments.charts import palette
from assessments.charts.svg import Attribute, element, join, line, square, text

SIZE, ROW = 12, 20  # font size in a file, and distance between rows
LETTER = 0.5  # average width of a letter, relative to the font size
MARK, GAP = 28, 14  # space for a sample, and between two entries

type KeyEntry = tuple[
    str, Promise, SafeString
]  # the class of a mark, what it means, and a sample of it in 28 × 20 units


class KeyRow(NamedTuple):
    """One legend entry: the class of the mark, a sample of it in 28 × 20 units, and its meaning."""

    mark: str
    sample: SafeString
    label: str

    @property
    def short(self) -> str:
        """The first sentence."""
        return self.label.partition(". ")[0]


def _box(name: str, fill: str, *, stroke: str | None = None, border: float | None = None) -> SafeString:
    """Only `next` is dashed."""
    dashes = "4 3" if name == "next" else None
    style: dict[str, Attribute] = {"fill": fill, "stroke": stroke, "stroke_width": border, "stroke_dasharray": dashes}
    return element("rect", class_=name, x=8, y=4, width=12, height=12, **style)


DOT = element("circle", class_="dot", cx=14, cy=10, r=6.5, fill=palette.CURRENT)
HOLLOW = element(
    "circle", class_="dot hollow", cx=14, cy=10, r=6, fill=palette.PAPER, stroke=palette.CURRENT, stroke_width=2
)
INTERVAL = join((
    element("rect", class_="interval", x=3, y=5, width=22, height=10, fill=palette.INTERVAL),
    element("path", class_="cap", d="M3 5v10M25 5v10", stroke=palette.CURRENT, stroke_width=1.5),
))  # fmt: skip
BAND = element("path", class_="band", d="M2 6l24-4v12l-24 4z", fill=palette.CURRENT, fill_opacity=0.22)
TICK = line((14, 1), (14, 19), class_="tick", stroke=palette.TARGET, stroke_width=3)
ACROSS = line((5, 10), (23, 10), class_="tick", stroke=palette.TARGET, stroke_width=3)
SQUARE = square(14, 10, 10, palette.PREVIOUS)
TRIANGLE = element("path", class_="triangle", d="M14 4L20 15H8Z", fill=palette.PEERS)
OPEN = line((2, 10), (26, 10), class_="axis-open", stroke=palette.BORDER, stroke_width=1.5, stroke_dasharray="3 4")
RISING = line((2, 14), (26, 6), class_="line", stroke=palette.CURRENT, stroke_width=2)
STEADY = line((2, 12), (26, 8), class_="axis-line", stroke=palette.BORDER, stroke_dasharray="4 3")
DEVIATION = line((3, 10), (25, 10), class_="interval-line", stroke=palette.INTERVAL, stroke_width=10)
FUNCTION = square(14, 10, 10, palette.MUTED)

SCORE, PROVISIONAL, TARGET, BEFORE = _("Score"), _("Provisional"), _("Target"), _("Previous round")
BENCHMARK = _("Benchmark median")
PILLARS: Sequence[KeyEntry] = (
    ("dot", SCORE, DOT),
    ("interval", _("90%% interval"), INTERVAL),
    ("tick", TARGET, TICK),
    ("dot hollow", PROVISIONAL, HOLLOW),
    ("line-previous", BEFORE, SQUARE),
    ("triangle", BENCHMARK, TRIANGLE),
)
KEYS: Mapping[str, Sequence[KeyEntry]] = {
    "pillars": PILLARS,
    "profile": (
        ("dot", SCORE, DOT),
        ("band", _("90%% interval. Wide means that people differ, or few answered"), BAND),
        ("tick", TARGET, ACROSS),
        ("dot hollow", PROVISIONAL, HOLLOW),
        ("square", BEFORE, SQUARE),
        ("triangle", BENCHMARK, TRIANGLE),
        ("axis-open", _("Not scored. The outline stays open"), OPEN),
    ),
    "agreement": (
        ("dot", _("Agreement, r*wg"), DOT),
        ("zone", _("Moderate agreement"), _box("zone", palette.GROUND, stroke=palette.GRID)),
    ),
    "change": (
        ("line", _("Clear change: at least 0.25, and its interval excludes 0"), RISING),
        ("axis-line", _("No clear change"), STEADY),
    ),
    "answers": (
        ("column", _("People at the level"), _box("column", palette.CURRENT)),
        ("dot", _("Mean"), DOT),
        ("interval-line", _("Mean deviation"), DEVIATION),
        ("tick", _("Median answer"), TICK),
        ("square", _("Mean of a function"), FUNCTION),
    ),
    "ladder": (
        ("reached", _("Reached"), _box("reached", palette.RAMP[1])),
        (
            "here",
            _("Reached, and the organisation’s level"),
            _box("here", palette.RAMP[1], stroke=palette.TEXT, border=3),
        ),
        ("next", _("Next level"), _box("next", palette.PAPER, stroke=palette.BORDER, border=2)),
    ),
}


def key(name: str, svg: str) -> tuple[KeyRow, ...]:
    """The legend for a page: only marks in the drawing. Texts in it are escaped, so none looks like a class."""
    known = PILLARS if 'class="chart bars"' in svg else KEYS[name.partition("-")[0]]
    return tuple(KeyRow(mark, sample, str(label) % {}) for mark, label, sample in known if f'class="{mark}"' in svg)


def full_key() -> tuple[KeyRow, ...]:
    """Every entry that the legends of dots and radar can contain."""
    return tuple(KeyRow(mark, sample, str(label) % {}) for mark, label, sample in (*PILLARS, *KEYS["profile"]))


def key_of(name: str, svg: str, width: float) -> tuple[SafeString, float]:
    """The legend for a file as one group that starts at the origin, and its height."""
    rows, x = 0, width + 1
    marks: list[SafeString] = []
    for row in key(name, svg):
        needed = MARK + len(row.short) * SIZE * LETTER
        if x + needed > width:
            rows, x = rows + 1, 0
        y = (rows - 1) * ROW
        marks.append(element("g", row.sample, transform=f"translate({x:g} {y:g})"))
        marks.append(text(row.short, x + MARK + 4, y + ROW / 2 + SIZE * 0.36, size=SIZE, fill=palette.MUTED))
        x += needed + GAP
    return element("g", *marks, class_="key"), rows * ROW
