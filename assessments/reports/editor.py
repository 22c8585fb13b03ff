"""What there is to comment on in a result, for whoever writes: each pillar with its finding, level and score."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.reports.commentary import Note, note_of
from assessments.results import AssessmentResult
from assessments.wording import numbers
from assessments.wording.findings import finding
from assessments.wording.pillars import pillar_titles


@dataclass(frozen=True)
class Part:
    """The whole assessment (`pillar` is blank) or one pillar; `note` is what is written about it so far."""

    pillar: str
    name: str
    finding: str
    level: int | None
    level_name: str | None
    score: str | None
    note: Note | None


def parts_of(shown: AssessmentResult) -> tuple[Part, ...]:
    """The whole assessment first, then the pillars in the order of the bank."""
    bank, result = shown.bank, shown.result
    figures, titles = shown.view.rows, pillar_titles(shown.view)
    whole = finding(shown.view)
    rows: list[Row] = [("", _("The whole assessment"), whole, result.overall.level, result.overall.index)]
    rows += [
        (pillar.key, pillar.name, titles[pillar.key], figures[pillar.key].level, figures[pillar.key].score)
        for pillar in bank.pillars
        if pillar.key in figures
    ]
    return tuple(_part(shown, row) for row in rows)


type Row = tuple[str, str, str, int | None, float | None]


def _part(shown: AssessmentResult, row: Row) -> Part:
    pillar, name, title, level, score = row
    return Part(
        pillar=pillar,
        name=name,
        finding=title,
        level=level,
        level_name=None if level is None else shown.bank.levels[level - 1].name,
        score=None if score is None else numbers.score(score),
        note=note_of(shown.commentary, pillar or None, name),
    )
