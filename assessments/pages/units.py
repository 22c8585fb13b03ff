"""The tree of an organisation's units as its page and the choices of forms show it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator

from assessments.models import Assessment, PartOfTree, Unit
from assessments.results import units_asked

UNITS_PER_PAGE = 100


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


@dataclass(frozen=True)
class TreePage:
    """A page of a tree: all units, or those with `words` in their name. `total` counts the units of the tree."""

    words: str
    total: int
    page: Page[TreeLine]

    @property
    def query(self) -> str:
        """What else the addresses of its pages need, URL-encoded."""
        return urlencode({"q": self.words}) if self.words else ""

    @property
    def is_long(self) -> bool:
        """Whether the whole tree takes more than one page."""
        return self.total > UNITS_PER_PAGE


def tree_page(lines: Sequence[TreeLine], *, words: str, page: str) -> TreePage:
    """`words` as somebody typed them, `page` the number as text."""
    sought = " ".join(words.split())
    found = [line for line in lines if sought.casefold() in line.unit.name.casefold()] if sought else lines
    return TreePage(sought, len(lines), page_of(found, page))


def page_of[Row](rows: Sequence[Row], page: str) -> Page[Row]:
    """A page of units."""
    return Paginator(rows, UNITS_PER_PAGE).get_page(page)


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
