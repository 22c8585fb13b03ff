"""The moves in time: 90 days, 6 months, 12 months."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.charts import numbers
from assessments.charts.sections.moves import Move, move
from assessments.reports.fit import moves_that_fit
from assessments.reports.report import Report
from assessments.scoring.figures import Priority

HORIZONS = ("90d", "6m", "12m")
MOST = 5


@dataclass(frozen=True)
class Stretch:
    """The first moves of one horizon, what all of its moves cost, and how many more there are."""

    name: str
    moves: tuple[Move, ...]
    effort: str | None
    more: str | None


@dataclass(frozen=True)
class Roadmap:
    """Three stretches; those without a move are left out."""

    title: str
    stretches: tuple[Stretch, ...]


def roadmap(report: Report) -> Roadmap:
    """The priorities that name a horizon, in their order, within each."""
    dated = [priority for priority in report.result.priorities if priority.horizon in HORIZONS]
    groups = [(horizon, [p for p in dated if p.horizon == horizon]) for horizon in HORIZONS]
    actions = [[_action(report, priority) for priority in found[:MOST]] for _horizon, found in groups if found]
    shown = moves_that_fit(actions, report.paper, MOST)
    stretches = tuple(_stretch(report, horizon, found, shown) for horizon, found in groups if found)
    return Roadmap(title=_title(len(groups[0][1]), len(dated)), stretches=stretches)


def _title(soon: int, everything: int) -> str:
    if everything == 0:
        return _("No move has a date")
    facts = {"soon": numbers.capitalised(numbers.in_words(soon)), "all": numbers.in_words(everything)}
    if soon == 0:
        return _("No move fits into the first 90 days")
    if soon == everything:
        return _("Every move fits into the first 90 days")
    return (
        ngettext(
            "%(soon)s of %(all)s moves fits into the first 90 days",
            "%(soon)s of %(all)s moves fit into the first 90 days",
            soon,
        )
        % facts
    )


def _action(report: Report, priority: Priority) -> str:
    return move(report.bank, report.result, priority, report.disclosure).action


def _stretch(report: Report, horizon: str, found: list[Priority], shown: int) -> Stretch:
    efforts = [priority.effort for priority in found if priority.effort is not None]
    hidden = len(found) - shown
    more = ngettext("%(count)s more move", "%(count)s more moves", max(hidden, 0))
    return Stretch(
        name=numbers.horizon(horizon),
        moves=tuple(move(report.bank, report.result, priority, report.disclosure) for priority in found[:shown]),
        effort=numbers.effort(fsum(efforts)) if efforts else None,
        more=numbers.capitalised(more % {"count": numbers.in_words(hidden)}) if hidden > 0 else None,
    )
