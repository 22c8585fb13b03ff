"""Slides on agreement: r*wg by pillar, and how many people gave each answer to a question."""

from collections.abc import Sequence

from django.utils.text import Truncator

from assessments.charts import palette
from assessments.charts.agreement import AgreementSection, agreement
from assessments.pages.result.differences import differences
from assessments.reports.report import Report
from assessments.reports.slides.base import Box
from assessments.reports.slides.charts import Axis, bars_chart
from assessments.reports.slides.figures import as_printed
from assessments.reports.slides.writer import ACCENT, Deck, Page, Para
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.remarks import numbered, quoted

BARS = 5  # questions drawn on which people differ
BAR, LEGEND = 32.0, 40.0  # the least height of a bar, and that of what the colours mean
LEAST = 8  # pillars drawn by agreement, the lowest


def agreement_slide(deck: Deck, report: Report) -> None:
    """Agreement by pillar, lowest first, beside the answers to the questions on which people differ most. Left out where
    agreement may not be shown."""
    section = agreement(report)
    if not section.rows:
        return
    page, area = deck.page(section.title, _("Agreement"), section.note), deck.area
    half, keys = (area.width - 32) / 2, _differing(report)
    _by_pillar(page, section, Box(area.x, area.y, half if keys else area.width, area.height))
    spread_chart(page, report, keys, Box(area.x + half + 32, area.y, half, area.height))
    page.notes(_agreement_notes(report, section))


def _by_pillar(page: Page, section: AgreementSection, box: Box) -> None:
    lowest = sorted(section.rows, key=lambda row: row.r_wg)[:LEAST]
    labels = [f"{row.name} ({row.band})" if row.band else row.name for row in lowest]
    alt, name = numbers.listed([f"{row.name} {row.value}" for row in lowest]), _("Agreement, r*wg")
    page.text(Box(box.x, box.y, box.width, 18), [Para(name, size=13, bold=True)])
    place = Box(box.x, box.y + 22, box.width, min(box.height - 22, 60 + 42.0 * len(lowest)))
    series = [(name, [as_printed(row.r_wg, 2) for row in lowest], ACCENT)]
    bars_chart(page, place, labels, series, axis=Axis(0, 1, 0.5), alt=f"{name}: {alt}", stacked=False, form="0.00")


def _agreement_notes(report: Report, section: AgreementSection) -> list[str]:
    found = differences(report)
    rows = (f"{row.name}: {row.value}, {row.band}, {row.people}" for row in section.rows)
    flagged = (f"{row.question} {row.note}." for row in (*found.rows, *found.more))
    return [f"{section.title}.", f"{found.title}.", *rows, *flagged, found.hidden or "", found.careless or ""]


def _differing(report: Report) -> list[str]:
    """The questions that are flagged and may be shown, the widest difference first."""
    flagged = [
        row for pillar in report.result.pillars for row in pillar.questions if row.key in pillar.agreement.flagged
    ]
    shown = sorted((row for row in flagged if row.key in report.counts), key=lambda row: -(row.disagreement or 0))
    return [row.key for row in shown[:BARS]]


def spread_chart(page: Page, report: Report, keys: Sequence[str], box: Box) -> bool:
    """People per answer to as many of these questions as have room; False without any."""
    keys = keys[: max(0, int((box.height - 22 - LEGEND) / BAR))]
    if not keys:
        return False
    counts, questions = [report.counts[key] for key in keys], [report.bank.questions[key] for key in keys]
    most = max(len(each) for each in counts)
    names = [str(place) for place in range(1, most + 1)]
    if all(question.choices is None for question in questions):
        names = [numbered(report.bank, questions[0], level) for level in range(1, most + 1)]
    series = [
        (
            name,
            [each[place - 1] if place <= len(each) else None for each in counts],
            palette.FILL[palette.tone(place, most)],
        )
        for place, name in enumerate(names, start=1)
    ]
    labels = [question.short or Truncator(question.text).chars(40) for question in questions]
    told = (numbers.listed([str(people) for people in each]) for each in counts)
    alt = "; ".join(f"{quoted(question)}: {people}" for question, people in zip(questions, told, strict=True))
    heading = _("People by answer")
    page.text(Box(box.x, box.y, box.width, 18), [Para(heading, size=13, bold=True)])
    place = Box(box.x, box.y + 22, box.width, min(box.height - 22, 90 + 52.0 * len(keys)))
    axis = Axis(0, max(sum(each) for each in counts), 1)
    bars_chart(page, place, labels, series, axis=axis, alt=f"{heading}. {alt}", stacked=True, form="0;;;")
    return True
