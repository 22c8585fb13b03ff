"""Native charts, which people can edit: dots with intervals on an axis, a radar, and bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator
from lxml import etree

from assessments.charts import palette
from assessments.reports.slides.base import Box
from assessments.reports.slides.writer import ACCENT, LINE, PAPER, PREVIOUS, TEXT, Page, paint
from assessments.reports.word_writer import clean

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
EMU = 12_700  # a point
SIDE = 12.0  # points beside the axis, so that marks at its ends are whole
LIGHTER = (("lumMod", "40000"), ("lumOff", "60000"))
TICK, BAND, DOT = 2.25, 14.0, 10  # points: the line of a target, the height of an interval, the width of a dot
TICKS = 5  # at most this many steps of an axis
LONGEST = 36  # letters of a label of a chart
MANY = 12  # rows or labels above which marks and type are smaller


@dataclass(frozen=True)
class Mark:
    """What one row shows on the axis, as printed; None for what it does not have."""

    score: float | None
    interval: tuple[float, float] | None = None
    target: float | None = None
    previous: float | None = None
    hollow: bool = False


@dataclass(frozen=True)
class Axis:
    """Ends and step of an axis, on the scale of what it shows."""

    low: float
    high: float
    step: float
    form: str = "General"


def axis_of(low: float, high: float) -> Axis:
    """The axis of a scale: a step of 1 on a short one, else a fifth or a tenth of it."""
    span = high - low
    step = 1.0 if span <= TICKS + 1 else span / 5
    return Axis(low, high, step, "0.##" if step % 1 else "0")


def dots_chart(
    page: Page, box: Box, marks: Sequence[Mark], axis: Axis, *, names: dict[str, str], alt: str, top: float
) -> None:
    """Rows of dots from the top; `top` is the height of the head, where the axis has its numbers.

    `names` are of the series, by their fields in `Mark`.
    """
    from pptx.enum.chart import XL_CHART_TYPE

    from assessments.reports.slides.workbooks import Points

    data, kinds = Points(), []
    for kind in ("interval", "ends", "target", "previous", "hollow", "score"):
        points = [(place + 0.5, mark) for place, mark in enumerate(marks) if _x(mark, kind) is not None]
        if points:
            series = data.add_series(clean(names[kind]))
            kinds.append((kind, [mark for _y, mark in points]))
            for y, mark in points:
                for x in _xs(mark, kind):
                    series.add_data_point(x, None if x is None else y)
    if not kinds:
        return
    chart = page.chart(XL_CHART_TYPE.XY_SCATTER, data, box, alt)
    chart.has_legend = False
    _axes(chart, axis, len(marks))
    _inside(chart, SIDE / box.width, top / box.height, 1 - 2 * SIDE / box.width, 1 - top / box.height)
    size = DOT if len(marks) <= MANY else DOT - 3
    for series, (kind, found) in zip(chart.plots[0].series, kinds, strict=True):
        _dress_dots(series, kind, found, size)


def _dress_dots(series: Any, kind: str, marks: Sequence[Mark], size: int) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.util import Pt

    series.marker.style = XL_MARKER_STYLE.NONE
    if kind == "ends":
        paint(series.format.line.fill, ACCENT)
        series.format.line.width = Pt(TICK)
    elif kind == "interval":
        _errors(series, "x", [_reach(mark) for mark in marks], BAND * size / DOT, lighter=True)
    elif kind == "target":
        _errors(series, "y", [(0.36, 0.36)] * len(marks), TICK)
    elif kind == "previous":
        _marker(series, XL_MARKER_STYLE.SQUARE, size - 2, PREVIOUS, kind)
    else:
        _marker(series, XL_MARKER_STYLE.CIRCLE, size, ACCENT, kind)


def _xs(mark: Mark, kind: str) -> Sequence[float | None]:
    """The points of a mark; the ends of an interval are a line and a gap, as LibreOffice draws no error bars there."""
    return (*mark.interval, None) if kind == "ends" and mark.interval else (_x(mark, kind),)


def _x(mark: Mark, kind: str) -> float | None:
    if kind in ("score", "hollow"):
        return mark.score if mark.hollow == (kind == "hollow") else None
    if kind in ("interval", "ends"):
        return None if mark.interval is None else mark.score
    return mark.target if kind == "target" else mark.previous


def _reach(mark: Mark) -> tuple[float, float]:
    """How far the interval reaches below and above, of figures as printed."""
    low, high = mark.interval or (0.0, 0.0)
    score = mark.score or 0.0
    return max(0.0, round(score - low, 2)), max(0.0, round(high - score, 2))


def _marker(series: Any, style: Any, size: int, colour: str, kind: str) -> None:
    from pptx.util import Pt

    series.marker.style, series.marker.size = style, size
    paint(series.marker.format.fill, colour)
    if kind == "hollow":  # not white: some programs draw no outline
        series.marker.format.fill.fore_color.brightness = 0.6
    paint(series.marker.format.line.fill, colour if kind == "hollow" else PAPER)
    series.marker.format.line.width = Pt(1.5)


def _errors(
    series: Any, way: str, reach: Sequence[tuple[float, float]], width: float, *, lighter: bool = False
) -> None:
    """Error bars, of which the library knows nothing; ECMA-376 part 1, 21.2.2.55."""
    bars = etree.Element(f"{C}errBars")
    for name, value in (("errDir", way), ("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "1")):
        etree.SubElement(bars, f"{C}{name}", val=value)
    for name, place in (("plus", 1), ("minus", 0)):
        literal = etree.SubElement(etree.SubElement(bars, f"{C}{name}"), f"{C}numLit")
        etree.SubElement(literal, f"{C}formatCode").text = "General"
        etree.SubElement(literal, f"{C}ptCount", val=str(len(reach)))
        for index, ends in enumerate(reach):
            point = etree.SubElement(literal, f"{C}pt", idx=str(index))
            etree.SubElement(point, f"{C}v").text = f"{ends[place]:g}"
    line = etree.SubElement(etree.SubElement(bars, f"{C}spPr"), f"{DRAWING}ln", w=str(int(width * EMU)), cap="flat")
    colour = etree.SubElement(
        etree.SubElement(line, f"{DRAWING}solidFill"), f"{DRAWING}schemeClr", val=ACCENT if lighter else TEXT
    )
    for name, value in LIGHTER if lighter else ():
        etree.SubElement(colour, f"{DRAWING}{name}", val=value)
    series._element.find(f"{C}xVal").addprevious(bars)


def _axes(chart: Any, axis: Axis, rows: int) -> None:
    """The scale along the top, rows downwards without an axis of their own."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK

    across, down = chart.category_axis, chart.value_axis
    across.minimum_scale, across.maximum_scale, across.major_unit = axis.low, axis.high, axis.step
    across.has_major_gridlines, across.major_tick_mark = True, XL_TICK_MARK.NONE
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    across.tick_labels.number_format, across.tick_labels.number_format_is_linked = axis.form, False
    down.minimum_scale, down.maximum_scale, down.reverse_order = 0, rows, True
    down.has_major_gridlines, down.visible = False, False
    paint(across.major_gridlines.format.line.fill, LINE)
    across.format.line.fill.background()
    _typed(chart, 11)


