"""A result as a page: dataclasses that a template only shows. What may not be shown is already left out."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.charts import numbers
from assessments.charts.axes import MOST_NAMES
from assessments.charts.disclosure import Disclosure
from assessments.charts.explain.pillar import Explanation, explanations
from assessments.charts.figures import FEWEST_AXES, radar
from assessments.charts.ladder import Step, held_back, ladder
from assessments.charts.plotly_style import style_ids
from assessments.charts.sections.agreement import Agreement, agreement
from assessments.charts.sections.blockers import Blockers, blockers
from assessments.charts.sections.dots import Dots, dots
from assessments.charts.sections.figures import Figures, figures
from assessments.charts.sections.moves import Moves, moves
from assessments.charts.strips import Marks, strip_svg
from assessments.charts.svg import radar_svg
from assessments.charts.words.finding import finding, lead, level_reason
from assessments.charts.words.sections import profile_title
from assessments.scoring.bank import Bank
from assessments.scoring.figures import Overall, Result


@dataclass(frozen=True)
class Verdict:
    """Level and index side by side; each is None where it does not exist, and its reason then says why."""

    level: int | None
    level_name: str | None
    self_declared: bool
    held_back: str | None
    level_reason: str | None
    index: str | None
    index_strip: SafeString | None
    interval: str | None
    weights: str | None
    index_reason: str | None


@dataclass(frozen=True)
class Profile:
    """The radar: its drawing, and the same figure as JSON for Plotly."""

    title: str
    svg: SafeString
    figure: dict[str, object]
    style_ids: tuple[str, ...]  # of the style elements that Plotly wants to find, see `plotly_style`
    has_interval: bool
    has_target: bool
    has_open: bool
    has_previous: bool
    has_provisional: bool
    numbered: bool  # labels are numbers; the table carries the names


@dataclass(frozen=True)
class ResultPage:
    """Everything on a result page, in reading order."""

    organisation: str
    answered: str
    finding: str
    lead: str | None
    verdict: Verdict
    ladder: tuple[Step, ...]
    dots: Dots
    profile: Profile | None  # None under three pillars
    figures: Figures
    explained: tuple[Explanation, ...]
    blockers: Blockers
    moves: Moves
    agreement: Agreement
    bank_version: str
    method_version: str


def result_page(
    bank: Bank,
    result: Result,
    *,
    organisation: str,
    disclosure: Disclosure,
    previous: Result | None = None,
) -> ResultPage:
    """The page of a result, as far as `disclosure` goes; `previous` is an earlier round on the same pillars."""
    return ResultPage(
        organisation=organisation,
        answered=numbers.answered_of(result.answered, result.invited),
        finding=finding(bank, result, organisation),
        lead=lead(bank, result, organisation, disclosure),
        verdict=verdict(bank, result),
        ladder=ladder(bank, result, organisation),
        dots=dots(bank, result, previous),
        profile=profile(bank, result, previous),
        figures=figures(bank, result),
        explained=explanations(bank, result, disclosure),
        blockers=blockers(bank, result, organisation, disclosure),
        moves=moves(bank, result, disclosure),
        agreement=agreement(bank, result),
        bank_version=result.bank_version,
        method_version=result.engine,
    )


def verdict(bank: Bank, result: Result) -> Verdict:
    """Level and index with their uncertainty."""
    overall = result.overall
    return Verdict(
        level=overall.level,
        level_name=None if overall.level is None else bank.levels[overall.level - 1].name,
        self_declared=_is_self_declared(result),
        held_back=held_back(bank, result),
        level_reason=level_reason(bank, result) if overall.level is None else None,
        index=None if overall.index is None else numbers.score(overall.index),
        index_strip=_index_strip(overall),
        interval=None if overall.interval is None else numbers.interval(overall.interval),
        weights=None if overall.weight_range is None else numbers.interval(overall.weight_range),
        index_reason=_("No index: too few pillars have a score") if overall.index is None else None,
    )


def _is_self_declared(result: Result) -> bool:
    level = result.overall.level
    return level is not None and level >= 4 and any(pillar.self_declared for pillar in result.pillars)


def _index_strip(overall: Overall) -> SafeString | None:
    if overall.index is None:
        return None
    title = _("Index %(index)s") % {"index": numbers.score(overall.index)}
    return strip_svg(Marks(score=overall.index, interval=overall.interval), title, hidden=True)


def profile(bank: Bank, result: Result, previous: Result | None = None) -> Profile | None:
    """The radar of three pillars and more; fewer are told by the ranked dots alone."""
    if len(bank.pillars) < FEWEST_AXES:
        return None
    figure = radar(bank, result, previous)
    roles = {trace.meta["role"] for trace in figure.data}
    return Profile(
        title=profile_title(bank, result),
        svg=radar_svg(figure),
        figure=json.loads(figure.to_json()),
        style_ids=style_ids(),
        has_interval="interval" in roles,
        has_target="target" in roles,
        has_open="unscored" in roles,
        has_previous="previous" in roles,
        has_provisional=any(pillar.status == "provisional" for pillar in result.pillars),
        numbered=len(bank.pillars) > MOST_NAMES,
    )
