"""What was asked about answers, and the replies, as a section of a report; only for readers who ask for it."""

from assessments.reports.blocks import NOTE, SUB, Block, Heading, Quotes, Section, Text
from assessments.reports.report import Report
from assessments.reports.sections.quotes import passages
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers


def threads_section(report: Report) -> Section | None:
    """Every thread under its question; None if there are none, or nobody wants them printed."""
    if not report.threads:
        return None
    text = ngettext("%(count)s question about answers", "%(count)s questions about answers", len(report.threads))
    title = numbers.capitalised(text % {"count": numbers.in_words(len(report.threads))})
    blocks: list[Block] = [Text(_("What was asked about answers, and the replies, each as it was written"), SUB)]
    for thread in report.threads:
        texts = tuple(quote for who, text in thread.texts for quote in passages((who,), text))
        blocks += [Heading(thread.question), Text(thread.addressed, NOTE), Quotes(texts)]
    return Section("words", _("Questions and replies"), title, tuple(blocks))
