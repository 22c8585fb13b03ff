"""The trend of three or more assessments, as a page of a report and as a table."""

from assessments.charts.legend import legend
from assessments.charts.trend import panels, trend_svg
from assessments.reports.blocks import (
    DAY,
    FIGURE,
    NOTE,
    SUB,
    TWO,
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Legend,
    Section,
    Table,
    Text,
)
from assessments.reports.precision import ends
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _
from assessments.wording import numbers, trend as words
from assessments.wording.numbers import optional


def trend_section(view: ResultView) -> Section | None:
    """The panels, and every line in figures; None without a trend or a question in common."""
    history = view.trend
    if history is None or not history.common:
        return None
    title, svg = words.trend_title(view.bank, history), trend_svg(view)
    first, last = history.rounds[0].name, history.rounds[-1].name
    sub = _("Score by assessment, %(first)s to %(last)s, on the questions that all of them answered")
    columns = (
        Column("pillar", _("Pillar"), 40),
        Column("first", first, 24, FIGURE),
        Column("last", last, 24, FIGURE),
        Column("slope", _("Points a quarter"), 26, FIGURE),
        Column("interval", _("90%% interval") % {}, 32, FIGURE),
        Column("verdict", _("Trend"), 24),
    )
    rows = tuple(
        (
            panel.name,
            optional(numbers.score, panel.trend.points[0].score),
            optional(numbers.score, panel.trend.points[-1].score),
            words.slope(panel.trend),
            words.interval(panel.trend),
            words.verdict(panel.trend),
        )
        for panel in panels(view)
    )
    blocks: list[Block] = [Text(sub % {"first": first, "last": last}, SUB)]
    blocks += [Legend(legend("trend", svg)), Figure(svg, 150, "trend-box")]
    blocks += [Heading(_("All lines")), Table("trend", title, columns, rows)]
    blocks += [Text(note, NOTE) for note in words.notes(view.bank, history)]
    return Section("trend", _("Trend"), title, tuple(blocks))


def trend_table(view: ResultView) -> Table | None:
    """A row for each score, with the line of its pillar; None without a trend."""
    history = view.trend
    if history is None:
        return None
    columns = (
        Column("pillar", _("Pillar"), 18),
        Column("assessment", _("Assessment"), 18),
        Column("date", _("Date"), 12, DAY),
        Column("score", _("Score"), 10, TWO),
        Column("interval_low", _("90%% interval, from") % {}, 16, TWO),
        Column("interval_high", _("90%% interval, to") % {}, 16, TWO),
        Column("points_a_year", _("Points a year"), 14, TWO),
        Column("points_a_year_low", _("Points a year, from"), 16, TWO),
        Column("points_a_year_high", _("Points a year, to"), 16, TWO),
        Column("trend", _("Trend"), 12),
    )
    rows: list[tuple[Cell, ...]] = []
    for panel in panels(view):
        trend = panel.trend
        line = (trend.slope_per_year, *ends(trend.interval, coarse=False), words.verdict(trend))
        for one, point in zip(history.rounds, trend.points, strict=True):
            rows.append((panel.name, one.name, one.day, point.score, *ends(point.interval, coarse=False), *line))
    return Table("trend", _("Trend"), columns, tuple(rows), identity=3)
