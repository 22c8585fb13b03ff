"""Every chart of a result by name: its title, its drawing, the drawing as a file, and its table."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.charts import palette, tables
from assessments.charts.agreement import agreement_svg
from assessments.charts.answers import spread_of, spread_svg
from assessments.charts.dots import dots_svg
from assessments.charts.ladder import ladder_svg
from assessments.charts.legend import legend_group
from assessments.charts.radar import profile_svg
from assessments.charts.slope import legs, slope_svg
from assessments.charts.svg import element, join, text, wrapped
from assessments.charts.tables import ChartTable
from assessments.charts.trend import trend_svg
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _
from assessments.wording.change import change_title
from assessments.wording.findings import finding
from assessments.wording.titles import agreement_title, gaps_title, profile_title
from assessments.wording.trend import trend_title

ANSWERS = "answers-"  # followed by a question key
BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
COLOUR = re.compile(r"(?<==\")#[0-9A-F]{6}(?=\")")  # of an attribute, never of a text
MARGIN = 8
SIZE, LINE = 16, 20  # font size of the finding, and line height


@dataclass(frozen=True)
class Chart:
    """One chart, drawn only on demand."""

    name: str
    title: str
    table: ChartTable
    svg: Callable[[], SafeString]

    def slide(self, *, dark: bool) -> str:
        """The standalone file without a background, for a light or dark slide."""
        drawn = self.file(ground="none")
        return COLOUR.sub(lambda found: palette.DARK.get(found[0], found[0]), drawn) if dark else drawn

    def file(self, ground: str = palette.PAPER) -> str:
        """The drawing as a standalone file: background, finding and legend on top, namespace and size."""
        svg = str(self.svg())
        box = BOX.search(svg)
        width, height = map(float, box.groups()) if box else (0.0, 0.0)
        across = width - 2 * MARGIN
        legend, legend_height = legend_group(self.name, svg, across)
        lines = wrapped(self.title, across, SIZE)
        over = 2 * MARGIN + LINE * len(lines) + (MARGIN + legend_height if legend_height else 0)
        heading = (
            text(words, MARGIN, MARGIN - over + SIZE + LINE * row, size=SIZE, font_weight=600)
            for row, words in enumerate(lines)
        )
        back = element("rect", y=-over, width=width, height=height + over, fill=ground)
        shift = f"translate({MARGIN} {2 * MARGIN + LINE * len(lines) - over:g})"
        head = join([back, *heading, element("g", legend, transform=shift)])
        size = f'width="{width:g}" height="{height + over:g}" viewBox="0 {-over:g} {width:g} {height + over:g}"'
        svg = BOX.sub(f'xmlns="http://www.w3.org/2000/svg" {size}', svg, count=1)
        return svg.replace("</title>", f"</title>{head}", 1)


def chart(name: str, view: ResultView) -> Chart | None:
    """The chart of this name; None if the result has no such chart, or this reader may not see it."""
    if name.startswith(ANSWERS):
        return _answers(view, name)
    maker = MAKERS.get(name)
    return None if maker is None else maker(view)


def _profile(view: ResultView) -> Chart:
    return Chart("profile", profile_title(view), tables.pillars(view, ranked=False), lambda: profile_svg(view))


def _pillars(view: ResultView) -> Chart:
    return Chart("pillars", gaps_title(view), tables.pillars(view, ranked=True), lambda: dots_svg(view))


def _agreement(view: ResultView) -> Chart | None:
    table = tables.agreement(view)
    if not table.rows:
        return None
    return Chart("agreement", agreement_title(view), table, lambda: agreement_svg(view))


def _change(view: ResultView) -> Chart | None:
    earlier = view.earlier
    if earlier is None or not legs(view.bank, earlier.comparison):
        return None
    title, table = change_title(view.bank, earlier.comparison), tables.change(view.bank, earlier)
    return Chart("change", title, table, lambda: slope_svg(view.bank, earlier.comparison, earlier.names))


def _trend(view: ResultView) -> Chart | None:
    if view.trend is None:
        return None
    return Chart("trend", trend_title(view.bank, view.trend), tables.trend(view), lambda: trend_svg(view))


def _ladder(view: ResultView) -> Chart:
    return Chart("ladder", finding(view), tables.ladder(view), lambda: ladder_svg(view))


def _answers(view: ResultView, name: str) -> Chart | None:
    spread = spread_of(view, name.removeprefix(ANSWERS))
    if spread is None:
        return None
    title = _("Answers to “%(question)s”") % {"question": spread.name}
    return Chart(name, title, tables.answers(spread), lambda: spread_svg(spread))


MAKERS: Mapping[str, Callable[[ResultView], Chart | None]] = {
    "profile": _profile,
    "pillars": _pillars,
    "agreement": _agreement,
    "change": _change,
    "trend": _trend,
    "ladder": _ladder,
}
