"""The units on a slide: how many are at each level, pillar by pillar, beside the units themselves, the weakest first."""

from collections.abc import Sequence
from math import inf

from assessments.charts import palette
from assessments.pages.unit_results import RollupRow, UnitsPage
from assessments.reports.blocks import DASH
from assessments.reports.report import Report
from assessments.reports.slides.base import Box
from assessments.reports.slides.charts import Axis, bars_chart
from assessments.reports.slides.figures import as_printed
from assessments.reports.slides.table import write_table
from assessments.reports.slides.writer import Deck, Page, Para
from assessments.scoring.unit_figures import UnitLine
from assessments.scoring.units import Rollup
from assessments.sentences import gettext as _
from assessments.wording import numbers

MAX_ROWS = 12  # units beside the chart


def units_slide(deck: Deck, report: Report) -> None:
    """Nothing for a reader who does not see all units, for a single unit, or if none of them has a level."""
    page = None if report.units is None else UnitsPage(report.bank, report.units)
    if page is None or not page.rollups or not page.rollups[0].shares:
        return
    slide, area = deck.page(page.title, _("Results by unit"), page.weights), deck.area
    half = (area.width - 32) * 0.56
    _shares(slide, page, Box(area.x, area.y, half, area.height))
    _units(slide, page, Box(area.x + half + 32, area.y, area.width - half - 32, area.height))
    slide.notes((f"{page.title}.", page.hidden or "", page.weights, *map(_told, page.rollups)))


def _shares(slide: Page, page: UnitsPage, box: Box) -> None:
    """The share of units at each level, for the index and each pillar that has one."""
    found = page.seen.results.rollups
    rows = [
        (row, rollup) for row, rollup in zip(page.rollups, [found.overall, *found.pillars], strict=True)
        if rollup.share_by_level
    ]  # fmt: skip
    heading = _("Units at each level")
    slide.text(Box(box.x, box.y, box.width, 18), [Para(heading, size=13, bold=True)])
    place = Box(box.x, box.y + 22, box.width, min(box.height - 22, 70 + 32.0 * len(rows)))
    highest = len(page.bank.levels)
    series = [
        (
            numbers.capitalised(numbers.level(page.bank, level)),
            [_share(rollup, level) for _row, rollup in rows],
            palette.FILL[palette.tone(level, highest)],
        )
        for level in range(1, highest + 1)
    ]
    alt = "; ".join([heading, *(f"{row.name}: {row.shares}" for row, _rollup in rows)])
    labels = [row.name for row, _rollup in rows]
    bars_chart(slide, place, labels, series, axis=Axis(0, 1, 0.5), alt=alt, stacked=True, form="0%;;;")


def _share(rollup: Rollup, level: int) -> float | None:
    """As printed; None for a level that no unit has."""
    return as_printed((rollup.share_by_level or {}).get(level) or None, 2)


def _units(slide: Page, page: UnitsPage, box: Box) -> None:
    scored = [line for line in page.seen.results.leaves if line.index is not None]
    rows = [_unit(page, line) for line in sorted(scored, key=_strength)[:MAX_ROWS]]
    heads = [_("Units, the weakest first"), _("Index"), _("Level")]
    write_table(slide, box, heads, rows, [60, 20, 20], name=heads[0], right=(1, 2))


def _strength(line: UnitLine) -> tuple[float, float]:
    """The order of units from the weakest."""
    return (inf if line.level is None else line.level, line.index or 0.0)


def _unit(page: UnitsPage, line: UnitLine) -> Sequence[Para]:
    index = "" if line.index is None else numbers.score(line.index)
    level = DASH if line.level is None else page.bank.level_number(line.level)
    return [Para(page.names[line.id], size=13), Para(index, size=13), Para(str(level), size=13, bold=True)]


def _told(row: RollupRow) -> str:
    mean = row.mean and f"{_('Mean (90%% interval)') % {}} {row.mean}"
    weakest = row.weakest and f"{_('Weakest unit')} {row.weakest}"
    return f"{row.name}: {numbers.listed([part for part in (row.shares, mean, weakest) if part]) or DASH}"
