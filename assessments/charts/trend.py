"""Trends as small multiples: one panel for the index and each pillar, with the scores, their intervals and the line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum

from django.utils.formats import date_format
from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.charts.axis import ScoreAxis, axis_of
from assessments.charts.svg import BASELINE, Attribute, drawing, element, line, square, text, wrapped
from assessments.scoring.trend import DAYS, Trend, TrendPoint
from assessments.scoring.view import ResultView, Trended, TrendHistory
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.trend import sentence

WIDTH, HEIGHT = 360, 132
LEFT, RIGHT, TOP, BOTTOM = 24, 348, 10, 106
TYPE, REACH = 12, 12
ACROSS, APART, HEAD = 2, 24, 44  # panels in a row of the file, the space between them, and the height of their names


@dataclass(frozen=True)
class Panel:
    """One trend with its name and the sentence about it."""

    name: str
    trend: Trend
    sentence: str


def panels(view: ResultView) -> list[Panel]:
    """The index first, then the pillars in the order of the bank; none without a trend."""
    if view.trend is None:
        return []
    names = {pillar.key: pillar.short or pillar.name for pillar in view.bank.pillars}
    trends = view.trend.trends
    shown = [(_("Index"), trends.overall), *((names[each.key or ""], each) for each in trends.pillars)]
    return [Panel(name, trend, sentence(trend)) for name, trend in shown]


def panel_svg(view: ResultView, panel: Panel) -> SafeString:
    """One panel for a page; the whole of it links to the row of the table that has its figures."""
    history, axis = view.trend, axis_of(view.bank)
    if history is None or panel.trend.points[0].score is None:
        return SafeString("")
    words = element("title", f"{panel.name}: {panel.sentence}")
    ground = element("rect", class_="reach", width=WIDTH, height=HEIGHT, fill="none", pointer_events="all")
    link = element("a", words, ground, *_marks(history, panel.trend, axis), href=f"#line-{panel.trend.key or 'index'}")
    return drawing("trend", _spoken(history, panel), [link], WIDTH, HEIGHT, role="group")


def trend_svg(view: ResultView) -> SafeString:
    """Every panel in one drawing, two in a row, each under its name and sentence."""
    history, axis = view.trend, axis_of(view.bank)
    shown = [panel for panel in panels(view) if panel.trend.points[0].score is not None]
    if history is None:
        return SafeString("")
    groups = []
    for place, panel in enumerate(shown):
        row, column = divmod(place, ACROSS)
        head = text(panel.name, LEFT, 14, size=14, class_="value", font_weight=600)
        lines = wrapped(panel.sentence, RIGHT - LEFT, TYPE - 1, lines=2)
        said = [
            text(words, LEFT, 28 + 13 * step, size=TYPE - 1, fill=palette.MUTED, class_="muted")
            for step, words in enumerate(lines)
        ]
        marks = element("g", *_marks(history, panel.trend, axis), transform=f"translate(0 {HEAD})")
        spot = f"translate({column * (WIDTH + APART)} {row * (HEAD + HEIGHT)})"
        groups.append(element("g", head, *said, marks, transform=spot))
    rows = -(-len(shown) // ACROSS)
    spoken = " ".join(_spoken(history, panel) for panel in shown)
    return drawing("trends", spoken, groups, ACROSS * WIDTH + APART, rows * (HEAD + HEIGHT))


def _spoken(history: TrendHistory, panel: Panel) -> str:
    """`Vision. 2.1 in Q1 2026, 2.4 in Q2 2026. Rising since Q1 2026 …`"""
    scores = [(one.score, numbers.quarter(one.date)) for one in panel.trend.points if one.score is not None]
    parts = [_("%(index)s in %(name)s") % {"index": numbers.score(score), "name": name} for score, name in scores]
    return f"{panel.name}. {numbers.listed(parts)}. {panel.sentence}."


def _marks(history: TrendHistory, trend: Trend, axis: ScoreAxis) -> Iterator[SafeString]:
    """From back to front: grid, what changed, line, and each score with its interval."""
    first, last = trend.points[0].date, trend.points[-1].date
    span = max(1, (last - first).days)
    places = [LEFT + 8 + (RIGHT - LEFT - 16) * (one.date - first).days / span for one in trend.points]
    yield from _grid(axis)
    for one, x in zip(history.rounds, places, strict=True):
        yield from _changed(one, x)
    yield from _line(trend, axis, places)
    for point, one, x in zip(trend.points, history.rounds, places, strict=True):
        if point.score is not None:
            yield element("g", element("title", point_words(one, point)), *_point(point, axis, x), class_="mark")
    for x, anchor, day in ((places[0], "start", first), (places[-1], "end", last)):
        ends = x - 8 if anchor == "start" else x + 8
        style = {"fill": palette.MUTED, "class_": "muted", "text_anchor": anchor}
        yield text(numbers.quarter(day), ends, BOTTOM + TYPE + 10, size=TYPE, **style)


def point_words(one: Trended, point: TrendPoint) -> str:
    """`Autumn review, 30 November 2026: 2.9 (2.6–3.2)`"""
    said = "" if point.score is None else numbers.score(point.score)
    if point.interval is not None:
        said = f"{said} ({numbers.interval(point.interval)})"
    return f"{one.name}, {date_format(one.day, 'DATE_FORMAT')}: {said}"


def _y(axis: ScoreAxis, score: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * axis.share(score)


def _grid(axis: ScoreAxis) -> Iterator[SafeString]:
    for tick, words in axis.labels:
        y = _y(axis, tick)
        yield line((LEFT, y), (RIGHT, y), class_="grid-line", stroke=palette.GRID)
        style = {"fill": palette.MUTED, "class_": "muted", "text_anchor": "end"}
        yield text(words, LEFT - 8, y + TYPE * BASELINE, size=TYPE, **style)


def _changed(one: Trended, x: float) -> Iterator[SafeString]:
    """What differs from the assessment before; another version has a dashed line too."""
    if one.new_version:
        style: dict[str, Attribute] = {
            "class_": "axis-open",
            "stroke": palette.BORDER,
            "stroke_width": 1,
            "stroke_dasharray": "2 4",
        }
        yield line((x, TOP), (x, BOTTOM), **style)
    if one.new_people:
        yield square(x, BOTTOM, 7, palette.PREVIOUS)
    if one.new_version:
        outline: dict[str, Attribute] = {"fill": palette.PAPER, "stroke": palette.TARGET, "stroke_width": 1.5}
        yield element("path", class_="diamond", d=f"M{x:g} {TOP - 5}l5 5l-5 5l-5 -5z", **outline)


def _line(trend: Trend, axis: ScoreAxis, places: Sequence[float]) -> Iterator[SafeString]:
    """The line through the mean of the scores: solid if it is told from chance, else dashed."""
    points = [(one.date, one.score) for one in trend.points if one.score is not None]
    if trend.slope_per_year is None or len(points) < len(trend.points):
        return
    years = [(day - points[0][0]).days / DAYS for day, _score in points]
    level = fsum(score for _day, score in points) / len(points) - trend.slope_per_year * fsum(years) / len(years)
    ends = [level + trend.slope_per_year * year for year in (years[0], years[-1])]
    low, high = min(axis.low, axis.high), max(axis.low, axis.high)
    heights = [_y(axis, min(max(end, low), high)) for end in ends]
    style: dict[str, Attribute] = {
        "class_": "axis-line",
        "stroke": palette.BORDER,
        "stroke_width": 1,
        "stroke_dasharray": "4 3",
    }
    if trend.verdict != "none":
        style = {"class_": "line", "stroke": palette.CURRENT, "stroke_width": 2}
    yield line((places[0], heights[0]), (places[-1], heights[1]), **style)


def _point(point: TrendPoint, axis: ScoreAxis, x: float) -> Iterator[SafeString]:
    if point.interval is not None:
        low, high = (_y(axis, end) for end in point.interval)
        yield element("rect", class_="interval", x=x - 3, y=high, width=6, height=low - high, fill=palette.INTERVAL)
        caps = f"M{x - 3:g} {low:g}h6M{x - 3:g} {high:g}h6"
        yield element("path", class_="cap", d=caps, stroke=palette.CURRENT, stroke_width=1.5)
    y = _y(axis, point.score or 0.0)
    yield element("circle", class_="dot", cx=x, cy=y, r=4, fill=palette.CURRENT, stroke=palette.PAPER, stroke_width=1)
