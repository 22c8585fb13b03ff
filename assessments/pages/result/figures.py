"""The tables of a result: every figure of every pillar, and the comparison with the benchmark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessments.charts.radar import is_numbered
from assessments.scoring.bank import Bank, Group, Pillar
from assessments.scoring.benchmark import PeerFigures, PercentileRank
from assessments.scoring.figures import GroupResult, PillarResult, Result
from assessments.scoring.tolerance import above, below
from assessments.scoring.view import Peers, ResultView
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.numbers import optional
from assessments.wording.remarks import claimed_levels, group_absence, level_shown, short_absence


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
    is_group: bool = False


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
    numbered = is_numbered(view)
    declared = {pillar.key for pillar in result.pillars if pillar.self_declared}
    return Figures(
        rows=tuple(_figure_rows(view, numbered=numbered)),
        total=_total(view.bank, result),
        has_supported=bool(view.supported),
        has_interval=result.overall.interval is not None or any(row.interval for row in result.pillars),
        note=_self_declared(bank, [pillar.name for pillar in bank.pillars if pillar.key in declared]),
    )


def _figure_rows(view: ResultView, *, numbered: bool) -> Iterator[FigureRow]:
    """The pillars, each run of them after the row of its group."""
    places = {pillar.key: place for place, pillar in enumerate(view.bank.pillars, start=1)}
    of_groups = {group.key: group for group in view.result.groups}
    for heading, pillars in view.bank.sections:
        if heading is not None:
            yield _group_row(heading, of_groups[heading.key], [view.rows[pillar.key] for pillar in pillars])
        for pillar in pillars:
            number = places[pillar.key] if numbered else None
            yield _row(view.bank, pillar, view.rows[pillar.key], number, view.supported.get(pillar.key))


def _group_row(group: Group, row: GroupResult, inside: Sequence[PillarResult]) -> FigureRow:
    questions = [question for pillar in inside for question in pillar.questions]
    return FigureRow(
        name=group.name,
        level=None,
        score=optional(numbers.score, row.score),
        interval=None,
        coverage=optional(numbers.coverage, row.coverage),
        dont_know=str(sum(question.dont_know for question in questions)),
        not_applicable=str(sum(question.not_applicable for question in questions)),
        absent=None if row.score is not None else group_absence(inside),
        is_group=True,
    )


def _row(bank: Bank, pillar: Pillar, row: PillarResult, number: int | None, supported: int | None) -> FigureRow:
    return FigureRow(
        name=pillar.name,
        level=level_shown(bank, row),
        score=optional(numbers.score, row.score),
        interval=optional(numbers.interval, row.interval),
        coverage=optional(numbers.coverage, row.coverage),
        dont_know=str(sum(question.dont_know for question in row.questions)),
        not_applicable=str(sum(question.not_applicable for question in row.questions)),
        number=number,
        supported=None if row.level is None else optional(bank.level_text, supported),
        self_declared=bool(row.self_declared),
        bounds=optional(numbers.span, row.bounds),
        target=optional(numbers.score, row.target),
        evidence=optional(numbers.percent, row.evidence_coverage),
        absent=short_absence(row) if row.score is None else None,
    )


def _total(bank: Bank, result: Result) -> FigureRow:
    overall = result.overall
    return FigureRow(
        name="",
        level=optional(bank.level_text, overall.level),
        score=optional(numbers.score, overall.index),
        interval=optional(numbers.interval, overall.interval),
        coverage=optional(numbers.coverage, overall.coverage),
        dont_know=str(sum(question.dont_know for pillar in result.pillars for question in pillar.questions)),
        not_applicable=str(sum(question.not_applicable for pillar in result.pillars for question in pillar.questions)),
    )


def _self_declared(bank: Bank, names: list[str]) -> str | None:
    """Name the pillars at a level that needs evidence and lacks it; None if there are none."""
    if not names:
        return None
    text = _("Self-declared, because evidence for %(levels)s is missing: %(pillars)s.")
    return text % {"levels": claimed_levels(bank), "pillars": numbers.joined(names)}


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
