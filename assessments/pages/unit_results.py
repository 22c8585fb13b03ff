"""The results of units side by side: a heat map, what they add up to, dots for each pillar, and where they differ most."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from assessments.charts.axis import axis_of
from assessments.charts.palette import tone
from assessments.charts.unit_dots import unit_dots
from assessments.results import SeenUnits
from assessments.scoring.bank import Bank, Pillar
from assessments.scoring.unit_figures import PillarOfUnit, UnitLine
from assessments.scoring.units import Rollup
from assessments.sentences import gettext as _
from assessments.wording import numbers, units as words

MOST_DIFFERING = 10


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


@dataclass(frozen=True)
class UnitRow:
    """A unit in the heat map: `depth` from 1 in the order of the tree."""

    line: UnitLine
    name: str
    depth: int
    people: str
    total: UnitCell
    cells: tuple[UnitCell, ...]

    @property
    def every_cell(self) -> tuple[UnitCell, ...]:
        """The index and each pillar."""
        return (self.total, *self.cells)


@dataclass(frozen=True)
class RollupRow:
    """What the units add up to for a pillar, or for the index: the three ways, as text."""

    name: str
    shares: str
    mean: str
    weakest: str
    scores: tuple[float, ...]  # of the units that have one
    dots: SafeString | None


@dataclass(frozen=True)
class Differing:
    """A question with the lowest and the highest mean of a unit."""

    pillar: str
    text: str
    low: str
    low_unit: str
    high: str
    high_unit: str
    apart: float


class UnitsPage:
    """The page as one reader may see it; `sort` is "" for the order of the tree, "total", "name", or a pillar's key."""

    def __init__(self, bank: Bank, seen: SeenUnits, sort: str = "") -> None:
        self.bank, self.seen, self.axis = bank, seen, axis_of(bank)
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
            people="" if line.people is None else numbers.people(line.people),
            total=self._cell(line.index, line.level, is_hidden=line.is_hidden),
            cells=tuple(self._pillar_cell(line, pillars.get(key)) for key, _name in self.columns),
        )

    def _pillar_cell(self, line: UnitLine, pillar: PillarOfUnit | None) -> UnitCell:
        if pillar is None:
            return self._cell(None, None, is_hidden=line.is_hidden)
        return self._cell(pillar.score, pillar.level, is_hidden=pillar.is_hidden)

    def _cell(self, score: float | None, level: int | None, *, is_hidden: bool) -> UnitCell:
        if score is None:
            return UnitCell(why=_("not shown") if is_hidden else _("no score"))
        if level is None:
            return UnitCell(numbers.score(score), _("no level"))
        return UnitCell(numbers.score(score), numbers.level(self.bank, level), tone(level, len(self.bank.levels)))

    @cached_property
    def rollups(self) -> list[RollupRow]:
        """The index and each pillar, for readers who see all units."""
        if not self.seen.is_all:
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
            words.mean(rollup),
            self.names.get(rollup.weakest or "", ""),
            given,
            unit_dots(name, given, self.axis) if given else None,
        )

    @cached_property
    def differing(self) -> list[Differing]:
        """The questions in which units differ most, the widest first."""
        found = [each for pillar in self.bank.pillars for each in self._differing_in(pillar)]
        return sorted(found, key=lambda each: -each.apart)[:MOST_DIFFERING]

    def _differing_in(self, pillar: Pillar) -> list[Differing]:
        means: dict[str, list[tuple[float, str]]] = {}
        for line in self.seen.units:
            shown = next((each for each in line.pillars if each.key == pillar.key), None)
            if line.is_leaf and shown is not None:
                for question, mean in (shown.means or {}).items():
                    means.setdefault(question, []).append((mean, self.names[line.id]))
        return [
            _apart(pillar.name, question.text, means[question.key])
            for question in pillar.questions
            if len(means.get(question.key, ())) > 1
        ]


def _score_at(place: int) -> Callable[[UnitLine], float | None]:
    return lambda line: line.pillars[place].score if line.pillars else None


def _apart(pillar: str, text: str, means: Sequence[tuple[float, str]]) -> Differing:
    (low, low_unit), (high, high_unit) = min(means), max(means)
    return Differing(pillar, text, numbers.score(low), low_unit, numbers.score(high), high_unit, high - low)
