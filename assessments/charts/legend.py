"""The key of a chart that stands alone: what each mark in it means, in rows above the drawing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from assessments.charts import palette
from assessments.charts.markup import element, text
from assessments.charts.plain_figure import Part

SIZE, ROW = 12, 20  # of the type, and from one row to the next
LETTER = 0.5  # how wide a letter is on average, in parts of its size
MARK, GAP = 24, 18  # room for a mark, and between two entries

SCORES: dict[str, Promise] = {
    "current": _("Score"),
    "bar": _("Score"),
    "provisional": _("Provisional"),
    # xgettext:no-python-format
    "interval": _("90% interval"),
    "target": _("Target"),
    "previous": _("Previous round"),
    "peers": _("Benchmark median"),
    "unscored": _("Not scored"),
}
OTHERS: dict[str, dict[str, Promise]] = {
    "agreement": {"current": _("Agreement, r*wg"), "zone": _("Moderate agreement")},
    "change": {
        "real": _("Clear change: at least 0.25, and its interval excludes 0"),
        "steady": _("No clear change"),
    },
    "answers": {
        "column": _("People at the level"),
        "mean": _("Mean"),
        "spread": _("Mean deviation"),
        "median": _("Median answer"),
        "function": _("Mean of a function"),
    },
    "ladder": {"reached": _("Reached"), "here": _("Reached, and the organisation’s level"), "next": _("Next level")},
}


def key_of(name: str, figure: Part, width: float) -> tuple[SafeString, float]:
    """The key of the chart of this name from the origin downwards, as one group, and its height."""
    words = OTHERS.get(name.partition("-")[0], SCORES)
    shown = [(role, str(label)) for role, label in words.items() if role in _roles(figure)]
    rows = _rows(shown, width)
    marks = (entry for row, entries in enumerate(rows) for entry in _row(entries, row * ROW + ROW / 2))
    return element("g", *marks, class_="key"), len(rows) * ROW


def _roles(figure: Part) -> set[str]:
    found = {trace.meta["role"] for trace in figure.data}
    if any("circle-open" in (trace.marker.symbol or ()) for trace in figure.data if trace.mode == "lines+markers"):
        found.add("provisional")
    return {*found, "zone"} if figure.layout.shapes else found


def _rows(shown: Sequence[tuple[str, str]], width: float) -> list[list[tuple[str, str, float]]]:
    """The entries with where each starts, as many in a row as there is room for."""
    rows: list[list[tuple[str, str, float]]] = []
    x = width + 1
    for role, label in shown:
        needed = MARK + len(label) * SIZE * LETTER
        if x + needed > width:
            rows.append([])
            x = 0
        rows[-1].append((role, label, x))
        x += needed + GAP
    return rows


def _row(entries: Sequence[tuple[str, str, float]], y: float) -> Iterator[SafeString]:
    for role, label, x in entries:
        yield from _mark(role, x, y)
        yield text(label, x + MARK, y + SIZE * 0.36, size=SIZE, fill=palette.MUTED)


def _mark(role: str, x: float, y: float) -> Iterator[SafeString]:
    middle = x + 9
    if role in LINES:
        yield element("line", x1=x, x2=x + 18, y1=y, y2=y, **LINES[role])
    elif role in TICKS:
        yield element("line", x1=middle, x2=middle, y1=y - 8, y2=y + 8, stroke=palette.TARGET, stroke_width=3)
    elif role in BOXES:
        width, height = (18, 10) if role in ("interval", "spread") else (12, 12)
        spot = {"x": middle - width / 2, "y": y - height / 2, "width": width, "height": height}
        yield element("rect", **spot, **BOXES[role])
    elif role == "peers":
        corners = f"{middle:g},{y - 5:g} {middle - 5:g},{y + 4:g} {middle + 5:g},{y + 4:g}"
        yield element("polygon", points=corners, fill=palette.PEERS)
    else:
        hollow = {"fill": palette.PAPER, "stroke": palette.CURRENT, "stroke_width": 2}
        yield element(
            "circle", cx=middle, cy=y, r=5.5, **(hollow if role == "provisional" else {"fill": palette.CURRENT})
        )


TICKS = {"target", "median"}
LINES: Mapping[str, dict[str, str | float]] = {
    "real": {"stroke": palette.CURRENT, "stroke_width": 2},
    "steady": {"stroke": palette.BORDER, "stroke_width": 1, "stroke_dasharray": "4 3"},
    "unscored": {"stroke": palette.BORDER, "stroke_width": 1.5, "stroke_dasharray": "2 3"},
}
BOXES: Mapping[str, dict[str, str | float]] = {
    "interval": {"fill": palette.INTERVAL},
    "spread": {"fill": palette.INTERVAL},
    "bar": {"fill": palette.RAMP[1]},
    "previous": {"fill": palette.PREVIOUS},
    "column": {"fill": palette.CURRENT},
    "function": {"fill": palette.MUTED},
    "zone": {"fill": palette.GROUND, "stroke": palette.GRID},
    "reached": {"fill": palette.RAMP[1]},
    "here": {"fill": palette.RAMP[1], "stroke": palette.TEXT, "stroke_width": 3},
    "next": {"fill": palette.PAPER, "stroke": palette.BORDER, "stroke_width": 2, "stroke_dasharray": "4 3"},
}
