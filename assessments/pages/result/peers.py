"""A result beside its peers: where the index stands among them, and their quartiles by pillar."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.scoring.benchmark import PeerFigures, PercentileRank
from assessments.scoring.figures import Result
from assessments.scoring.tolerance import above, below
from assessments.scoring.view import Peers, ResultView
from assessments.wording import numbers


@dataclass(frozen=True)
class PeerRow:
    """One line of the table; a figure that may not be told, or does not exist, is None."""

    name: str
    score: str | None
    quartiles: tuple[str, str, str] | None
    rank: str | None


@dataclass(frozen=True)
class PeerSection:
    """A finding, what was counted, and a row for the index and each pillar."""

    title: str
    note: str
    rows: tuple[PeerRow, ...]
    total: PeerRow
    has_ranks: bool


def peers(view: ResultView) -> PeerSection | None:
    """None without a cohort."""
    cohort = view.peers
    if cohort is None:
        return None
    rows = tuple(_rows(view, cohort))
    total = _row(_("Index"), view.result.overall.index, cohort.index)
    has_ranks = any(row.rank for row in (*rows, total))
    return PeerSection(
        title=peers_title(view.result, cohort),
        note=_note(cohort, has_ranks=has_ranks),
        rows=rows,
        total=total,
        has_ranks=has_ranks,
    )


def _note(cohort: Peers, *, has_ranks: bool) -> str:
    """What was counted, and what a rank is where one stands."""
    text = _("%(n)s organisations agreed to be included, each with its latest rated result, frozen in %(quarter)s.") % {
        "n": cohort.n,
        "quarter": numbers.quarter(cohort.quarter),
    }
    if not has_ranks:
        return text
    rank = (
        _(
            "The percentile rank is that of this result when the cohort was frozen, among the others; in brackets its 90%% "
            "interval."
        )
        % {}
    )
    return f"{text} {rank}"


def peers_title(result: Result, cohort: Peers) -> str:
    """Where the index lies: above, below or within the middle half of the peers."""
    own, facts = result.overall.index, {"n": cohort.n}
    if own is None or cohort.index is None:
        return _("Pillars compared with those of %(n)s organisations") % facts
    if above(own, cohort.index.upper_quartile):
        return _("The index is above the upper quartile of %(n)s organisations") % facts
    if below(own, cohort.index.lower_quartile):
        return _("The index is below the lower quartile of %(n)s organisations") % facts
    return _("The index is within the middle half of %(n)s organisations") % facts


def peers_sentence(result: Result, cohort: Peers) -> str:
    """The same with its figures, for paper."""
    text = _("%(title)s that agreed to be included, frozen in %(quarter)s.") % {
        "title": peers_title(result, cohort),
        "quarter": numbers.quarter(cohort.quarter),
    }
    if cohort.index is None:
        return text
    low, median, high = quartiles(cohort.index)
    figures = _("Their index: median %(median)s, quartiles %(low)s and %(high)s.") % {
        "median": median,
        "low": low,
        "high": high,
    }
    found = cohort.index.percentile
    if found is None:
        return f"{text} {figures}"
    told = {"rank": rank(found), "n": found.n}
    return f"{text} {figures} " + _("Percentile rank among the %(n)s others: %(rank)s.") % told


def _rows(view: ResultView, cohort: Peers) -> list[PeerRow]:
    names = {pillar.key: pillar.name for pillar in view.bank.pillars}
    return [_row(names[key], row.score, cohort.pillars.get(key)) for key, row in view.rows.items()]


def _row(name: str, score: float | None, found: PeerFigures | None) -> PeerRow:
    return PeerRow(
        name=name,
        score=None if score is None else numbers.score(score),
        quartiles=None if found is None else quartiles(found),
        rank=None if found is None or found.percentile is None or score is None else rank(found.percentile),
    )


def quartiles(found: PeerFigures) -> tuple[str, str, str]:
    """Lower quartile, median and upper quartile on 1-5."""
    return numbers.score(found.lower_quartile), numbers.score(found.median), numbers.score(found.upper_quartile)


def rank(found: PercentileRank) -> str:
    """`60 (42–76)`, on 0-100."""
    low, high = (numbers.decimal(end, 0) for end in found.interval)
    return f"{numbers.decimal(found.rank, 0)} ({low}–{high})"
