"""The legend of a drawing: the meaning of each mark in it, as entries for a page and as rows for a file."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.charts.svg import BASELINE, LETTER, Attribute, element, join, line, square, text
from assessments.sentences import gettext_lazy as _

SIZE, ROW = 12, 20  # font size in a file, and distance between rows
MARK, GAP = 28, 14  # space for a sample, and between two entries


class LegendEntry(NamedTuple):
    """The class of a mark, its meaning, a sample of it in 28 × 20 units, and both in words for text without samples."""

    mark: str
    label: Promise
    sample: SafeString
    words: Promise | str = ""


class LegendRow(NamedTuple):
    """A legend entry in the active language."""

    mark: str
    sample: SafeString
    label: str
    words: str

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
DIAMOND = element(
    "path", class_="diamond", d="M14 3L21 10L14 17L7 10Z", fill=palette.PAPER, stroke=palette.TARGET, stroke_width=1.5
)
OPEN = line((2, 10), (26, 10), class_="axis-open", stroke=palette.BORDER, stroke_width=1.5, stroke_dasharray="3 4")
RISING = line((2, 14), (26, 6), class_="line", stroke=palette.CURRENT, stroke_width=2)
STEADY = line((2, 12), (26, 8), class_="axis-line", stroke=palette.BORDER, stroke_dasharray="4 3")
DEVIATION = line((3, 10), (25, 10), class_="interval-line", stroke=palette.INTERVAL, stroke_width=10)
FUNCTION = square(14, 10, 10, palette.MUTED)

SCORE, PROVISIONAL, TARGET, BEFORE = _("Score"), _("Provisional"), _("Target"), _("Previous round")
BENCHMARK, UNSCORED = _("Benchmark median"), _("Not scored: the outline stays open")
DOT_WORDS, SHADED, BLACK_LINE = _("dot: score"), _("shaded: 90%% interval"), _("black line: target")
HOLLOW_WORDS, SQUARE_WORDS = _("hollow dot: provisional"), _("square: previous round")
TRIANGLE_WORDS = _("triangle: benchmark median")
PILLARS: Sequence[LegendEntry] = (
    LegendEntry("dot", SCORE, DOT, DOT_WORDS),
    LegendEntry("interval", _("90%% interval"), INTERVAL, SHADED),
    LegendEntry("tick", TARGET, TICK, BLACK_LINE),
    LegendEntry("dot hollow", PROVISIONAL, HOLLOW, HOLLOW_WORDS),
    LegendEntry("line-previous", BEFORE, SQUARE, SQUARE_WORDS),
    LegendEntry("triangle", BENCHMARK, TRIANGLE, TRIANGLE_WORDS),
)
LEGENDS: Mapping[str, Sequence[LegendEntry]] = {
    "pillars": PILLARS,
    "profile": (
        LegendEntry("dot", SCORE, DOT, DOT_WORDS),
        LegendEntry("band", _("90%% interval. Wide means that people differ, or few answered"), BAND, SHADED),
        LegendEntry("tick", TARGET, ACROSS, BLACK_LINE),
        LegendEntry("dot hollow", PROVISIONAL, HOLLOW, HOLLOW_WORDS),
        LegendEntry("square", BEFORE, SQUARE, SQUARE_WORDS),
        LegendEntry("triangle", BENCHMARK, TRIANGLE, TRIANGLE_WORDS),
        LegendEntry("axis-open", UNSCORED, OPEN),
    ),
    "scenario": (
        LegendEntry("dot", _("Score now"), DOT),
        LegendEntry("diamond", _("In the scenario"), DIAMOND),
        LegendEntry("axis-open", UNSCORED, OPEN),
    ),
    "agreement": (
        LegendEntry("dot", _("Agreement, r*wg"), DOT),
        LegendEntry("zone", _("Moderate agreement"), _box("zone", palette.GROUND, stroke=palette.GRID)),
    ),
    "change": (
        LegendEntry("line", _("Clear change: at least 0.25, and its interval excludes 0"), RISING),
        LegendEntry("axis-line", _("No clear change"), STEADY),
    ),
    "trend": (
        LegendEntry("dot", SCORE, DOT, DOT_WORDS),
        LegendEntry("interval", _("90%% interval"), INTERVAL, SHADED),
        LegendEntry("line", _("Trend that can be told from chance"), RISING),
        LegendEntry("axis-line", _("No trend that can be told from chance"), STEADY),
        LegendEntry("square", _("Other people than before"), SQUARE),
        LegendEntry("diamond", _("Other version of the question bank"), DIAMOND),
    ),
    "gantt": (
        LegendEntry("interval", _("Planned or started"), _box("interval", palette.INTERVAL)),
        LegendEntry("column", _("Done"), _box("column", palette.CURRENT)),
        LegendEntry("open-bar", _("Late"), _box("open-bar", palette.PAPER, stroke=palette.PREVIOUS, border=2)),
        LegendEntry("tick", _("Today"), TICK),
    ),
    "answers": (
        LegendEntry("column", _("People at the level"), _box("column", palette.CURRENT)),
        LegendEntry("dot", _("Mean"), DOT),
        LegendEntry("interval-line", _("Mean deviation"), DEVIATION),
        LegendEntry("tick", _("Median answer"), TICK),
        LegendEntry("square", _("Mean of a function"), FUNCTION),
    ),
    "ladder": (
        LegendEntry("reached", _("Reached"), _box("reached", palette.RAMP[1])),
        LegendEntry(
            "here",
            _("Reached, and the organisation’s level"),
            _box("here", palette.RAMP[1], stroke=palette.TEXT, border=3),
        ),
        LegendEntry("next", _("Next level"), _box("next", palette.PAPER, stroke=palette.BORDER, border=2)),
    ),
}


def legend(name: str, svg: str) -> tuple[LegendRow, ...]:
    """The legend for a page or a report: only marks in the drawing. Texts in it are escaped, so none looks like a class."""
    known = PILLARS if 'class="chart bars"' in svg else LEGENDS[name.partition("-")[0]]
    return tuple(_row(entry) for entry in known if f'class="{entry.mark}"' in svg)


def _row(entry: LegendEntry) -> LegendRow:
    return LegendRow(entry.mark, entry.sample, str(entry.label) % {}, str(entry.words) % {})


def full_legend() -> tuple[LegendRow, ...]:
    """Every entry that the legends of dots and radar can contain."""
    return tuple(_row(entry) for entry in (*PILLARS, *LEGENDS["profile"]))


def legend_group(name: str, svg: str, width: float) -> tuple[SafeString, float]:
    """The legend for a file as one group that starts at the origin, and its height."""
    rows, x = 0, width + 1
    marks: list[SafeString] = []
    for row in legend(name, svg):
        needed = MARK + len(row.short) * SIZE * LETTER
        if x + needed > width:
            rows, x = rows + 1, 0
        y = (rows - 1) * ROW
        marks.append(element("g", row.sample, transform=f"translate({x:g} {y:g})"))
        marks.append(text(row.short, x + MARK + 4, y + ROW / 2 + SIZE * BASELINE, size=SIZE, fill=palette.MUTED))
        x += needed + GAP
    return element("g", *marks, class_="key"), rows * ROW
