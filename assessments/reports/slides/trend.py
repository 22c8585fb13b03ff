"""The trend of three or more assessments: the index and the pillars that rise or fall as lines, beside every line in figures."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import Truncator

from assessments.charts.trend import Panel, panels
from assessments.reports.blocks import DASH
from assessments.reports.report import Report
from assessments.reports.slides.base import Box
from assessments.reports.slides.charts import LONGEST, Axis, axis_of
from assessments.reports.slides.figures import MOST, as_printed
from assessments.reports.slides.table import HEAD, write_table
from assessments.reports.slides.writer import ACCENT, LINE, MUTED, PREVIOUS, TEXT, Deck, Page, Para, paint
from assessments.reports.word_writer import clean
from assessments.sentences import gettext as _
from assessments.wording import numbers, trend as words

ROW = 26.0  # the height of a row
LINES = (ACCENT, TEXT, PREVIOUS, MUTED)  # of the index and of as many pillars as can be told apart


def trend_slide(deck: Deck, report: Report) -> None:
    """Nothing without a trend or a question in common, as in the report."""
    history = report.trend
    if history is None or not history.common:
        return
    title, area = words.trend_title(report.bank, history), deck.area
    first, last = history.rounds[0].name, history.rounds[-1].name
    sub = _("Score by assessment, %(first)s to %(last)s, on the questions that all of them answered")
    page = deck.page(title, _("Trend"), sub % {"first": first, "last": last})
    index, *pillars = panels(report)
    shown = [index, *sorted(pillars, key=lambda panel: panel.trend.verdict == "none")]
    half, names = (area.width - 32) * 0.5, [each.name for each in history.rounds]
    clear = [panel for panel in shown if panel is index or panel.trend.verdict != "none"]
    drawn = [panel for panel in clear if panel.trend.points[0].score is not None][: len(LINES)]
    if drawn:
        scale = axis_of(report.bank.scale.low, report.bank.scale.high)
        _lines(page, Box(area.x, area.y, half, area.height), names, drawn, scale)
    _figures(page, Box(area.x + half + 32, area.y, area.width - half - 32, area.height), shown[:MOST])
    told = (f"{panel.name}: {panel.sentence}" for panel in shown)
    page.notes((f"{title}.", *words.notes(report.bank, history), *told))


def _figures(page: Page, box: Box, shown: Sequence[Panel]) -> None:
    heads = [_("Pillar"), _("Points a quarter"), _("90%% interval") % {}, _("Trend")]
    rows = []
    for panel in shown:
        slope, interval = words.slope(panel.trend), words.interval(panel.trend)
        texts, clear = (panel.name, slope or DASH, interval or DASH), panel.trend.verdict != "none"
        rows.append([*(Para(text, size=12) for text in texts), Para(words.verdict(panel.trend), size=12, bold=clear)])
    each = min(ROW, (box.height - HEAD) / len(rows))
    write_table(page, box, heads, rows, [28, 26, 28, 18], name=_("All lines"), right=(1, 2), row_height=each)


def _lines(page: Page, box: Box, names: Sequence[str], shown: Sequence[Panel], scale: Axis) -> None:
    """A line for each panel over the assessments, of scores as printed."""
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_MARK
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.util import Pt

    from assessments.reports.slides.workbooks import Categories

    data = Categories(number_format="0.0")
    data.categories = [clean(Truncator(name).chars(LONGEST)) for name in names]
    for panel in shown:
        data.add_series(clean(panel.name), [as_printed(point.score) for point in panel.trend.points])
    alt = "; ".join(f"{panel.name}: {numbers.listed(_scores(panel))}" for panel in shown)
    chart = page.chart(XL_CHART_TYPE.LINE_MARKERS, data, box, alt)
    chart.has_title, chart.has_legend = False, True
    chart.font.size, chart.font.color.theme_color = Pt(12), MSO_THEME_COLOR.TEXT_1
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    up = chart.value_axis
    up.minimum_scale, up.maximum_scale, up.major_unit = scale.low, scale.high, scale.step
    up.tick_labels.number_format, up.tick_labels.number_format_is_linked = scale.form, False
    up.major_tick_mark = chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    paint(up.major_gridlines.format.line.fill, LINE)
    up.format.line.fill.background()
    for place, series in enumerate(chart.plots[0].series):
        _dress(series, place)


def _scores(panel: Panel) -> list[str]:
    return [DASH if point.score is None else numbers.score(point.score) for point in panel.trend.points]


def _dress(series: Any, place: int) -> None:
    """Lines differ in colour and in the shape of their marks."""
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.util import Pt

    shapes = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.DIAMOND, XL_MARKER_STYLE.TRIANGLE)
    series.smooth, series.marker.style, series.marker.size = False, shapes[place], 8
    series.format.line.width = Pt(1.5 if place else 2.25)
    for fill in (series.format.line.fill, series.marker.format.fill, series.marker.format.line.fill):
        paint(fill, LINES[place])
