"""The results of units side by side, as two to four pages of a report and as a table: for readers who may see all units."""

from collections.abc import Iterator, Sequence
from math import ceil

from assessments.charts.unit_dots import unit_dots_svg
from assessments.charts.unit_radars import unit_radars_svg
from assessments.pages.unit_results import UnitRow, UnitsPage
from assessments.reports.blocks import (
    DASH,
    FIGURE,
    NOTE,
    ONE,
    SUB,
    TWO,
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Section,
    Styled,
    Table,
    Text,
)
from assessments.reports.precision import ends
from assessments.reports.report import Report
from assessments.results import SeenUnits, UnitsBefore
from assessments.scoring.bank import Bank
from assessments.scoring.figures import Interval
from assessments.scoring.unit_figures import UnitLine
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.units import names_of

MAX_ROWS = 40  # units on paper; a deeper tree ends at the last depth that fits
MAX_RADARS = 18
MAX_COLUMNS = 10  # scores beside each other
INDENT = "\u2002"  # in Word
DEPTHS = ("", "depth-2", "depth-3", "depth-4", "depth-5", "depth-6")  # classes in the PDF


def units_section(report: Report) -> Section | None:
    """What the units add up to, each unit, and where they differ most; None for a reader who does not see them all, and
    for a single unit, which says nothing that the whole does not."""
    page = None if report.units is None else UnitsPage(report.bank, report.units)
    if page is None or not page.rollups:
        return None
    drawn = unit_dots_svg([(row.name, row.scores, row.mean) for row in page.rollups], page.axis, _("no score"))
    sub = _("Three answers that are never mixed: how many units are at each level, their mean, and the weakest.")
    blocks: list[Block] = [Text(f"{sub} {page.weights}", SUB)]
    blocks += [Text(said, NOTE) for said in (page.central, page.hidden) if said]
    blocks += [
        _rollups(page),
        Heading(_("Each unit, %(scale)s") % {"scale": page.scale}),
        Figure(drawn, 150, "trend-box"),
    ]
    blocks += [*_unit_by_unit(page), *_profiles(page), *_differing(page)]
    return Section("units", _("Results by unit"), page.title, tuple(blocks))


def _rollups(page: UnitsPage) -> Table:
    columns = (
        Column("pillar", _("Pillar"), 38),
        Column("shares", _("Units at each level"), 62),
        Column("mean", _("Mean (90%% interval)") % {}, 30, FIGURE),
        Column("weakest", _("Weakest unit"), 40),
    )
    rows = tuple((row.name, row.shares or None, row.mean or None, row.weakest or None) for row in page.rollups)
    return Table("units_together", _("All units together"), columns, rows, look="together")


def _unit_by_unit(page: UnitsPage) -> Iterator[Block]:
    rows = _fitting(page.rows)
    yield Heading(_("Unit by unit"), "new-page")
    yield Text(_("Score and level: 3.2 / 3 is a score of 3.2 and level 3."), NOTE)
    if page.since:
        yield Text(_("A change is shown where nobody joined or left, or at least five people did."), NOTE)
    if len(rows) < len(page.rows):
        said = _("%(n)d of %(all)d units are listed here; the workbook has all of them.")
        yield Text(said % {"n": len(rows), "all": len(page.rows)}, NOTE)
    heads = [_("Index"), *(name for _key, name in page.columns)]
    if page.since:
        heads.insert(1, _("Index since %(round)s") % {"round": page.since})
    beside = ceil(len(heads) / ceil(len(heads) / MAX_COLUMNS))
    for start in range(0, len(heads), beside):
        part = slice(start, start + beside)
        width = 126 / len(heads[part])
        columns = (
            Column("unit", _("Unit"), 44),
            *(Column(f"score_{start + n}", head, width, FIGURE) for n, head in enumerate(heads[part])),
        )
        cells = tuple((_name(row), *(_absent(row) or _cells(row, with_change=bool(page.since))[part])) for row in rows)
        yield Table("unit_by_unit", _("Unit by unit"), columns, cells, look="heat")


