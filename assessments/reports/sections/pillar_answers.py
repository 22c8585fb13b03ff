"""The table of answers on the page of a pillar."""

from assessments.charts.answers import columns_svg, levels_svg
from assessments.reports.blocks import FIGURE, Cell, Column, Styled, Table
from assessments.reports.page_fit import measured
from assessments.reports.report import Report
from assessments.scoring.figures import PillarResult, QuestionResult
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.pillars import question_note
from assessments.wording.remarks import EVIDENCE, hidden_because


def answer_table(report: Report, row: PillarResult, title: str) -> tuple[Table] | tuple[()]:
    """The table of answers, with a column of drawings if any question has one; nothing if it would show no figure."""
    if all(_absent(question, may_show=question.key in report.means) for question in row.questions):
        return ()
    drawn = any(sum(report.counts.get(question.key, ())) > 1 for question in row.questions)
    widths = (102, 19, 22) if drawn else (126, 20, 24)
    head = levels_svg(report.bank, [report.bank.questions[question.key] for question in row.questions])
    columns = (
        Column("question", _("Question"), widths[0]),
        Column("mean", _("Mean"), widths[1], FIGURE),
        Column("evidence", _("Evidence"), widths[2], FIGURE),
        *([Column("people", _("People by answer"), 27, FIGURE, head)] if drawn else []),
    )
    rows = tuple(_answer(report, row, question, drawn=drawn, numbered=head is None) for question in row.questions)
    return (measured(Table("answers", title, columns, rows, look="q drawn" if drawn else "q"), report.paper),)


def _answer(
    report: Report, pillar: PillarResult, row: QuestionResult, *, drawn: bool, numbered: bool
) -> tuple[Cell, ...]:
    question, counts = report.bank.questions[row.key], report.counts.get(row.key)
    absent = _absent(row, may_show=row.key in report.means)
    differ = "◆ " + _("Views differ") if counts is not None and row.key in pillar.agreement.flagged else ""
    unsure = _("Don’t know: %(count)s") % {"count": row.dont_know} if row.dont_know else ""
    remarks = (question_note(report, pillar, row), "" if absent else unsure, differ)
    link = f"{report.question_pages}{row.key}/" if report.question_pages else ""
    head = Styled(question.text, remark=". ".join(remark for remark in remarks if remark), link=link)
    if absent:
        return head, Styled(absent, "absent")
    figures: tuple[Cell, ...] = (
        Styled(None if row.mean is None else numbers.score(row.mean), "strong"),
        None if row.evidence is None else str(EVIDENCE[row.evidence]),
    )
    if not drawn:
        return head, *figures
    if counts is None or sum(counts) < 2:
        return head, *figures, Styled(_("Not shown"), "muted")
    return head, *figures, columns_svg(report.bank, question, counts, levels=numbered)


def _absent(row: QuestionResult, *, may_show: bool) -> str | None:
    """The phrase across the row if there is no mean or it may not be shown."""
    if row.state == "not_applicable":
        return _("Not applicable")
    if row.n == 0:
        return _("No one could answer") if row.dont_know else _("No one answered")
    return None if may_show else hidden_because(row.n)
