"""A what-if compared with the actual result: what changes in score, level and blockers."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.charts.legend import LegendRow, legend
from assessments.charts.radar import has_radar, scenario_svg
from assessments.scoring.bank import Bank
from assessments.scoring.figures import PillarResult, Result
from assessments.scoring.view import view_of
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.findings import finding
from assessments.wording.pillars import pillar_titles
from assessments.wording.remarks import numbered


@dataclass(frozen=True)
class Shift:
    """A figure before and after; a phrase if there is no number."""

    name: str
    score: tuple[str, str]
    level: tuple[str, str]
    changed: bool
    title: str | None  # of the pillar afterwards, with its first blocker


@dataclass(frozen=True)
class AssumedAnswer:
    """A question and its assumed level."""

    pillar: str
    question: str
    level: str


@dataclass(frozen=True)
class WhatIf:
    """The two results side by side."""

    title: str
    before: str
    rows: tuple[Shift, ...]
    total: Shift
    moved: tuple[AssumedAnswer, ...]
    svg: SafeString | None  # the radar now and then; None for one or two pillars
    legend: tuple[LegendRow, ...]


def what_if_page(bank: Bank, now: Result, then: Result, levels: Mapping[str, int], organisation: str) -> WhatIf:
    """What would change, pillar by pillar in bank order."""
    here, there = view_of(bank, now, organisation), view_of(bank, then, organisation)
    titles, svg = pillar_titles(there), scenario_svg(here, there) if has_radar(here) else None
    later = {row.key: row for row in then.pillars}
    return WhatIf(
        title=_title(bank, now, then, organisation),
        before=finding(here),
        rows=tuple(_shift(bank, row, later[row.key], titles[row.key]) for row in now.pillars),
        total=Shift(
            name=organisation,
            score=(_score(now.overall.index), _score(then.overall.index)),
            level=(_level(bank, now.overall.level), _level(bank, then.overall.level)),
            changed=(now.overall.index, now.overall.level) != (then.overall.index, then.overall.level),
            title=None,
        ),
        moved=tuple(
            AssumedAnswer(pillar.name, question.text, numbered(bank, question, level))
            for pillar in bank.pillars
            for question in pillar.questions
            if (level := levels.get(question.key)) is not None
        ),
        svg=svg,
        legend=legend("scenario", svg or ""),
    )


def _title(bank: Bank, now: Result, then: Result, organisation: str) -> str:
    params = {
        "organisation": organisation,
        "before": _level(bank, now.overall.level),
        "after": _level(bank, then.overall.level),
        "score": _score(now.overall.index),
        "then": _score(then.overall.index),
    }
    if now.overall.level != then.overall.level and then.overall.level is not None:
        if now.overall.level is None:
            return _("%(organisation)s would have a level: %(after)s") % params
        return _("%(organisation)s would go from level %(before)s to level %(after)s") % params
    if params["score"] != params["then"]:
        return _("The index would go from %(score)s to %(then)s; the level would stay") % params
    if any(_changed(one, other) for one, other in zip(now.pillars, then.pillars, strict=True)):
        return _("Pillars would change; index and level would stay")
    return _("Nothing would change")


def _shift(bank: Bank, now: PillarResult, then: PillarResult, title: str) -> Shift:
    changed = _changed(now, then)
    return Shift(
        name=next(pillar.name for pillar in bank.pillars if pillar.key == now.key),
        score=(_score(now.score), _score(then.score)),
        level=(_level(bank, now.level), _level(bank, then.level)),
        changed=changed,
        title=title if changed else None,
    )


def _changed(now: PillarResult, then: PillarResult) -> bool:
    return (now.score, now.level, now.blocking) != (then.score, then.level, then.blocking)


def _score(value: float | None) -> str:
    return _("none") if value is None else numbers.score(value)


def _level(bank: Bank, value: int | None) -> str:
    return _("none") if value is None else bank.level_text(value)
