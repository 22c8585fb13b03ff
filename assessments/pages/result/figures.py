"""The tables of a result: every figure of every pillar, and the comparison with the benchmark."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.charts.radar import MAX_NAMES
from assessments.scoring.bank import Pillar
from assessments.scoring.benchmark import PeerFigures, PercentileRank
from assessments.scoring.figures import PillarResult, Result
from assessments.scoring.tolerance import above, below
from assessments.scoring.view import Peers, ResultView
from assessments.sentences import gettext as _
from assessments.sentences import ngettext
from assessments.wording import numbers
from assessments.wording.numbers import optional
from assessments.wording.remarks import short_absence


@dataclass(frozen=True)
class FigureRow:
    """One row as text. A cell that does not apply is None; `absent` replaces a missing score."""

    name: str
    level: str | None
    score: str | None
    interval: str | None
    coverage: str | None
    dont_know: str
    not_applicable: str
    number: int | None = None  # next to the name if the radar's labels are numbers
    supported: str | None = None  # the level that evidence supports
    self_declared: bool = False
    bounds: str | None = None
    target: str | None = None
    evidence: str | None = None
    absent: str | None = None


@dataclass(frozen=True)
class Figures:
    """The rows in bank order, and the organisation's row."""

    rows: tuple[FigureRow, ...]
    total: FigureRow
    has_supported: bool
    has_interval: bool
    note: str | None  # which levels are not backed by evidence

    @property
    def across(self) -> int:
        """How many columns the reason for a missing score spans."""
        return 5 + self.has_supported + self.has_interval


def figures(view: ResultView) -> Figures:
    """The table of a result."""
    bank, result = view.bank, view.result
    numbered = len(bank.pillars) > MAX_NAMES
    declared = {pillar.key for pillar in result.pillars if pillar.self_declared}
    return Figures(
        rows=tuple(
            _row(pillar, view.rows[pillar.key], number if numbered else None, view.supported.get(pillar.key))
            for number, pillar in enumerate(bank.pillars, start=1)
            if pillar.key in view.rows
        ),
        total=_total(result),
        has_supported=bool(view.supported),
        has_interval=result.overall.interval is not None or any(row.interval for row in result.pillars),
        note=_self_declared([pillar.name for pillar in bank.pillars if pillar.key in declared]),
    )


def _row(pillar: Pillar, row: PillarResult, number: int | None, supported: int | None) -> FigureRow:
    return FigureRow(
        name=pillar.name,
        level=optional(str, row.level),
        score=optional(numbers.score, row.score),
        interval=optional(numbers.interval, row.interval),
        coverage=optional(numbers.coverage, row.coverage),
        dont_know=str(sum(question.dont_know for question in row.questions)),
        not_applicable=str(sum(question.not_applicable for question in row.questions)),
        number=number,
        supported=None if row.level is None else optional(str, supported),
        self_declared=bool(row.self_declared),
        bounds=optional(numbers.span, row.bounds),
        target=optional(numbers.score, row.target),
        evidence=optional(numbers.percent, row.evidence_coverage),
        absent=short_absence(row) if row.score is None else None,
    )


def _total(result: Result) -> FigureRow:
    overall = result.overall
    return FigureRow(
        name="",
        level=optional(str, overall.level),
        score=optional(numbers.score, overall.index),
        interval=optional(numbers.interval, overall.interval),
        coverage=optional(numbers.coverage, overall.coverage),
        dont_know=str(sum(question.dont_know for pillar in result.pillars for question in pillar.questions)),
        not_applicable=str(sum(question.not_applicable for pillar in result.pillars for question in pillar.questions)),
    )


def _self_declared(names: list[str]) -> str | None:
    """Name the pillars at level 4 or 5 without sufficient evidence; None if there are none."""
    if not names:
        return None
    text = ngettext(
        "Self-declared, because evidence for level 4 or 5 is missing: %(pillars)s.",
        "Self-declared, because evidence for levels 4 and 5 is missing: %(pillars)s.",
        len(names),
    )
    return text % {"pillars": numbers.joined(names)}


@dataclass(frozen=True)
class PeerRow:
    """One row of the table; a figure that is hidden or does not exist is None."""

    name: str
    score: str | None
    quartiles: tuple[str, str, str] | None
    rank: str | None


@dataclass(frozen=True)
class PeerSection:
    """A finding, the composition of the cohort, and a row for the index and each pillar."""

    title: str
    note: str
    rows: tuple[PeerRow, ...]
    total: PeerRow
    has_ranks: bool


def peers(view: ResultView) -> PeerSection | None:
    """The comparison with the cohort; None without one."""
    cohort = view.peers
    if cohort is None:
        return None
    rows = tuple(_rows(view, cohort))
    total = _peer_row(_("Index"), view.result.overall.index, cohort.index)
    has_ranks = any(row.rank for row in (*rows, total))
    return PeerSection(
        title=peers_title(view.result, cohort),
        note=_note(cohort, has_ranks=has_ranks),
        rows=rows,
        total=total,
        has_ranks=has_ranks,
    )


def _note(cohort: Peers, *, has_ranks: bool) -> str:
    """The composition of the cohort, and the definition of the rank if there is one."""
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
    """Whether the index is above, below or within the middle half of the cohort."""
    own, params = result.overall.index, {"n": cohort.n}
    if own is None or cohort.index is None:
        return _("Pillars compared with those of %(n)s organisations") % params
    if above(own, cohort.index.upper_quartile):
        return _("The index is above the upper quartile of %(n)s organisations") % params
    if below(own, cohort.index.lower_quartile):
        return _("The index is below the lower quartile of %(n)s organisations") % params
    return _("The index is within the middle half of %(n)s organisations") % params


def peers_sentence(result: Result, cohort: Peers) -> str:
    """The same with figures, for print."""
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
    percentile = cohort.index.percentile
    if percentile is None:
        return f"{text} {figures}"
    params = {"rank": rank(percentile), "n": percentile.n}
    return f"{text} {figures} " + _("Percentile rank among the %(n)s others: %(rank)s.") % params


def _rows(view: ResultView, cohort: Peers) -> list[PeerRow]:
    names = {pillar.key: pillar.name for pillar in view.bank.pillars}
    return [_peer_row(names[key], row.score, cohort.pillars.get(key)) for key, row in view.rows.items()]


def _peer_row(name: str, score: float | None, peer: PeerFigures | None) -> PeerRow:
    return PeerRow(
        name=name,
        score=optional(numbers.score, score),
        quartiles=None if peer is None else quartiles(peer),
        rank=None if peer is None or peer.percentile is None or score is None else rank(peer.percentile),
    )


def quartiles(peer: PeerFigures) -> tuple[str, str, str]:
    """Lower quartile, median and upper quartile on 1-5."""
    return numbers.score(peer.lower_quartile), numbers.score(peer.median), numbers.score(peer.upper_quartile)


def rank(peer: PercentileRank) -> str:
    """`60 (42–76)`, on 0-100."""
    low, high = (numbers.decimal(end, 0) for end in peer.interval)
    return f"{numbers.decimal(peer.rank, 0)} ({low}–{high})"
