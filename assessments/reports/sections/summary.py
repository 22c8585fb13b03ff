"""The page that stands alone: finding, verdict, ranked dots, three strengths, gaps and moves, and what to decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from assessments.charts import key
from assessments.charts.dots import DotRow, Dots, dots, scale_svg
from assessments.charts.strips import CLOSE, CLOSEST, SHEET
from assessments.pages.compare import ComparedRow, ComparePage
from assessments.pages.result.next_steps import moves
from assessments.pages.result.page import verdict
from assessments.reports.blocks import FIGURE, Cell, Column, ConsultantNote, Fact, Facts, Legend, Styled, Symbol, Table
from assessments.reports.commentary import Note
from assessments.reports.page_fit import ROOM, WIDTH, height, lines
from assessments.reports.report import Paper, Report
from assessments.reports.sections.points import Point, decisions, gaps, strengths
from assessments.wording import numbers
from assessments.wording.findings import finding, lead

SHOWN = 3
LONGEST_ROUND = 40  # letters of the name of the previous round
TITLE, MOST_LINES = 453.0, 3  # how wide a finding is set, in points, and how high


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
    symbols = (
        Symbol(key.DOT, _("Score"), _("dot: score")),
        dots.has_interval and Symbol(key.BAND if across else key.INTERVAL, interval, _("shaded: 90%% interval") % {}),
        dots.has_target and Symbol(key.ACROSS if across else key.TICK, _("Target"), _("black line: target")),
        dots.has_provisional and Symbol(key.HOLLOW, _("Provisional"), _("hollow dot: provisional")),
        dots.has_previous and Symbol(key.SQUARE, _("Previous round"), _("square: previous round")),
        peers and Symbol(key.TRIANGLE, _("Benchmark median")),
        is_open and Symbol(key.OPEN, _("Not scored: the outline stays open")),
    )
    return tuple(symbol for symbol in symbols if symbol)


def summary(report: Report, change: ComparePage | None = None) -> Summary:
    """What a board reads if it reads one page; `change` is the comparison with the previous round.

    Where words are many, its rows stand closer, and then its points are fewer, so that all of it stays on the page.
    """
    *roomier, last = _layouts(len(report.bank.pillars))
    for layout in roomier:
        page = _draft(report, change, *layout)
        if _height(page) <= ROOM[report.paper]:
            return page
    return _draft(report, change, *last)


def has_room(page: Summary, note: Note, paper: Paper) -> bool:
    """Whether a consultant's words about the whole fit below the decisions."""
    return _height(page) + height([ConsultantNote(note)]) <= ROOM[paper]


def _height(page: Summary) -> float:
    """Down to the decisions, in points; see `page_fit`."""
    title = 18 * lines(page.finding, TITLE, 14) if page.is_long else 25 * lines(page.finding, TITLE, 20)
    head = 17 + title + (7 + 17 * lines(page.lead, TITLE, 12) if page.lead else 0)
    rows = 61.5 + 16 * lines(page.dots.title, WIDTH, 12) + ROW_HEIGHTS[page.spacing] * len(page.dots.rows)
    points = [sum(12 * lines(f"{p.head} {p.text}", 130, 9) + 2.9 for p in column) for _name, column in page.columns]
    decisions = 44.4 + sum(14 * lines(decision, 440, 10) for decision in page.decisions) if page.decisions else 0
    return head + 75.3 + 12 * _under_figures(page.facts) + rows + 30.2 + max(points, default=0) + decisions


def _under_figures(facts: Facts) -> int:
    """The lines below the big figures; with a change there are four columns, and narrower ones."""
    widths = (120, 96, 96, 60) if facts.look else (126, 126, 126)
    notes = [fact.notes if fact.value else (fact.absent,) for fact in facts.items]
    return max(sum(lines(text, width, 8.5) for text in texts) for texts, width in zip(notes, widths, strict=True))


ROW_HEIGHTS = {"": 19.9, "close": 14.8, "closest": 8.3}  # of ranked dots


def _layouts(pillars: int) -> tuple[tuple[float, int], ...]:
    """The height of a row, and how many strengths, gaps and moves are shown; the roomiest first."""
    layouts = ((SHEET, SHOWN), (CLOSE, SHOWN), (CLOSE, SHOWN - 1), (CLOSEST, SHOWN - 1))
    return layouts[:3] if pillars <= 10 else layouts[1:] if pillars <= 16 else layouts[3:]


def _draft(report: Report, change: ComparePage | None, height: float, shown: int) -> Summary:
    bank, result = report.bank, report.result
    first = moves(report, shown=shown).rows
    heading, widest = gaps(bank, result, shown)
    title, ranked = finding(report), dots(report, height=height, peers=False)
    about = _("Score by pillar, 1 to 5, highest first")
    return Summary(
        finding=title,
        is_long=lines(title, TITLE, 20) > MOST_LINES,
        lead=lead(report),
        facts=_facts(report, change),
        dots=ranked,
        about_dots=f"{about}. {ranked.note}" if ranked.note else about,
        spacing=SPACINGS[height],
        strengths=strengths(report, shown),
        gaps_heading=heading,
        gaps=widest,
        moves=tuple(Point(f"{move.horizon}." if move.horizon else f"{move.pillar}.", move.action) for move in first),
        decisions=tuple(decisions(bank, result, first)),
    )


def _facts(report: Report, change: ComparePage | None) -> Facts:
    """Level, index, its change since the previous round where both can be compared, and how many answered."""
    overall, answered = verdict(report), numbers.answered_of(report.result.answered, report.result.invited)
    notes = (numbers.capitalised(_("self-declared")) if overall.self_declared else "", overall.held_back or "")
    uncertainty = (
        _("90%% interval %(interval)s") % {"interval": overall.interval} if overall.interval else "",
        _("weights ±25%%: %(weights)s") % {"weights": overall.weights} if overall.weights else "",
    )
    level, of = (
        None if overall.level is None else str(overall.level),
        _("of 5, %(name)s") % {"name": overall.level_name},
    )
    changed = [] if report.since is None or change is None else _changed(report.since.before.name, change.total)
    facts = (
        Fact(_("Level"), level, _present(notes), of, overall.level_reason or ""),
        Fact(_("Index"), overall.index, ("; ".join(_present(uncertainty)),), _("of 5"), overall.index_reason or ""),
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
