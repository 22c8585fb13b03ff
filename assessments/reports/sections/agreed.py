"""Agreed answers of a workshop, as a page of a report and as tables: individual and agreed figures side by side."""

from collections.abc import Iterator

from assessments.pages.result.agreed import AgreedSection, BothRow, agreed_section
from assessments.reports.blocks import (
    DAY,
    FIGURE,
    NOTE,
    SUB,
    TWO,
    Block,
    Cell,
    Column,
    Heading,
    Quote,
    Quotes,
    Section,
    Table,
    Text,
)
from assessments.reports.precision import told
from assessments.reports.report import Report
from assessments.reports.sections.quotes import passages
from assessments.results import AssessmentResult
from assessments.scoring.agreed import Agreed
from assessments.scoring.figures import PillarResult
from assessments.sentences import gettext as _
from assessments.wording.remarks import quoted


def agreed_section_of(report: Report) -> Section | None:
    """Both results of the pillars agreed on, side by side, with reasons and dissents; None without agreed answers.

    The other pillars are as on their pages; the workbook has them all.
    """
    section = agreed_section(report)
    if section is None or report.agreed is None:
        return None
    columns = (
        Column("pillar", _("Pillar"), 50),
        Column("agreed_on", _("Agreed on"), 24, FIGURE),
        Column("individual_score", _("Score, individual"), 24, FIGURE),
        Column("agreed_score", _("Score, agreed"), 24, FIGURE),
        Column("individual_level", _("Level, individual"), 24, FIGURE),
        Column("agreed_level", _("Level, agreed"), 24, FIGURE),
    )
    touched = (row for row in section.rows if row.touched)
    rows = tuple(_cells(row) for row in (*touched, section.total))
    blocks: tuple[Block, ...] = (
        Text(section.note, SUB),
        Table("individual_and_agreed", section.title, columns, rows, look="since both", has_total=True),
        *((Text(section.withheld, NOTE),) if section.withheld else ()),
        Heading(_("What was agreed")),
        Quotes(tuple(_quotes(report, report.agreed, section))),
    )
    return Section("agreed", _("Individual and agreed"), section.title, blocks)


def _cells(row: BothRow) -> tuple[Cell, ...]:
    return row.name or _("Organisation"), row.share, row.score, row.agreed_score, row.level, row.agreed_level


def _quotes(report: Report, agreed: Agreed, section: AgreedSection) -> Iterator[Quote]:
    for (key, answer), row in zip(agreed.answers.items(), section.answers, strict=True):
        name = quoted(report.bank.questions[key])
        mean = None if row.mean is None else _("individually %(mean)s on average") % {"mean": row.mean}
        yield from passages((name, _("Agreed: %(level)s") % {"level": row.level}, mean), answer.reason)
        yield from passages((name, _("Dissent")), answer.dissent)


def agreed_tables(result: AssessmentResult) -> tuple[Table, ...]:
    """Both results by pillar, and the agreed answers; empty without any."""
    agreed = result.agreed
    return () if agreed is None else (_both(result, agreed), _answers(result, agreed))


def _both(result: AssessmentResult, agreed: Agreed) -> Table:
    columns = (
        Column("pillar", _("Pillar"), 18),
        Column("agreed_on", _("Questions agreed on"), 18),
        Column("individual_score", _("Score, individual (of record)"), 18, TWO),
        Column("agreed_score", _("Score, agreed"), 14, TWO),
        Column("individual_level", _("Level, individual (of record)"), 18),
        Column("agreed_level", _("Level, agreed"), 14),
    )
    hidden = result.seen.closed
    pairs = zip(result.bank.pillars, result.result.pillars, agreed.result.pillars, strict=True)
    rows: list[tuple[Cell, ...]] = [
        (
            pillar.name,
            sum(question.key in agreed.answers for question in pillar.questions),
            *_figures(before, after, coarse=pillar.key in hidden, may_show=pillar.key not in agreed.withheld),
        )
        for pillar, before, after in pairs
    ]
    return Table("individual_and_agreed", _("Individual and agreed"), columns, (*rows, _total(result, agreed)))


def _figures(before: PillarResult, after: PillarResult, *, coarse: bool, may_show: bool) -> tuple[Cell, ...]:
    score = told(after.score, coarse=coarse) if may_show else None
    return told(before.score, coarse=coarse), score, before.level, after.level if may_show else None


def _total(result: AssessmentResult, agreed: Agreed) -> tuple[Cell, ...]:
    before, after = result.result.overall, agreed.result.overall
    index = told(before.index, coarse=bool(result.seen.closed))
    name, count = _("Organisation"), len(agreed.answers)
    if agreed.without_index:
        return name, count, index, None, before.level, None
    return name, count, index, after.index, before.level, after.level


def _answers(result: AssessmentResult, agreed: Agreed) -> Table:
    columns = (
        Column("pillar", _("Pillar"), 18),
        Column("key", _("Key"), 24),
        Column("question", _("Question"), 50),
        Column("individual_mean", _("Mean, individual"), 14, TWO),
        Column("agreed_level", _("Level, agreed"), 14),
        Column("reason", _("Reason"), 70),
        Column("dissent", _("Dissent"), 70),
        Column("agreed_on", _("Agreed on"), 14, DAY),
    )
    means = {
        row.key: row.mean for pillar in result.result.pillars for row in pillar.questions if row.key in result.means
    }
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            *(result.bank.pillar_of[key].name, key, result.bank.questions[key].text),
            *(means.get(key), answer.level, answer.reason, answer.dissent or None),
            answer.at.astimezone(result.assessment.organisation.zone).date(),
        )
        for key, answer in agreed.answers.items()
    )
    return Table("agreed_answers", _("Agreed answers"), columns, rows, identity=3)
