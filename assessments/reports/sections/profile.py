"""The scores of all pillars in one chart, with all figures below it."""

from assessments.charts.dots import Dots
from assessments.charts.legend import legend
from assessments.charts.radar import PAPER_SIZES, Sizes, is_numbered, profile_svg
from assessments.pages.result.figures import FigureRow, Figures, figures, peers_sentence
from assessments.reports.blocks import (
    FIGURE,
    GROUP,
    NAMES,
    SUB,
    Block,
    Cell,
    Column,
    ConsultantNote,
    Figure,
    Heading,
    Legend,
    Section,
    Styled,
    Table,
    Text,
)
from assessments.reports.commentary import Note
from assessments.reports.page_fit import beside_chart
from assessments.reports.report import Report
from assessments.sentences import gettext as _
from assessments.wording.titles import agreement_note, profile_title

SMALL = "small muted"
MAX_ROWS = 8  # with more pillars, the chart is smaller
MAX_BELOW = 20  # with more, the table has its own page
CHART = 290.0  # the height of a commentary beside the chart at most, in points
SMALLER = Sizes(label=11.2, ring=10)  # letters, as large on paper as those of a full chart


def has_room(report: Report, note: Note) -> bool:
    """Whether the commentary on the whole assessment fits beside the chart."""
    rows = len(report.bank.pillars) + len(report.bank.groups)
    return 2 < rows <= MAX_ROWS and beside_chart(note) <= CHART


def profile(report: Report, dots: Dots, *, has_agreement: bool, note: Note | None = None) -> Section:
    """The chart and the table of all figures; without a section on agreement, a line says why. A `note` is beside the
    chart, which is then smaller."""
    table, peers = figures(report), None if report.peers is None else peers_sentence(report.result, report.peers)
    many, most = len(table.rows) > MAX_ROWS, len(table.rows) > MAX_BELOW
    svg = profile_svg(report, SMALLER if (many and not most) or note else PAPER_SIZES)
    drawn: tuple[Block, ...] = (Figure(svg, 100), Legend(legend("profile", svg)))
    if most and is_numbered(report):
        drawn = (*drawn, Text("\n".join(_named(row) for row in table.rows if row.number is not None), NAMES))
    if note:
        drawn = (Legend(legend("profile", svg)), Figure(svg, 84, "beside"), ConsultantNote(note))
    blocks: tuple[Block, ...] = (
        Text(_about(table, dots), SUB),
        *drawn,
        Heading(_("All figures")),
        _table(table),
        Text(_explained(report, has_agreement=has_agreement), SMALL),
        *([Text(peers, SMALL)] if peers else []),
    )
    looks = "peered" * bool(peers), "most" if most else "many" * many, "told" * bool(note)
    return Section("profile", _("Profile"), profile_title(report), blocks, " ".join(look for look in looks if look))


def _about(table: Figures, dots: Dots) -> str:
    if table.has_interval:
        return _("Score by pillar with 90%% interval, %(scale)s, in the order of the questions") % {"scale": dots.range}
    about = _("Score by pillar, %(scale)s, in the order of the questions") % {"scale": dots.range}
    return f"{about}. {dots.note}" if dots.note else about


def _explained(report: Report, *, has_agreement: bool) -> str:
    text = _(
        "Bounds: the score if every missing answer were the lowest or the highest. Coverage: share of questions "
        "answered. Evidence: share backed by a document or a second person."
    )
    if has_agreement:
        return text
    return f"{text} {agreement_note(report.result)} {_('The page on agreement is therefore left out.')}"


def _table(table: Figures) -> Table:
    """The table of all figures; with intervals only if there are any."""
    heads = {
        "pillar": (_("Pillar"), 40, 32),
        "level": (_("Level"), 13, 11),
        "score": (_("Score"), 14, 12),
        "interval": (_("90%% interval") % {}, 0, 20),
        "bounds": (_("Bounds"), 20, 18),
        "target": (_("Target"), 17, 15),
        "coverage": (_("Cover\u00adage"), 20, 18),
        "dont_know": (_("Don’t know"), 15, 14),
        "not_applicable": (_("n/a"), 14, 14),
        "evidence": (_("Evi\u00addence"), 17, 16),
    }
    columns = tuple(
        Column(name, head, width[table.has_interval], FIGURE)
        for name, (head, *width) in heads.items()
        if width[table.has_interval]
    )
    rows = tuple(_row(row, has_interval=table.has_interval) for row in table.rows)
    return Table("figures", _("All figures"), columns, (*rows, _total(table)), has_total=True)


def _named(row: FigureRow) -> str:
    """The name of a pillar, behind its number in the chart if it has one."""
    return row.name if row.number is None else f"{row.number} {row.name}"


def _row(row: FigureRow, *, has_interval: bool) -> tuple[Cell, ...]:
    interval = (row.interval,) if has_interval else ()
    scores = (row.level, Styled(row.score, "strong"), *interval, row.bounds, row.target, row.coverage)
    evidence = Styled(row.evidence, "" if row.evidence else "muted")
    told = (Styled(row.absent, "absent"),) if row.absent else scores
    return Styled(_named(row), GROUP * row.is_group), *told, row.dont_know, row.not_applicable, evidence


def _total(table: Figures) -> tuple[Cell, ...]:
    total = table.total
    interval = (total.interval,) if table.has_interval else ()
    scores = (total.level, total.score, *interval, "", "", total.coverage)
    return _("Organisation"), *scores, total.dont_know, total.not_applicable, ""
