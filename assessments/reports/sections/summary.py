"""The page that stands alone: finding, verdict, ranked dots, three strengths, gaps and moves, and what to decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import fsum

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.charts.dots import DotRow, Dots, dots, scale_svg
from assessments.charts.strips import CLOSE, CLOSEST, SHEET
from assessments.pages.compare import ComparedRow, ComparePage
from assessments.pages.result.next_steps import Move, moves
from assessments.pages.result.page import verdict
from assessments.reports.blocks import FIGURE, Cell, Column, Fact, Facts, Legend, Styled, Symbol, Table
from assessments.reports.page_fit import lines, summary_fits
from assessments.reports.report import Report
from assessments.scoring.bank import Bank
from assessments.scoring.figures import PillarResult, Result
from assessments.wording import numbers
from assessments.wording.findings import finding, lead
from assessments.wording.remarks import is_clear_gap, quoted, remark

SHOWN = 3
LONGEST_ROUND = 40  # letters of the name of the previous round
TITLE, MOST_LINES = 453.0, 3  # how wide a finding is set, in points, and how high


@dataclass(frozen=True)
class Point:
    """One line of a column: what it is about in bold, and what there is to say."""

    head: str
    text: str


@dataclass(frozen=True)
class Summary:
    """The second page of a report."""

    finding: str
    is_long: bool  # it names an organisation of many words, and takes smaller type for all to stay on the page
    lead: str | None
    facts: Facts
    dots: Dots
    about_dots: str
    spacing: str
    strengths: tuple[Point, ...]
    gaps_heading: str
    gaps: tuple[Point, ...]
    moves: tuple[Point, ...]
    decisions: tuple[str, ...]

    @property
    def columns(self) -> list[tuple[str, tuple[Point, ...]]]:
        """The points under their headings, as far as there are any."""
        columns = [
            (_("Highest scores"), self.strengths),
            (self.gaps_heading, self.gaps),
            (_("First moves"), self.moves),
        ]
        return [(heading, points) for heading, points in columns if points]

    @property
    def legend(self) -> Legend:
        return Legend(symbols(self.dots))

    @property
    def table(self) -> Table:
        """The pillars ranked."""
        columns = [
            Column("pillar", _("Pillar"), 32, look="name"),
            Column("strip", _("Score by pillar, 1 to 5"), 72, below=scale_svg(), look="strip-box", axis=LEVELS),
            Column("score", _("Score"), 14, FIGURE, look="value"),
            Column("gap", self.dots.gap_heading, 52, look="gap"),
        ]
        if self.dots.has_interval:
            columns[1] = replace(columns[1], width=60)
            columns[3:] = [Column("interval", _("Interval"), 24, FIGURE, look="iv"), replace(columns[3], width=40)]
        rows = tuple(_dot_row(row, has_interval=self.dots.has_interval) for row in self.dots.rows)
        return Table("dots", self.dots.title, tuple(columns), rows, look=f"dots {self.spacing}".strip())


LEVELS = ("1", "2", "3", "4", "5")


def _dot_row(row: DotRow, *, has_interval: bool) -> tuple[Cell, ...]:
    if row.absent:
        return row.name, Styled(row.absent, "absent")
    interval = (row.interval,) if has_interval else ()
    return row.name, row.strip, row.score, *interval, Styled(row.remark, "real" * row.clear_gap)


def symbols(dots: Dots, *, across: bool = False, peers: bool = False, is_open: bool = False) -> tuple[Symbol, ...]:
    """What the marks of the scores mean, as far as any is drawn; `across`: along the axes of a radar."""
    interval = _("90%% interval") % {}
    found = (
        Symbol("dot", _("Score"), _("dot: score")),
        dots.has_interval and Symbol("band" if across else "interval", interval, _("shaded: 90%% interval") % {}),
        dots.has_target and Symbol("target-across" if across else "target", _("Target"), _("black line: target")),
        dots.has_provisional and Symbol("hollow", _("Provisional"), _("hollow dot: provisional")),
        dots.has_previous and Symbol("square", _("Previous round"), _("square: previous round")),
        peers and Symbol("triangle", _("Benchmark median")),
        is_open and Symbol("open", _("Not scored: the outline stays open")),
    )
    return tuple(symbol for symbol in found if symbol)


def summary(report: Report, change: ComparePage | None = None) -> Summary:
    """What a board reads if it reads one page; `change` is the comparison with the previous round.

    Where words are many, its rows stand closer, and then its points are fewer, so that all of it stays on the page.
    """
    *roomier, last = _layouts(len(report.bank.pillars))
    for layout in roomier:
        page = _draft(report, change, *layout)
        if summary_fits(page, report.paper):
            return page
    return _draft(report, change, *last)


def _layouts(pillars: int) -> tuple[tuple[float, int], ...]:
    """The height of a row, and how many strengths, gaps and moves are shown; the roomiest first."""
    found = ((SHEET, SHOWN), (CLOSE, SHOWN), (CLOSE, SHOWN - 1), (CLOSEST, SHOWN - 1))
    return found[:3] if pillars <= 10 else found[1:] if pillars <= 16 else found[3:]


def _draft(report: Report, change: ComparePage | None, height: float, shown: int) -> Summary:
    bank, result = report.bank, report.result
    first = moves(report, shown=shown).rows
    heading, gaps = _gaps(bank, result, shown)
    found, ranked = finding(report), dots(report, height=height, peers=False)
    about = _("Score by pillar, 1 to 5, highest first")
    return Summary(
        finding=found,
        is_long=lines(found, TITLE, 20) > MOST_LINES,
        lead=lead(report),
        facts=_facts(report, change),
        dots=ranked,
        about_dots=f"{about}. {ranked.note}" if ranked.note else about,
        spacing=SPACINGS[height],
        strengths=_strengths(report, shown),
        gaps_heading=heading,
        gaps=gaps,
        moves=tuple(Point(f"{move.horizon}." if move.horizon else f"{move.pillar}.", move.action) for move in first),
        decisions=tuple(_decisions(bank, result, first)),
    )


def _facts(report: Report, change: ComparePage | None) -> Facts:
    """Level, index, its change since the previous round where both can be compared, and how many answered."""
    found, answered = verdict(report), numbers.answered_of(report.result.answered, report.result.invited)
    notes = (numbers.capitalised(_("self-declared")) if found.self_declared else "", found.held_back or "")
    uncertainty = (
        _("90%% interval %(interval)s") % {"interval": found.interval} if found.interval else "",
        _("weights ±25%%: %(weights)s") % {"weights": found.weights} if found.weights else "",
    )
    level, of = None if found.level is None else str(found.level), _("of 5, %(name)s") % {"name": found.level_name}
    changed = [] if report.since is None or change is None else _changed(report.since.before.name, change.total)
    facts = (
        Fact(_("Level"), level, _present(notes), of, found.level_reason or ""),
        Fact(_("Index"), found.index, ("; ".join(_present(uncertainty)),), _("of 5"), found.index_reason or ""),
        *changed,
        Fact(_("People"), str(report.result.answered), (answered,)),
    )
    return Facts(facts, "four" if changed else "")


def _present(notes: Iterable[str]) -> tuple[str, ...]:
    return tuple(note for note in notes if note)


def _changed(before: str, total: ComparedRow) -> list[Fact]:
    """In the words of the page on change."""
    (cell,) = total.cells
    if cell.delta is None:
        return []
    facts = {"round": Truncator(before).chars(LONGEST_ROUND), "verdict": cell.verdict, "interval": cell.interval}
    text = _("Since %(round)s: %(verdict)s, 90%% interval %(interval)s")
    if cell.interval is None:
        text = _("Since %(round)s: %(verdict)s, too few people")
    return [Fact(_("Change"), cell.delta, (text % facts,))]


SPACINGS = {SHEET: "", CLOSE: "close", CLOSEST: "closest"}  # how the style sheet calls them


def _strengths(report: Report, shown: int) -> tuple[Point, ...]:
    """The highest scores, each with its level and, where it may be shown, its strongest question."""
    return tuple(
        Point(f"{_name(report.bank, pillar)} {numbers.score(pillar.score or 0)}.", _strongest(report, pillar))
        for pillar in _highest(report.result, shown)
    )


def _highest(result: Result, shown: int) -> list[PillarResult]:
    """The upper half of the scores at the most; none where all of them read the same."""
    ranked = sorted(_scored(result), key=lambda pillar: -(pillar.score or 0))
    if len({numbers.score(pillar.score or 0) for pillar in ranked}) < 2:
        return []
    return ranked[: min(shown, len(ranked) // 2)]


def _strongest(report: Report, pillar: PillarResult) -> str:
    rows = [
        (row.mean, row.key)
        for row in pillar.questions
        if row.mean is not None and row.state == "answered" and row.key in report.means
    ]
    level = _level(pillar)
    if not rows:
        return level
    best = max(rows, key=lambda row: row[0])[1]
    return _("%(level)s, highest in %(question)s") % {"level": level, "question": quoted(report.bank.questions[best])}


def _gaps(bank: Bank, result: Result, shown: int) -> tuple[str, tuple[Point, ...]]:
    """The widest gaps beyond error; where there is none, the lowest scores under an honest heading."""
    clear = sorted((p for p in result.pillars if is_clear_gap(p)), key=lambda pillar: -(pillar.gap or 0))
    if clear:
        return _gaps_heading(len(clear[:shown])), tuple(_gap(bank, pillar) for pillar in clear[:shown])
    count = len(_highest(result, shown))  # so that no pillar is among both
    lowest = sorted(_scored(result), key=lambda pillar: pillar.score or 0)[:count]
    points = (
        Point(f"{_name(bank, pillar)} {numbers.score(pillar.score or 0)}.", _first(bank, pillar)) for pillar in lowest
    )
    return _("Lowest scores"), tuple(points)


def _gaps_heading(count: int) -> str:
    text = ngettext("%(count)s gap", "%(count)s gaps", count)
    return numbers.capitalised(text % {"count": numbers.in_words(count)})


def _gap(bank: Bank, pillar: PillarResult) -> Point:
    head = _("%(pillar)s, %(gap)s below target.")
    return Point(head % {"pillar": _name(bank, pillar), "gap": numbers.score(pillar.gap or 0)}, _first(bank, pillar))


def _first(bank: Bank, pillar: PillarResult) -> str:
    if not pillar.blocking:
        return _level(pillar)
    return _("First: %(question)s") % {"question": quoted(bank.questions[pillar.blocking[0].question])}


def _level(pillar: PillarResult) -> str:
    """`Level 3`, or what is missing for one."""
    if pillar.level is None:
        return remark(pillar, few_people=True) or _("No level")
    return numbers.capitalised(numbers.level(pillar.level))


def _decisions(bank: Bank, result: Result, first: Sequence[Move]) -> list[str]:
    """What only the people who read this can settle; each follows from the moves and the targets."""
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
    if untargeted and len(untargeted) <= SHOWN:
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
