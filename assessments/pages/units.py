"""The tree of an organisation's units as its page and the choices of forms show it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from assessments.models import Assessment, PartOfTree, Unit
from assessments.results import units_asked


@dataclass(frozen=True)
class TreeLine:
    """One unit in the order of the tree; `depth` is 1 at the top, `path` the names from the top."""

    unit: Unit
    depth: int
    path: tuple[str, ...]

    @property
    def label(self) -> str:
        """The path as text."""
        return " › ".join(self.path)

    @property
    def choice(self) -> str:
        """The name first, and then where it is, for a list that cuts long lines off."""
        return f"{self.unit.name} ({self.above})" if self.above else self.unit.name

    @property
    def above(self) -> str:
        """The path of the unit above it."""
        return " › ".join(self.path[:-1])


def tree_lines(units: Iterable[Unit]) -> list[TreeLine]:
    """The units, each followed by those below it."""
    rows = list(units)
    known = {unit.pk for unit in rows}
    below: dict[UUID | None, list[Unit]] = {}
    for unit in rows:
        below.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    return list(_lines(below, None, ()))


def _lines(below: dict[UUID | None, list[Unit]], parent: UUID | None, path: tuple[str, ...]) -> Iterator[TreeLine]:
    for unit in below.get(parent, ()):
        here = (*path, unit.name)
        yield TreeLine(unit, len(here), here)
        yield from _lines(below, unit.pk, here)


def choices(lines: Iterable[TreeLine], besides: Collection[UUID] = ()) -> list[tuple[UUID, str]]:
    """The active units for a form, without `besides` and what is below them."""
    left_out = set(besides)
    found = []
    for line in lines:
        if line.unit.pk in left_out or line.unit.parent_id in left_out or line.unit.is_closed:
            left_out.add(line.unit.pk)
        else:
            found.append((line.unit.pk, line.choice))
    return found


def part_choices(part: PartOfTree) -> list[tuple[UUID, str]]:
    """The units of a part of the tree for a form."""
    return [(line.unit.pk, line.choice) for line in tree_lines(part.values())]


def asked_paths(assessment: Assessment) -> list[tuple[UUID, tuple[str, ...]]]:
    """The units that an assessment asks, with their names from the top of the part that it asks."""
    return paths_in(units_asked(assessment))


def paths_in(part: PartOfTree) -> list[tuple[UUID, tuple[str, ...]]]:
    """The units of a part of the tree, with their names from its top."""
    return [(line.unit.pk, line.path) for line in tree_lines(part.values())]
