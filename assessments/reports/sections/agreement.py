"""Agreement by pillar, and the questions on which views differ."""

from assessments.charts.agreement import AgreementSection, agreement
from assessments.charts.answers import columns_svg, levels_svg
from assessments.charts.strips import CLOSE, SHEET_HEIGHT
from assessments.reports import page_fit, section_fit
from assessments.reports.blocks import FIGURE, SUB, Block, Cell, Column, Heading, Section, Styled, Table, Text
from assessments.reports.report import Report
from assessments.scoring.minimum_respondents import LevelCounts
from assessments.sentences import gettext as _, ngettext

MAX_DIFFERENCES, MIN_DIFFERENCES = 10, 2  # that fit on the page, and beside agreed answers
IN_WORD = 3  # beside agreed answers, in a document whose pages are not measured


def agreement_section(report: Report, agreed: Section | None = None, *, whole: bool = False) -> Section | None:
    """The section on agreement; None below three people. With `agreed` answers to follow on the page, the charts are
    closer and only the widest differences are shown, unless those answers need a page anyway."""
    shared = None if agreed is None else IN_WORD if whole else differences_beside(report, agreed)
    is_close = shared is not None and shared >= MIN_DIFFERENCES
    section = agreement(report, height=CLOSE if is_close else SHEET_HEIGHT)
    if not section.rows:
        return None
    text = _(
        "r*wg compares how far answers lie apart with how far they would lie apart by chance. 1 means that everybody "
        "chose the same level; 0 and below, that people see different organisations."
    )
    most = shared if shared is not None and is_close else MAX_DIFFERENCES
    blocks = (
        Text(section.note, SUB),
        _table(section, "close" * is_close),
        *(() if is_close else (Text(text, "small muted"),)),  # the glossary explains it too
        *_differences(report, most),
    )
    return Section("agreement", _("Agreement"), section.title, blocks)


def differences_beside(report: Report, agreed: Section) -> int:
    """How many differences fit on a page with the agreement by pillar and the agreed answers."""
    room = page_fit.ROOM[report.paper] - section_fit.agreement_beside(len(report.bank.pillars), _about(), agreed)
    return min(MAX_DIFFERENCES, int(room // section_fit.DRAWN_ROW))


def _table(section: AgreementSection, spacing: str) -> Table:
    zones = (_("weak"), _("moderate"), _("strong"))
    name = page_fit.name_width([row.name for row in section.rows], 10)
    more = max(0, name - 40)
    columns = (
        Column("pillar", _("Pillar"), 40 + more, look="name"),
        Column("strip", _("weak to strong"), 74 - more, look="strip-box", axis=zones),
        Column("value", "r*wg", 18, FIGURE, look="value"),
        Column("band", _("Agreement"), 38, look="gap"),
    )
    rows = tuple((row.name, row.strip, row.value, row.band) for row in section.rows)
    widths = (name * page_fit.MM,)
    return Table("agreement", section.title, columns, rows, look=f"dots {spacing} agree", widths=widths)


def _differences(report: Report, most: int) -> list[Block]:
    flagged = _flagged(report, most)
    if not flagged:
        return []
    head = levels_svg(report.bank, [report.bank.questions[key] for key in flagged[:most]])
    columns = (
        Column("question", _("Question"), 143),
        Column("people", _("People by answer"), 27, FIGURE, head),
    )
    rows = tuple(_difference(report, key, numbered=head is None) for key in flagged[:most])
    name = _("Questions on which views differ")
    blocks: list[Block] = [
        Heading(name),
        Text(_about(), SUB),
        Table("differences", name, columns, rows, look="q differences"),
    ]
    hidden = len(flagged) - len(rows)
    return [*blocks, Text(_more(hidden), "small muted")] if hidden else blocks


def _about() -> str:
    return _("Answers three levels apart, or far from their mean. Align on the facts here before anything else")


def _flagged(report: Report, most: int) -> list[str]:
    """The questions flagged for disagreement whose figures may be shown: in bank order, or widest first if many."""
    flagged = [key for pillar in report.result.pillars for key in pillar.agreement.flagged if key in report.counts]
    if len(flagged) <= most:
        return flagged
    return sorted(flagged, key=lambda key: -_spread(report.counts[key]))


def _spread(counts: LevelCounts) -> float:
    """The variance of the answers."""
    if not sum(counts):
        return 0.0
    mean = sum(level * count for level, count in enumerate(counts)) / sum(counts)
    return sum(count * (level - mean) ** 2 for level, count in enumerate(counts)) / sum(counts)


def _difference(report: Report, key: str, *, numbered: bool) -> tuple[Cell, ...]:
    question, pillar = report.bank.questions[key], report.bank.pillar_of[key].name
    columns = columns_svg(report.bank, question, report.counts[key], levels=numbered)
    return Styled(question.text, remark=pillar), columns


def _more(hidden: int) -> str:
    text = ngettext(
        "The widest differences are shown. %(count)s more question is marked ◆ on its pillar’s page.",
        "The widest differences are shown. %(count)s more questions are marked ◆ on their pillars’ pages.",
        hidden,
    )
    return text % {"count": hidden}
