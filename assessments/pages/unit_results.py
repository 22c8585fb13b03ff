"""The results of units side by side: a heat map, what they add up to, dots for each pillar, and small radars."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.html import format_html
from django.utils.safestring import SafeString

from assessments.charts.axis import axis_of
from assessments.charts.palette import tone
from assessments.charts.radar import MIN_AXES
from assessments.charts.unit_dots import unit_dots
from assessments.charts.unit_radars import UnitProfile, unit_radar
from assessments.charts.unit_shares import unit_shares
from assessments.results import SeenUnits
from assessments.scoring.bank import Bank
from assessments.scoring.unit_figures import PillarOfUnit, UnitLine
from assessments.scoring.units import Rollup
from assessments.sentences import gettext as _
from assessments.wording import numbers, units as words

from .unit_differences import Differing, most_differing

MOST_RADARS = 24


@dataclass(frozen=True)
class UnitCell:
    """A score with its level and the tone of the level; `why` there is none."""

    score: str | None = None
    level: str | None = None
    tone: str | None = None
    why: str = ""

    @property
    def style(self) -> str:
        """The class of the cell."""
        if self.score is None:
            return "out"
        return f"l{self.tone}" if self.tone else "open"

    @property
    def note(self) -> str:
        """What is written below the score, or instead of it."""
        return self.why if self.score is None else self.level or ""

    @cached_property
    def markup(self) -> SafeString:
        """The cell as HTML, written once for all cells with the same figures: a large tree has two thousand."""
        score = format_html("<b>{}</b>", self.score) if self.score else ""
        return format_html('<td class="cell {}">{}<span class="what">{}</span></td>', self.style, score, self.note)


@dataclass(frozen=True)
class UnitRow:
    """A unit in the heat map: `depth` from 1 in the order of the tree."""

    line: UnitLine
    name: str
    depth: int
    people: str
    change: str  # of the index since the previous round
    total: UnitCell
    cells: tuple[UnitCell, ...]

    @property
    def every_cell(self) -> tuple[UnitCell, ...]:
        """The index and each pillar."""
        return (self.total, *self.cells)

    @property
    def absent(self) -> str:
        """Why there is no figure at all."""
        reasons = {cell.why for cell in self.every_cell}
        return reasons.pop() if len(reasons) == 1 else ""


@dataclass(frozen=True)
class RollupRow:
    """What the units add up to for a pillar, or for the index: the three ways, as text."""

    name: str
    shares: str
    bar: SafeString | None  # the shares, drawn
    mean: str
    weakest: str
    scores: tuple[float, ...]  # of the units that have one
    dots: SafeString | None


class UnitsPage:
    """The page as one reader may see it; `sort` is "" for the order of the tree, "total", "name", or a pillar's key."""

    def __init__(self, bank: Bank, seen: SeenUnits, sort: str = "") -> None:
        self.bank, self.seen, self.axis = bank, seen, axis_of(bank)
        self._cells: dict[tuple[Decimal | None, int | None, bool], UnitCell] = {}
        self.sort = sort if sort in {"total", "name", *(pillar.key for pillar in bank.pillars)} else ""

    @cached_property
    def columns(self) -> list[tuple[str, str]]:
        """The key and the short name of each pillar."""
        return [(pillar.key, pillar.short or pillar.name) for pillar in self.bank.pillars]

    @property
    def title(self) -> str:
        """The finding; for readers who see some units, only what this page is."""
        return words.headline(self.bank, self.seen.results) if self.seen.is_all else _("Your part of the organisation")

    @property
    def hidden(self) -> str | None:
        return words.hidden(self.seen.results) if self.seen.is_all else None

    @property
    def weights(self) -> str:
        return words.weights(self.seen.results)

    @property
    def central(self) -> str:
        """That the scores of units leave central questions out; empty for a bank without any."""
        return words.central(len(self.bank.central)) if self.bank.central else ""

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each unit by id, where it stands alone."""
        return words.names_of(self.seen.units)

    @property
    def scale(self) -> str:
        """The ends of the axis of the dots."""
        return numbers.ends(self.bank.scale)

    @cached_property
    def rows(self) -> list[UnitRow]:
        """The units in the chosen order; those without a figure last."""
        depths = self._depths
        rows = [self._row(line, depths[line.id]) for line in self.seen.units]
        if self.sort == "name":
            return sorted(rows, key=lambda row: row.name.casefold())
        if self.sort:
            return sorted(rows, key=lambda row: self._figure(row.line), reverse=True)
        return rows

    @cached_property
    def _depths(self) -> Mapping[str, int]:
        depths: dict[str, int] = {}
        for line in self.seen.units:
            depths[line.id] = 1 + depths.get(line.parent or "", 0)
        return depths

    def ends(self, most: int, chosen: Collection[str]) -> list[UnitLine]:
        """Of the `chosen` units (ids) those at the ends of the tree or, if they are more than `most`, at the lowest depth
        that fits; of too many at the top, those with the lowest index."""
        found: list[UnitLine] = []
        for depth in range(max(self._depths.values(), default=1), 0, -1):
            at = {line.id for line in self.seen.units if self._depths[line.id] == depth or line.is_leaf}
            found = [
                line
                for line in self.seen.units
                if line.id in chosen and line.id in at and self._depths[line.id] <= depth
            ]
            if len(found) <= most:
                return found
        return sorted(found, key=lambda line: (line.index is None, line.index or 0.0))[:most]

    @cached_property
    def _outlines(self) -> dict[str, list[float | None]]:
        """The scores of each unit with enough of them for a radar, by id."""
        scores = {line.id: [pillar.score for pillar in line.pillars] for line in self.seen.units}
        return {key: found for key, found in scores.items() if len(found) - found.count(None) >= MIN_AXES}

    def profiles(self, most: int = MOST_RADARS) -> list[UnitProfile]:
        """The units to draw as radars: as many as `ends` takes."""
        lines = self.ends(most, self._outlines)
        return [UnitProfile(self.names[line.id], self._note(line), self._outlines[line.id]) for line in lines]

    def _note(self, line: UnitLine) -> str:
        cell = self._cell(line.index, line.level, is_hidden=line.is_hidden)
        return cell.note if cell.score is None else f"{cell.score}, {cell.note}"

    @property
    def mean(self) -> list[float | None]:
        """The mean of all units by pillar, for readers who see them all."""
        rollups = self.seen.results.rollups.pillars
        return [rollup.mean if self.seen.is_all else None for rollup in rollups]

    @cached_property
    def radars(self) -> list[tuple[UnitProfile, SafeString]]:
        """Each profile with its drawing; none if there are no two to compare."""
        found = self.profiles()
        return [(unit, unit_radar(unit, self.mean, self.axis)) for unit in found] if len(found) > 1 else []

    def about_radars(self, most: int = MOST_RADARS) -> str:
        """How to read the radars, and whether there are more units than radars."""
        names = numbers.joined([name for _key, name in self.columns])
        said = [_("Pillars clockwise from the top: %(pillars)s.") % {"pillars": names}]
        said += [_("The shaded area is the mean of all units.")] if self.seen.is_all else []
        ends = sum(line.is_leaf and line.id in self._outlines for line in self.seen.units)
        if ends > most:
            drawn = {"n": len(self.ends(most, self._outlines)), "all": len(self._outlines)}
            said.append(_("%(n)d of %(all)d units are drawn.") % drawn)
        return " ".join(said)

    def _figure(self, line: UnitLine) -> tuple[bool, float]:
        pillars = {pillar.key: pillar.score for pillar in line.pillars}
        score = line.index if self.sort == "total" else pillars.get(self.sort)
        return (score is not None, score or 0.0)

    def _row(self, line: UnitLine, depth: int) -> UnitRow:
        pillars = {pillar.key: pillar for pillar in line.pillars}
        return UnitRow(
            line=line,
            name=self.names[line.id] if self.sort or line.is_own else line.name,
            depth=depth if not self.sort else 1,
            change=self._change(line),
            people="" if line.people is None else numbers.people(line.people),
            total=self._cell(line.index, line.level, is_hidden=line.is_hidden),
            cells=tuple(self._pillar_cell(line, pillars.get(key)) for key, _name in self.columns),
        )

    def _change(self, line: UnitLine) -> str:
        then = None if self.seen.before is None else self.seen.before.indexes.get(line.id)
        return "" if then is None or line.index is None else numbers.difference(then, line.index)

    @property
    def since(self) -> str:
        """The name of the previous round, if a unit may be compared with it."""
        return self.seen.before.name if self.seen.before and self.seen.before.indexes else ""

    @property
    def wide(self) -> int:
        """The columns of figures."""
        return len(self.columns) + 1 + bool(self.since)

    def _pillar_cell(self, line: UnitLine, pillar: PillarOfUnit | None) -> UnitCell:
        if pillar is None:
            return self._cell(None, None, is_hidden=line.is_hidden)
        return self._cell(pillar.score, pillar.level, is_hidden=pillar.is_hidden)

    def _cell(self, score: float | None, level: int | None, *, is_hidden: bool) -> UnitCell:
        key = (None if score is None else numbers.rounded(score), level, is_hidden)
        if key not in self._cells:
            self._cells[key] = self._new_cell(score, level, is_hidden=is_hidden)
        return self._cells[key]

    def _new_cell(self, score: float | None, level: int | None, *, is_hidden: bool) -> UnitCell:
        if score is None:
            return UnitCell(why=_("not shown") if is_hidden else _("no score"))
        if level is None:
            return UnitCell(numbers.score(score), _("no level"))
        return UnitCell(numbers.score(score), numbers.level(self.bank, level), tone(level, len(self.bank.levels)))

    @cached_property
    def rollups(self) -> list[RollupRow]:
        """The index and each pillar, for readers who see all units; nothing for a single unit."""
        if not self.seen.is_all or len(self.seen.results.leaves) < 2:
            return []
        found = self.seen.results.rollups
        names = [_("Index"), *(pillar.name for pillar in self.bank.pillars)]
        of: list[Callable[[UnitLine], float | None]] = [lambda line: line.index]
        of += [_score_at(place) for place in range(len(self.bank.pillars))]
        return [
            self._rollup(name, rollup, [get(line) for line in self.seen.results.leaves])
            for name, rollup, get in zip(names, [found.overall, *found.pillars], of, strict=True)
        ]

    def _rollup(self, name: str, rollup: Rollup, scores: Sequence[float | None]) -> RollupRow:
        given = tuple(score for score in scores if score is not None)
        return RollupRow(
            name,
            words.shares(self.bank, rollup),
            unit_shares(self.bank, name, rollup),
            words.mean(rollup),
            self.names.get(rollup.weakest or "", ""),
            given,
            unit_dots(name, given, self.axis) if given else None,
        )

    @cached_property
    def differing(self) -> list[Differing]:
        """The questions in which units differ most, the widest first."""
        return most_differing(self.bank, self.seen.units, self.names)


def _score_at(place: int) -> Callable[[UnitLine], float | None]:
    return lambda line: line.pillars[place].score if line.pillars else None
