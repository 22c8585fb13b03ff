"""The trend of an organisation's assessments as a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.charts.legend import LegendRow, legend
from assessments.charts.tables import ChartTable, trend
from assessments.charts.trend import Panel, panel_svg, panels, trend_svg
from assessments.scoring.view import ResultView, Trended
from assessments.sentences import gettext as _
from assessments.wording import numbers, trend as words
from assessments.wording.numbers import optional, score


@dataclass(frozen=True)
class TrendPanel:
    """One small chart, and its line in figures."""

    key: str
    name: str
    sentence: str
    svg: SafeString
    first: str | None
    last: str | None
    slope: str | None
    interval: str | None
    verdict: str


@dataclass(frozen=True)
class TrendPage:
    """Everything on the page, in reading order."""

    title: str
    panels: tuple[TrendPanel, ...]
    legend: tuple[LegendRow, ...]
    rounds: tuple[Trended, ...]
    differences: tuple[str, ...]
    notes: tuple[str, ...]
    table: ChartTable


def trend_page(view: ResultView) -> TrendPage | None:
    """None without a trend."""
    history = view.trend
    if history is None:
        return None
    return TrendPage(
        title=words.trend_title(view.bank, history),
        panels=tuple(_panel(view, panel) for panel in panels(view)),
        legend=legend("trend", trend_svg(view)),
        rounds=history.rounds,
        differences=tuple(differences(history.rounds)),
        notes=tuple(words.notes(view.bank, history)),
        table=trend(view),
    )


def differences(rounds: Sequence[Trended]) -> Iterator[str]:
    """In which assessments something differs from the one before: `Other people: Autumn 2026, Spring 2027`."""
    kinds = [
        (_("Other people"), [one.name for one in rounds if one.new_people]),
        (_("Other version of the question bank"), [f"{one.name} ({one.version})" for one in rounds if one.new_version]),
    ]
    for kind, names in kinds:
        if names:
            yield _("%(kind)s: %(names)s") % {"kind": kind, "names": numbers.listed(names)}


def _panel(view: ResultView, panel: Panel) -> TrendPanel:
    trend = panel.trend
    return TrendPanel(
        key=trend.key or "index",
        name=panel.name,
        sentence=panel.sentence,
        svg=panel_svg(view, panel),
        first=optional(score, trend.points[0].score),
        last=optional(score, trend.points[-1].score),
        slope=words.slope(trend),
        interval=words.interval(trend),
        verdict=words.verdict(trend),
    )