def _profiles(page: UnitsPage) -> Iterator[Block]:
    found = page.profiles(MAX_RADARS)
    if len(found) > 1:
        yield Heading(_("Profiles side by side"))
        yield Text(page.about_radars(MAX_RADARS), NOTE)
        yield Figure(unit_radars_svg(found, page.mean, page.axis), 165, "unit-radars-box")


def _fitting(rows: Sequence[UnitRow]) -> Sequence[UnitRow]:
    """The units down to the last depth that fits; of too many at the top those with the lowest index."""
    for depth in range(max((row.depth for row in rows), default=1), 0, -1):
        found = [row for row in rows if row.depth <= depth]
        if len(found) <= MAX_ROWS:
            return found
    scored = [row for row in rows if row.depth == 1 and row.line.index is not None]
    return sorted(scored, key=lambda row: row.line.index or 0.0)[:MAX_ROWS]


def _name(row: UnitRow) -> Styled:
    return Styled(INDENT * (row.depth - 1) + row.name, DEPTHS[min(row.depth, len(DEPTHS)) - 1])


def _absent(row: UnitRow) -> list[Cell]:
    """One cell across the table for a unit without any figure."""
    return [Styled(row.absent, "cell out")] if row.absent else []


def _cells(row: UnitRow, *, with_change: bool) -> list[Cell]:
    levels = [row.line.level, *(pillar.level for pillar in row.line.pillars)]
    levels += [None] * (len(row.every_cell) - len(levels))
    cells: list[Cell] = [
        Styled(cell.why, "cell out") if cell.score is None else
        Styled(f"{cell.score} / {DASH if level is None else level}", f"cell {cell.style}")
        for cell, level in zip(row.every_cell, levels, strict=True)
    ]  # fmt: skip
    return [cells[0], *([Styled(row.change or DASH, "cell")] if with_change else []), *cells[1:]]


def _differing(page: UnitsPage) -> Iterator[Block]:
    if not page.differing:
        return
    columns = (
        Column("question", _("Question"), 80), Column("low", _("Lowest"), 45), Column("high", _("Highest"), 45),
    )  # fmt: skip
    rows = tuple(
        (each.text, f"{each.low}, {each.low_unit}", f"{each.high}, {each.high_unit}") for each in page.differing
    )
    yield Heading(_("Where units differ most"))
    yield Table("units_differ", _("Where units differ most"), columns, rows, look="differ")


def units_table(bank: Bank, units: SeenUnits) -> Table:
    """A row for the index and for each pillar of a unit; None where a figure is hidden or missing. If there is a previous
    round that units may be compared with, the last column is the change of the index, of both as printed."""
    before = units.before
    columns = (
        Column("unit", _("Unit"), 34),
        Column("above", _("Part of"), 34),
        Column("pillar", _("Pillar"), 18),
        Column("people", _("People who answered"), 12),
        Column("score", _("Score"), 10, TWO),
        Column("level", _("Level"), 10),
        Column("interval_low", _("90%% interval, from") % {}, 16, TWO),
        Column("interval_high", _("90%% interval, to") % {}, 16, TWO),
        *([Column("change", _("Index since %(round)s") % {"round": before.name}, 16, ONE)] if before else []),
    )
    names, pillars = names_of(units.units), {pillar.key: pillar.name for pillar in bank.pillars}
    rows: list[tuple[Cell, ...]] = []
    for line in units.units:
        about = names[line.id], names.get(line.parent or "")
        change = [_change(before, line)] if before else []
        rows.append((*about, _("Index"), line.people, *_figures(line.index, line.level, line.interval), *change))
        rows += [
            (
                *(*about, pillars[each.key], line.people, *_figures(each.score, each.level, each.interval)),
                *(None for _none in change),
            )
            for each in line.pillars
        ]
    return Table("units", _("Units"), columns, tuple(rows), identity=3)


def _change(before: UnitsBefore, line: UnitLine) -> float | None:
    then = before.indexes.get(line.id)
    return None if then is None or line.index is None else numbers.apart(then, line.index)


def _figures(score: float | None, level: int | None, interval: Interval | None) -> tuple[Cell, ...]:
    return score, level, *ends(interval, coarse=False)
