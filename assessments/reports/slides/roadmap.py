"""The roadmap on a slide: who does what in which quarters, an action or move a row with its bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assessments.charts import palette
from assessments.pages.result.next_steps import move
from assessments.reports.report import Report
from assessments.reports.sections.calendar import Timeline
from assessments.reports.sections.roadmap import roadmap
from assessments.reports.slides.base import Box
from assessments.reports.slides.writer import LINE, MUTED, Deck, Page, Para, fitted
from assessments.scoring.bank import HORIZONS
from assessments.sentences import gettext as _
from assessments.wording import numbers

MAX_BARS, PER_PERIOD = 9, 3
WORDS, BAR = 0.44, 22.0  # of the width, for what is done; the height of a bar in points


@dataclass(frozen=True)
class Planned:
    """One row: what, by whom, its effort, and the first and last quarter of its bar."""

    name: str
    owner: str
    effort: str
    first: int
    last: int


def roadmap_slide(deck: Deck, report: Report) -> None:
    """The actions that are decided and not done or, without any, the first moves of each period. Nothing without either."""
    section, timeline = roadmap(report), Timeline(report.scored_on, HORIZONS)
    rows = _decided(report, timeline) if report.actions else _suggested(report, timeline)
    if section is None or not rows:
        return
    page, area = deck.page(section.title, _("Roadmap"), _note(report, len(rows))), deck.area
    quarters, left = timeline.quarters, area.width * WORDS
    wide, each = (area.width - left) / len(quarters), min(40.0, (area.height - 22) / len(rows))
    for place, start in enumerate(quarters):
        _head(page, start, Box(area.x + left + wide * place, area.y - 4, wide, 18))
    for place, row in enumerate(rows):
        _row(page, row, Box(area.x, area.y + 18 + each * place, area.width, each), wide)
    page.notes((f"{section.title}.", *(_told(row, quarters) for row in rows)))


def _note(report: Report, shown: int) -> str:
    if report.actions:
        return _("What was decided on this result and is not done, with its owner")
    every = len(report.result.priorities)
    text = _("Suggested by the result, not decided yet: the first %(shown)s of %(all)s moves, with their owners")
    return text % {"shown": numbers.in_words(shown), "all": numbers.in_words(every)}


def _decided(report: Report, timeline: Timeline) -> list[Planned]:
    """Each in the quarter in which it is due or, without a date, in those of its period."""
    found = []
    for action in report.actions:
        first, last = timeline.span(action.horizon if action.horizon in HORIZONS else HORIZONS[-1])
        if action.due_on:
            last = sum(start <= action.due_on for start in timeline.quarters[1:])
            first = min(first, last)
        effort = "" if action.effort is None else numbers.effort(action.effort)
        found += [Planned(action.title, action.who, effort, first, last)] * (action.status != "done")
    return found[:MAX_BARS]


def _suggested(report: Report, timeline: Timeline) -> list[Planned]:
    rows = []
    for horizon in HORIZONS:
        period = [each for each in report.result.priorities if each.horizon == horizon][:PER_PERIOD]
        found = (move(report, each) for each in period)
        rows += [Planned(each.action, each.owner or "", each.effort or "", *timeline.span(horizon)) for each in found]
    return rows


def _head(page: Page, start: date, box: Box) -> None:
    page.text(box, [Para(numbers.quarter(start), size=12, colour=MUTED)])


def _row(page: Page, row: Planned, box: Box, wide: float) -> None:
    """The action with its effort, and the bar with its owner over a hairline."""
    left = box.width * WORDS
    page.rect(Box(box.x, box.y, box.width, 0.75), fill=LINE)
    page.text(Box(box.x, box.y + 3, left - 12, box.height - 4), [Para(row.effort, row.name, size=12)])
    place = Box(box.x + left + wide * row.first, box.y + (box.height - BAR) / 2, wide * (row.last - row.first + 1), BAR)
    bar = page.rect(place, fill=palette.RAMP[1])
    bar.name = row.name[:60]
    kept, scale = fitted([Para(row.owner or _("No owner yet"), size=12, after=0)], place.width - 16, BAR - 2)
    page.fill(bar, kept, scale, anchor="ctr")
    inset = str(8 * 12_700)
    bar.text_frame._txBody.bodyPr.attrib.update({"lIns": inset, "rIns": inset})


def _told(row: Planned, quarters: Sequence[date]) -> str:
    ends = [numbers.quarter(quarters[place]) for place in sorted({row.first, row.last})]
    return f"{row.name}: {numbers.listed([part for part in (row.owner, row.effort, '–'.join(ends)) if part])}"
