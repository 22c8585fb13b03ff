"""The part of an assessment that a unit lead runs: how many of each unit have submitted, and who; never what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from assessments.models import Assessment, Participant, PartOfTree, Submission, User

from .participants import Person, people_in
from .search import page_of
from .units import TreeLine, tree_lines

PER_PAGE = 50


@dataclass(frozen=True)
class UnitProgress:
    """The people of one unit, without those of the units below it."""

    line: TreeLine
    invited: int
    submitted: int


@dataclass(frozen=True)
class UnitPartPage:
    """A page of the units in the order of the tree, and one of the people of all of them or of the `chosen` one."""

    invited: int
    submitted: int
    units: Page[UnitProgress]
    chosen: TreeLine | None
    people: Sequence[Person]
    page: Page[Participant]

    @property
    def query(self) -> str:
        """What else the addresses of its pages need."""
        return f"unit={self.chosen.unit.pk}" if self.chosen else ""


def unit_part_page(
    assessment: Assessment, part: PartOfTree, people: QuerySet[Participant], reader: User, asked: Mapping[str, str]
) -> UnitPartPage:
    """The page as `asked` for: `unit`, the id of the chosen one, `units` and `page`, the numbers of two pages.

    At most seven queries for any number of units and people.
    """
    lines = tree_lines(part.values())
    units = _progress(assessment, lines)
    chosen = next((line for line in lines if str(line.unit.pk) == asked.get("unit")), None)
    shown = people.filter(unit=chosen.unit) if chosen else people
    one = Paginator(shown.select_related("unit").order_by("name", "pk"), PER_PAGE).get_page(asked.get("page"))
    return UnitPartPage(
        invited=sum(unit.invited for unit in units),
        submitted=sum(unit.submitted for unit in units),
        units=page_of(units, asked.get("units", "")),
        chosen=chosen,
        people=people_in(assessment, one, reader).all,
        page=one,
    )


def _progress(assessment: Assessment, lines: Sequence[TreeLine]) -> list[UnitProgress]:
    """One query."""
    done = Count("pk", filter=Q(submission__state=Submission.State.SUBMITTED))
    rows = assessment.participants.order_by().values_list("unit").annotate(invited=Count("pk"), submitted=done)
    counts: dict[UUID | None, tuple[int, int]] = {unit: (invited, submitted) for unit, invited, submitted in rows}
    return [UnitProgress(line, *counts.get(line.unit.pk, (0, 0))) for line in lines]