def _typed(chart: Any, size: float) -> None:
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.util import Pt

    chart.font.size, chart.font.color.theme_color = Pt(size), MSO_THEME_COLOR.TEXT_1


def _inside(chart: Any, x: float, y: float, width: float, height: float) -> None:
    """Fix the plot area within the chart, in shares of it, so that rows stand beside those of a table."""
    area = chart._chartSpace.find(f".//{C}plotArea")
    for old in area.findall(f"{C}layout"):
        area.remove(old)
    layout = etree.Element(f"{C}layout")
    manual = etree.SubElement(layout, f"{C}manualLayout")
    places = (
        ("layoutTarget", "inner"),
        ("xMode", "edge"),
        ("yMode", "edge"),
        ("x", x),
        ("y", y),
        ("w", width),
        ("h", height),
    )
    for name, value in places:
        etree.SubElement(manual, f"{C}{name}", val=value if isinstance(value, str) else f"{value:.5f}")
    area.insert(0, layout)


def radar_chart(
    page: Page,
    box: Box,
    labels: Sequence[str],
    series: Sequence[tuple[str, str, Sequence[float | None]]],
    *,
    axis: Axis,
    alt: str,
) -> None:
    """A radar; each series is a kind (`score`, `target`, `previous`), a name and a value per axis. A level 1 is a ring,
    not the centre, so that it differs from nothing."""
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_MARK

    from assessments.reports.slides.workbooks import Categories

    data = Categories()
    data.categories = [clean(Truncator(label).chars(LONGEST)) for label in labels]
    for _kind, name, values in series:
        data.add_series(clean(name), values)
    chart = page.chart(XL_CHART_TYPE.RADAR_MARKERS, data, box, alt)
    chart.has_title, scale = False, chart.value_axis
    scale.minimum_scale, scale.maximum_scale, scale.major_unit = axis.low - axis.step, axis.high, axis.step
    scale.major_tick_mark = XL_TICK_MARK.NONE
    scale.tick_labels.number_format, scale.tick_labels.number_format_is_linked = f'[<{axis.low:g}]"";{axis.form}', False
    scale.has_major_gridlines = True
    paint(scale.major_gridlines.format.line.fill, LINE)
    scale.format.line.fill.background()
    _typed(chart, 12 if len(labels) <= MANY else 10)
    chart.has_legend = len(series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    for drawn, (kind, _name, _values) in zip(chart.plots[0].series, series, strict=True):
        _outline(drawn, kind)


def _outline(series: Any, kind: str) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    style = {"score": XL_MARKER_STYLE.CIRCLE, "target": XL_MARKER_STYLE.DASH, "previous": XL_MARKER_STYLE.SQUARE}[kind]
    colour = {"score": ACCENT, "target": TEXT, "previous": PREVIOUS}[kind]
    series.marker.style, series.marker.size = style, 10 if kind == "target" else 8
    paint(series.marker.format.fill, colour)
    paint(series.marker.format.line.fill, colour)
    if kind == "target":
        series.format.line.fill.background()
        return
    paint(series.format.line.fill, colour)
    series.format.line.width = Pt(2.25 if kind == "score" else 1.5)
    if kind == "previous":
        series.format.line.dash_style = MSO_LINE.DASH


def bars_chart(
    page: Page, box: Box, labels: Sequence[str], series: Sequence[tuple[str, Sequence[float | None], str]], *,
    axis: Axis, alt: str, stacked: bool, form: str,
) -> None:  # fmt: skip
    """Bars from the start, first label on top; each series has a name, a value per label, and a colour."""
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK

    from assessments.reports.slides.workbooks import Categories

    data = Categories(number_format=form)
    data.categories = [clean(Truncator(label).chars(LONGEST)) for label in labels]
    for name, values, _colour in series:
        data.add_series(clean(name), values)
    kind = XL_CHART_TYPE.BAR_STACKED if stacked else XL_CHART_TYPE.BAR_CLUSTERED
    chart = page.chart(kind, data, box, alt)
    chart.has_title = False  # one series would give it its name
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = axis.low, axis.high
    chart.value_axis.has_major_gridlines, chart.value_axis.visible = False, False
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    paint(chart.category_axis.format.line.fill, LINE)
    _typed(chart, 12 if len(labels) <= 10 else 9)
    chart.has_legend = stacked
    if stacked:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 100 if stacked else 0
    for drawn, (_name, _values, colour) in zip(plot.series, series, strict=True):
        _bar(drawn, colour, form, stacked=stacked)


def _bar(series: Any, colour: str, form: str, *, stacked: bool) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION

    paint(series.format.fill, colour)
    series.format.line.fill.background()
    if stacked:
        paint(series.format.line.fill, PAPER)
    labels = series.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, form, False
    labels.position = XL_LABEL_POSITION.CENTER if stacked else XL_LABEL_POSITION.OUTSIDE_END
    if stacked:
        paint(labels.font.fill, palette.ON_FILL.get(colour, palette.TEXT))
