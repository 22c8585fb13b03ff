"""One-line points of the summary: highest scores, widest gaps, and decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from assessments.pages.result.next_steps import Move
from assessments.reports.report import Report
from assessments.scoring.bank import Bank
from assessments.scoring.figures import PillarResult, Result
from assessments.sentences import gettext as _, isolated, ngettext
from assessments.wording import numbers
from assessments.wording.remarks import MAX_UNTARGETED, is_clear_gap, quoted, remark, shown_gap


@dataclass(frozen=True)
class Point:
    """One line of a column: subject in bold, and text."""

    head: str
    text: str


def strengths(report: Report, limit: int) -> tuple[Point, ...]:
    """The highest scores, each with its level and, where it may be shown, its strongest question."""
    return tuple(
        Point(f"{isolated(_name(report.bank, pillar))} {numbers.score(pillar.score or 0)}.", _strongest(report, pillar))
        for pillar in _highest(report.result, limit)
    )


def _highest(result: Result, limit: int) -> list[PillarResult]:
    """At most the upper half of the scores; none if all read the same."""
    ranked = sorted(_scored(result), key=lambda pillar: -(pillar.score or 0))
    if len({numbers.score(pillar.score or 0) for pillar in ranked}) < 2:
        return []
    return ranked[: min(limit, len(ranked) // 2)]


def _strongest(report: Report, pillar: PillarResult) -> str:
    rows = [
        (row.mean, row.key)
        for row in pillar.questions
        if row.mean is not None and row.state == "answered" and row.key in report.means
    ]
    level = _level(report.bank, pillar)
    if not rows:
        return level
    best = max(rows, key=lambda row: row[0])[1]
    return _("%(level)s, highest in %(question)s") % {"level": level, "question": quoted(report.bank.questions[best])}


def gaps(bank: Bank, result: Result, limit: int) -> tuple[str, tuple[Point, ...]]:
    """The heading, and the widest gaps beyond error or, without any, the lowest scores."""
    clear = sorted((p for p in result.pillars if is_clear_gap(p)), key=lambda pillar: -(pillar.gap or 0))
    if clear:
        return _gaps_heading(len(clear[:limit])), tuple(_gap(bank, pillar) for pillar in clear[:limit])
    count = len(_highest(result, limit))  # so that no pillar is in both lists
    lowest = sorted(_scored(result), key=lambda pillar: pillar.score or 0)[:count]
    points = (
        Point(f"{isolated(_name(bank, pillar))} {numbers.score(pillar.score or 0)}.", _first(bank, pillar))
        for pillar in lowest
    )
    return _("Lowest scores"), tuple(points)


def _gaps_heading(count: int) -> str:
    text = ngettext("%(count)s gap", "%(count)s gaps", count)
    return numbers.capitalised(text % {"count": numbers.in_words(count)})


def _gap(bank: Bank, pillar: PillarResult) -> Point:
    head = _("%(pillar)s, %(gap)s below target.")
    return Point(head % {"pillar": _name(bank, pillar), "gap": numbers.score(shown_gap(pillar))}, _first(bank, pillar))


def _first(bank: Bank, pillar: PillarResult) -> str:
    if not pillar.blocking:
        return _level(bank, pillar)
    return _("First: %(question)s") % {"question": quoted(bank.questions[pillar.blocking[0].question])}


def _level(bank: Bank, pillar: PillarResult) -> str:
    """`Level 3`, or why there is none."""
    if pillar.level is None:
        return remark(bank, pillar, few_people=True) or _("No level")
    return numbers.capitalised(numbers.level(bank, pillar.level))


def decisions(bank: Bank, result: Result, first: Sequence[Move]) -> list[str]:
    """Decisions for the readers of the report, derived from moves and targets."""
    if not first:
        return []
    decisions = [_owners(first)]
    efforts = [priority.effort for priority in result.priorities[: len(first)]]
    known = [effort for effort in efforts if effort is not None]
    if known and len(known) == len(efforts):
        text = ngettext(
            "Fund %(effort)s for the first move.", "Fund %(effort)s for the first %(count)s moves.", len(first)
        )
        decisions.append(text % {"effort": numbers.effort(fsum(known)), "count": numbers.in_words(len(first))})
    untargeted = [
        _name(bank, pillar) for pillar in result.pillars if pillar.score is not None and pillar.target is None
    ]
    if untargeted and len(untargeted) <= MAX_UNTARGETED:
        decisions.append(_("Set a target for %(pillars)s.") % {"pillars": numbers.joined(untargeted)})
    elif untargeted:
        decisions.append(_("Set targets: %(count)s pillars have none.") % {"count": numbers.in_words(len(untargeted))})
    return decisions


def _owners(first: Sequence[Move]) -> str:
    text = ngettext(
        "Name who answers for the first move.", "Name who answers for each of the first %(count)s moves.", len(first)
    ) % {"count": numbers.in_words(len(first))}
    owners = list(dict.fromkeys(move.owner for move in first if move.owner))
    if not owners:
        return text
    proposed = _("Proposed: %(owners)s.") % {"owners": numbers.listed(owners)}
    return f"{text} {proposed}"


def _scored(result: Result) -> list[PillarResult]:
    return [pillar for pillar in result.pillars if pillar.score is not None]


def _name(bank: Bank, pillar: PillarResult) -> str:
    return next(each.short or each.name for each in bank.pillars if each.key == pillar.key)
