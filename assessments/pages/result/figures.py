"""The table that is always visible: every figure of every pillar, and the organisation's below them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import ngettext

from assessments.charts.radar import MAX_NAMES
from assessments.scoring.bank import Pillar
from assessments.scoring.figures import PillarResult, Result
from assessments.scoring.view import ResultView
from assessments.wording import numbers
from assessments.wording.remarks import short_absence


@dataclass(frozen=True)
class FigureRow:
    """One row as text. A cell is None where it cannot apply; `absent` stands where a score would."""

    name: str
    number: int | None  # beside the name where the radar's labels are numbers
    level: str | None
    supported: str | None  # the level that evidence supports
    self_declared: bool
    score: str | None
    interval: str | None
    bounds: str | None
    target: str | None
    coverage: str | None
    dont_know: str
    not_applicable: str
    evidence: str | None
    absent: str | None


@dataclass(frozen=True)
class Figures:
    """The rows in bank order, and the organisation's."""

    rows: tuple[FigureRow, ...]
    total: FigureRow
    has_supported: bool
    has_interval: bool
    note: str | None  # which levels rest on words alone

    @property
    def across(self) -> int:
        """The columns over which a row without a score says why."""
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
        number=number,
        level=None if row.level is None else str(row.level),
        supported=None if row.level is None or supported is None else str(supported),
        self_declared=bool(row.self_declared),
        score=None if row.score is None else numbers.score(row.score),
        interval=None if row.interval is None else numbers.interval(row.interval),
        bounds=None if row.bounds is None else numbers.interval(row.bounds),
        target=None if row.target is None else numbers.score(row.target),
        coverage=None if row.coverage is None else numbers.coverage(row.coverage),
        dont_know=str(sum(question.dont_know for question in row.questions)),
        not_applicable=str(sum(question.not_applicable for question in row.questions)),
        evidence=None if row.evidence_coverage is None else numbers.percent(row.evidence_coverage),
        absent=short_absence(row) if row.score is None else None,
    )


def _self_declared(names: list[str]) -> str | None:
    """The pillars at level 4 or 5 whose evidence is missing."""
    if not names:
        return None
    text = ngettext(
        "Self-declared, because evidence for level 4 or 5 is missing: %(pillars)s.",
        "Self-declared, because evidence for levels 4 and 5 is missing: %(pillars)s.",
        len(names),
    )
    return text % {"pillars": numbers.joined(names)}


def _total(result: Result) -> FigureRow:
    overall = result.overall
    questions = [question for pillar in result.pillars for question in pillar.questions]
    return FigureRow(
        name="",
        number=None,
        level=None if overall.level is None else str(overall.level),
        supported=None,
        self_declared=False,
        score=None if overall.index is None else numbers.score(overall.index),
        interval=None if overall.interval is None else numbers.interval(overall.interval),
        bounds=None,
        target=None,
        coverage=None if overall.coverage is None else numbers.coverage(overall.coverage),
        dont_know=str(sum(question.dont_know for question in questions)),
        not_applicable=str(sum(question.not_applicable for question in questions)),
        evidence=None,
        absent=None,
    )
