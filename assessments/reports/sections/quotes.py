"""Comments and evidence in a report: with the question, in the direction of their script."""

from collections.abc import Iterator, Sequence

from assessments.markdown import direction_of
from assessments.reports.blocks import Quote
from assessments.reports.report import Report
from assessments.results import Evidence
from assessments.scoring.bank import Pillar
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers
from assessments.wording.remarks import EVIDENCE, quoted


def quotes(report: Report, pillar: Pillar) -> list[Quote]:
    """The quotes of a pillar in question order, comments before evidence."""
    return list(_quotes(report, pillar))


def passages(about: Sequence[str | None], text: str) -> tuple[Quote, ...]:
    """A text with its subject as a quote; empty for an empty text."""
    lines = tuple(_lines(text))
    return (Quote(_about(*(part for part in about if part)), lines, direction_of(text)),) if lines else ()


def _quotes(report: Report, pillar: Pillar) -> Iterator[Quote]:
    for question in pillar.questions:
        name = quoted(report.bank.questions[question.key])
        for comment in report.comments.get(question.key, ()):
            if lines := _lines(comment.text):
                yield Quote(_about(name, comment.by), lines, direction_of(comment.text))
        for evidence in report.evidence.get(question.key, ()):
            if lines := _with_link(_lines(evidence.text), evidence.link.strip()):
                yield Quote(_about(name, evidence.by, _grade(evidence)), lines, direction_of(evidence.text), True)


def _about(question: str, *more: str | None) -> str:
    """`“Bias” · Ada · Evidence: document`; the question alone if there is nothing else."""
    return " · ".join(part for part in (question, *more) if part)


def _grade(evidence: Evidence) -> str:
    if evidence.grade is None:
        return _("Evidence")
    return _("Evidence: %(grade)s") % {"grade": str(EVIDENCE[evidence.grade]).lower()}


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _with_link(lines: tuple[str, ...], link: str) -> tuple[str, ...]:
    """The link follows a text of one line; otherwise it has a line of its own."""
    if not link or len(lines) != 1 or direction_of(lines[0]) == "rtl":
        return (*lines, *_lines(link))
    return (f"{lines[0]} {link}",)


def late_note(late: Sequence[Quote], *, others: bool) -> str | None:
    """The line about comments at the end of the report; `others`: some are on this page. None without late ones."""
    if not late:
        return None
    text = _of_all_kinds(len(late)) if any(quote.is_evidence for quote in late) else _comments(len(late), others)
    return numbers.capitalised(text % {"count": numbers.in_words(len(late))})


def _of_all_kinds(count: int) -> str:
    return ngettext(
        "%(count)s comment or piece of evidence is at the end of this report.",
        "%(count)s comments and pieces of evidence are at the end of this report.",
        count,
    )


def _comments(count: int, others: bool) -> str:
    if others:
        return ngettext(
            "%(count)s more comment is at the end of this report.",
            "%(count)s more comments are at the end of this report.",
            count,
        )
    return ngettext(
        "%(count)s comment is at the end of this report.",
        "%(count)s comments are at the end of this report.",
        count,
    )
