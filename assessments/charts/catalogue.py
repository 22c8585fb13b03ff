"""Every chart of a result by name: its title, its figure, the figure as SVG, and the same as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.charts import tables
from assessments.charts.axis_charts.agreement import agreement_figure
from assessments.charts.axis_charts.answers import Spread, answers_figure
from assessments.charts.axis_charts.dots import dots_figure
from assessments.charts.axis_charts.ladder import ladder_figure
from assessments.charts.axis_charts.slope import legs, slope_figure
from assessments.charts.axis_charts.svg import plane_svg
from assessments.charts.plain_figure import Part
from assessments.charts.radar import radar
from assessments.charts.radar_svg import radar_svg
from assessments.charts.standalone import standalone
from assessments.charts.table import Table
from assessments.scoring.view import ResultView
from assessments.wording.change import change_title
from assessments.wording.findings import finding
from assessments.wording.titles import agreement_title, gaps_title, profile_title

CLASSES = {"change": "slope", "answers": "spread", "profile": "bars"}  # of the drawing; the others as they are
ANSWERS = "answers-"  # followed by the key of a question


@dataclass(frozen=True)
class Chart:
    """One chart. The figure is drawn when asked for."""

    name: str
    title: str
    table: Table
    draw: Callable[[], Part]

    def svg(self) -> SafeString:
        """The figure as SVG for a page."""
        figure = self.draw()
        if figure.layout.polar:
            return radar_svg(figure)
        return plane_svg(figure, CLASSES.get(self.name.partition("-")[0], self.name))

    def file(self) -> str:
        """The figure as an SVG file that stands alone, on white, under its finding and its key."""
        return standalone(self.svg(), self.title, self.name, self.draw())


def chart(name: str, view: ResultView) -> Chart | None:
    """The chart of this name; None where the result has none, or this reader may not see it."""
    if name.startswith(ANSWERS):
        return _answers(view, name.removeprefix(ANSWERS))
    makers = {"profile": _profile, "pillars": _pillars, "agreement": _agreement, "change": _change, "ladder": _ladder}
    return makers[name](view) if name in makers else None


def _profile(view: ResultView) -> Chart:
    return Chart(
        "profile",
        profile_title(view),
        tables.pillars(view, ranked=False),
        lambda: radar(view),
    )


def _pillars(view: ResultView) -> Chart:
    return Chart(
        "pillars",
        gaps_title(view),
        tables.pillars(view, ranked=True),
        lambda: dots_figure(view),
    )


def _agreement(view: ResultView) -> Chart | None:
    table = tables.agreement(view)
    if not table.rows:
        return None
    title = agreement_title(view)
    return Chart("agreement", title, table, lambda: agreement_figure(view))


def _change(view: ResultView) -> Chart | None:
    earlier = view.earlier
    if earlier is None or not legs(view.bank, earlier.comparison):
        return None
    return Chart(
        "change",
        change_title(view.bank, earlier.comparison),
        tables.change(view.bank, earlier),
        lambda: slope_figure(view.bank, earlier.comparison, earlier.names),
    )


def _ladder(view: ResultView) -> Chart:
    return Chart(
        "ladder",
        finding(view),
        tables.ladder(view),
        lambda: ladder_figure(view),
    )


def _answers(view: ResultView, key: str) -> Chart | None:
    spread = spread_of(view, key)
    if spread is None:
        return None
    title = _("Answers to “%(question)s”") % {"question": spread.name}
    return Chart(f"{ANSWERS}{key}", title, tables.answers(spread), lambda: answers_figure(spread))


def spread_of(view: ResultView, key: str) -> Spread | None:
    """What may be drawn of a question; None where its distribution may not be shown."""
    counts = view.counts.get(key)
    row = view.questions.get(key)
    if counts is None or row is None or not sum(counts):
        return None
    question = view.bank.questions[key]
    return Spread(question.short or question.text, counts, row, view.functions.get(key, {}))
