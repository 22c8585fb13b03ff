"""The summary page: finding, verdict, ranked dots, up to three strengths, gaps and moves, and decisions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.text import Truncator

from assessments.charts.dots import DotRow, Dots, dots, scale_svg
from assessments.charts.strips import CLOSE, CLOSEST, SHEET_HEIGHT
from assessments.pages.compare import ComparedRow, ComparePage
from assessments.pages.result.next_steps import Move, moves
from assessments.pages.result.page import verdict
from assessments.reports import page_fit
from assessments.reports.blocks import FIGURE, GROUP, Cell, Column, ConsultantNote, Fact, Facts, Legend, Styled, Table
from assessments.reports.commentary import Note
from assessments.reports.report import Paper, Report
from assessments.reports.sections.points import Point, decisions, gaps, strengths
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.findings import finding, lead

MAX_POINTS = 3
MAX_ROUND = 40  # letters of the name of the previous assessment


@dataclass(frozen=True)
class Summary:
    """The second page of a report."""

    finding: str
    is_long: bool  # the finding takes too many lines in large type and is set smaller
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
        """The headings with their points, without empty columns."""
        columns = [
            (_("Highest scores"), self.strengths),
            (self.gaps_heading, self.gaps),
            (_("First moves"), self.moves),
        ]
        return [(heading, points) for heading, points in columns if points]

    @property
    def height(self) -> float:
        """The height down to the decisions, in points."""
        points = [[f"{point.head} {point.text}" for point in column] for _heading, column in self.columns]
        return sum((
            page_fit.summary_top(self.finding, self.lead, is_long=self.is_long),
            page_fit.summary_facts(self.facts),
            page_fit.ranked_dots(self.dots.title, self.spacing, len(self.dots.rows)),
            page_fit.point_columns(points) if points else 0,
            page_fit.decision_list(self.decisions),
        ))  # fmt: skip

    @property
    def legend(self) -> Legend:
        return Legend(self.dots.legend)

    @property
    def table(self) -> Table:
        """The ranked pillars."""
        about, labels = _about(self.dots), tuple(words for _tick, words in self.dots.axis.labels)
        name = page_fit.name_width([row.name for row in self.dots.rows], FONT_SIZES[self.spacing])
        more = max(0, name - 32)  # than in a short name's column in Word
        columns = [
            Column("pillar", _("Pillar"), 32 + more, look="name"),
            Column("strip", about, 72 - more, below=scale_svg(self.dots), look="strip-box", axis=labels),
            Column("score", _("Score"), 14, FIGURE, look="value"),
            Column("gap", self.dots.gap_heading, 52, look="gap"),
        ]
        if self.dots.has_interval:
            columns[1] = replace(columns[1], width=60 - more)
            columns[3:] = [Column("interval", _("Interval"), 24, FIGURE, look="iv"), replace(columns[3], width=40)]
        rows = tuple(_dot_row(row, has_interval=self.dots.has_interval) for row in self.dots.rows)
        look = f"dots {self.spacing}".strip()
        return Table("dots", self.dots.title, tuple(columns), rows, look=look, widths=(name * page_fit.MM,))


def _about(found: Dots) -> str:
    return _("Score by pillar, %(scale)s") % {"scale": found.range}


def _dot_row(row: DotRow, *, has_interval: bool) -> tuple[Cell, ...]:
    name = Styled(row.name, GROUP * row.is_group)
    if row.absent:
        return name, Styled(row.absent, "absent")
    interval = (row.interval,) if has_interval else ()
    return name, row.strip, row.score, *interval, Styled(row.remark, "real" * row.clear_gap)


def summary(report: Report, change: ComparePage | None = None, note: Note | None = None) -> Summary:
    """The summary for a board; `change` is the comparison with the previous round.

    Long texts first reduce the row height, then the number of points, so that the summary fits on one page.
    A commentary, `note`, may reduce the row height too if it then fits below, but not the number of points.
    """
    layouts = _layouts(len(report.bank.pillars) + len(report.bank.groups))
    pages = (_draft(report, change, *layout) for layout in layouts)
    for page in pages:
        if page.height <= page_fit.ROOM[report.paper]:
            break
    if note is None or has_room(page, note, report.paper):
        return page
    closer = (other for other in pages if other.columns == page.columns and has_room(other, note, report.paper))
    return next(closer, page)


def has_room(page: Summary, note: Note, paper: Paper) -> bool:
    """Whether the commentary on the whole assessment fits below the decisions."""
    return page.height + page_fit.height([ConsultantNote(note)]) <= page_fit.ROOM[paper]


def _layouts(pillars: int) -> tuple[tuple[float, int], ...]:
    """(row height, number of strengths, gaps and moves) of each layout, the most spacious first."""
    layouts = (
        *((SHEET_HEIGHT, MAX_POINTS), (CLOSE, MAX_POINTS), (CLOSE, MAX_POINTS - 1)),
        *((CLOSEST, MAX_POINTS - 1), (CLOSEST, 1), (CLOSEST, 0)),
    )
    return layouts[:3] if pillars <= 10 else layouts[1:] if pillars <= 16 else layouts[3:]


def _draft(report: Report, change: ComparePage | None, height: float, count: int) -> Summary:
    bank, result = report.bank, report.result
    first = moves(report, shown=max(1, count)).rows  # the decisions are about them
    heading, widest = gaps(bank, result, count)
    title, ranked = finding(report), dots(report, height=height, peers=False)
    about = _("Score by pillar, %(scale)s, highest first") % {"scale": ranked.range}
    return Summary(
        finding=title,
        is_long=page_fit.is_long_title(title),
        lead=lead(report),
        facts=_facts(report, change),
        dots=ranked,
        about_dots=f"{about}. {ranked.note}" if ranked.note else about,
        spacing=SPACINGS[height],
        strengths=strengths(report, count),
        gaps_heading=heading,
        gaps=widest,
        moves=tuple(_move(each, with_effect=count == MAX_POINTS) for each in first[:count]),
        decisions=tuple(decisions(bank, result, first)),
    )


def _move(move: Move, *, with_effect: bool) -> Point:
    return Point(f"{move.horizon or move.pillar}.", move.with_effect if with_effect else move.action)


def _facts(report: Report, change: ComparePage | None) -> Facts:
    """Level, index, its change since the previous round if comparable, and how many people answered."""
    overall, answered = verdict(report), numbers.answered_of(report.result.answered, report.result.invited)
    notes = (numbers.capitalised(_("self-declared")) if overall.self_declared else "", overall.held_back or "")
    uncertainty = (
        _("90%% interval %(interval)s") % {"interval": overall.interval} if overall.interval else "",
        _("weights ±25%%: %(weights)s") % {"weights": overall.weights} if overall.weights else "",
    )
    of = _("of %(highest)s, %(name)s") % {
        "highest": report.bank.level_number(len(report.bank.levels)),
        "name": overall.level_name,
    }
    changed = [] if report.since is None or change is None else _changed(report.since.before.name, change.total)
    out_of = _("of %(highest)s") % {"highest": overall.highest}
    figures = (
        Fact(_("Level"), overall.level, _present(notes), of, overall.level_reason or ""),
        Fact(_("Index"), overall.index, ("; ".join(_present(uncertainty)),), out_of, overall.index_reason or ""),
    )
    facts = (
        *(figures if report.bank.format == 1 else reversed(figures)),  # a model's own figure first
        *changed,
        Fact(_("People"), str(report.result.answered), (answered,)),
    )
    return Facts(facts, "four" if changed else "")


def _present(notes: Iterable[str]) -> tuple[str, ...]:
    return tuple(note for note in notes if note)


def _changed(before: str, total: ComparedRow) -> list[Fact]:
    """The change of the index, in the words of the section on change."""
    (cell,) = total.cells
    if cell.delta is None:
        return []
    facts = {"round": Truncator(before).chars(MAX_ROUND), "verdict": cell.verdict, "interval": cell.interval}
    text = _("Since %(round)s: %(verdict)s, 90%% interval %(interval)s")
    if cell.interval is None:
        text = _("Since %(round)s: %(verdict)s, too few people")
    return [Fact(_("Change"), cell.delta, (text % facts,))]


FONT_SIZES = {"": 10, "close": 10, "closest": 7.5}  # of the names, in points
SPACINGS = {SHEET_HEIGHT: "", CLOSE: "close", CLOSEST: "closest"}  # class names in the style sheet
