"""Every assessment that a user manages, as a list: searched, filtered, sorted and paginated."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, DateTimeField, F, FloatField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Greatest, Lower, NullIf

from assessments.models import Answer, Assessment, Organisation, Participant, Result, Submission, User
from assessments.results import bank_of
from assessments.wording import numbers

from .clients import clients_of, contains_word, is_overdue, overdue

DEFAULT = "client"


def _people(**where: object) -> Coalesce:
    """Count an assessment's participants in a subquery, because a join would multiply its rows."""
    people = Participant.objects.filter(assessment=OuterRef("pk"), **where).order_by().values("assessment")
    return Coalesce(Subquery(people.annotate(n=Count("pk")).values("n")), 0)


INVITED = _people()
SUBMITTED = _people(submission__state=Submission.State.SUBMITTED)


def _result(column: str) -> Subquery:
    current = Result.objects.filter(assessment=OuterRef("pk")).order_by("-revision")
    return Subquery(current.values(column)[:1])


def _of_submissions(moment: Combinable) -> Coalesce:
    """The latest `moment` of an assessment's submissions; the assessment's creation if there are none."""
    rows = Submission.objects.filter(participant__assessment=OuterRef("pk")).order_by()
    grouped = rows.annotate(moment=moment).values("participant__assessment").annotate(newest=Max("moment"))
    return Coalesce(Subquery(grouped.values("newest")), "created_at")


# One index look-up per submission: reading all answers of all assessments would take seconds
LAST_SAVE = Subquery(
    Answer.objects.filter(submission=OuterRef("pk")).order_by("-saved_at").values("saved_at")[:1],
    output_field=DateTimeField(),
)
# The latest of an assessment's own events and its participants' activity
LAST_ACTIVITY = Greatest(
    "created_at",
    Coalesce("opened_at", "created_at"),
    Coalesce("closed_at", "created_at"),
    Coalesce("released_at", "created_at"),
    _of_submissions(Coalesce("submitted_at", "started_at")),
    _of_submissions(LAST_SAVE),
    output_field=DateTimeField(),
)

SORTS: dict[str, Combinable] = {
    "client": Lower("organisation__name"),
    "round": Lower("name"),
    "completion": Cast(SUBMITTED, FloatField()) / NullIf(Cast(INVITED, FloatField()), 0.0),
    "level": _result("level"),
    "index": _result("index"),
    "change": _result("change"),
    "due": F("due_on"),
    "activity": LAST_ACTIVITY,
}


def is_sort(text: str) -> bool:
    return text.removeprefix("-") in SORTS


def in_order(assessments: QuerySet[Assessment], sort: str) -> QuerySet[Assessment]:
    """Sort by a key of SORTS, descending with a leading minus. Missing values come last either way."""
    expression = SORTS[sort.removeprefix("-")]
    assessments = assessments.annotate(by=expression)
    first = F("by").desc(nulls_last=True) if sort.startswith("-") else F("by").asc(nulls_last=True)
    return assessments.order_by(first, Lower("organisation__name"), "organisation", "-created_at", "pk")


@dataclass(frozen=True)
class SortableColumn:
    """A sortable column: the sort that a click requests, and its current direction (None: not sorted)."""

    key: str
    click: str
    direction: Literal["ascending", "descending"] | None


BEST_FIRST = {"completion", "level", "index", "change", "activity"}


def headings(sort: str) -> dict[str, SortableColumn]:
    """Every column; clicking the column that is sorted by reverses its order."""
    return {key: _heading(key, sort) for key in SORTS}


def _heading(key: str, sort: str) -> SortableColumn:
    if sort == key:
        return SortableColumn(key, f"-{key}", "ascending")
    if sort == f"-{key}":
        return SortableColumn(key, key, "descending")
    return SortableColumn(key, f"-{key}" if key in BEST_FIRST else key, None)


ASSESSMENTS_PER_PAGE = 25
OVERDUE = "overdue"

HIGHEST = 5  # the highest score of a bank with five levels and no scale of its own

type ChangeVerdict = Literal["real", "within_error", "cannot_say"]


@dataclass(frozen=True)
class Filters:
    """The request's filters. `state` is an assessment state or `overdue`."""

    words: str = ""
    state: str = ""
    client: UUID | None = None
    sort: str = DEFAULT
    page: int = 1

    @property
    def is_filtered(self) -> bool:
        return bool(self.words or self.state or self.client)


@dataclass(frozen=True)
class PortfolioLine:
    """One assessment. `result` is loaded without its texts, and only if the assessment is closed."""

    assessment: Assessment
    invited: int
    submitted: int
    last_activity: datetime.datetime
    is_overdue: bool
    result: Result | None

    @property
    def verdict(self) -> ChangeVerdict | None:
        """Whether the change is real; None if there is no change to judge."""
        if self.result is None or self.result.change is None:
            return None
        if self.result.change_is_real is None:
            return "cannot_say"
        return "real" if self.result.change_is_real else "within_error"

    @property
    def highest(self) -> str | None:
        """The highest score of the bank's scale if it is not 5, as an index is then not comparable with the others."""
        high = bank_of(self.assessment.bank_version).scale.high
        return None if high == HIGHEST else numbers.point(high)

    @property
    def level(self) -> str | None:
        """The level of the result, as its bank counts it."""
        level = None if self.result is None else self.result.level
        return None if level is None else bank_of(self.assessment.bank_version).level_text(level)

    @property
    def earlier(self) -> UUID | None:
        """The assessment that the change is measured from."""
        compared = self.result and self.result.compared_with
        return compared.assessment_id if compared else None


@dataclass(frozen=True)
class PortfolioCounts:
    """Counts over all assessments of this user, ignoring filters."""

    assessments: int
    open: int
    overdue: int


@dataclass(frozen=True)
class Portfolio:
    """One page of the list, the clients to filter by, and the counts over all assessments."""

    lines: tuple[PortfolioLine, ...]
    page: Page[UUID]
    clients: Sequence[Organisation]
    counted: PortfolioCounts

    @property
    def found(self) -> int:
        return self.page.paginator.count


def portfolio(user: User, filters: Filters) -> Portfolio:
    """The requested page of the portfolio. At most six queries, however many assessments there are."""
    clients = clients_of(user)
    late = overdue(clients)
    assessments = Assessment.objects.managed_by(user)
    keys = in_order(_filtered(assessments, filters, late), filters.sort).values_list("pk", flat=True)
    page = Paginator(keys, ASSESSMENTS_PER_PAGE).get_page(filters.page)
    return Portfolio(_lines(list(page)), page, clients, _counted(assessments, late))


def listed(user: User, filters: Filters) -> QuerySet[Assessment]:
    """Every assessment that the list shows, across all its pages, in its order."""
    late = overdue(clients_of(user))
    assessments = in_order(_filtered(Assessment.objects.managed_by(user), filters, late), filters.sort)
    return assessments.select_related("organisation")


def _filtered(assessments: QuerySet[Assessment], filters: Filters, late: Q) -> QuerySet[Assessment]:
    for word in filters.words.split():
        assessments = assessments.filter(contains_word("organisation__name", word) | contains_word("name", word))
    if filters.client is not None:
        assessments = assessments.filter(organisation=filters.client)
    if filters.state == OVERDUE:
        return assessments.filter(late)
    return assessments.filter(state=filters.state) if filters.state else assessments


def _counted(assessments: QuerySet[Assessment], late: Q) -> PortfolioCounts:
    counts = assessments.aggregate(
        assessments=Count("pk"),
        open=Count("pk", filter=Q(state=Assessment.State.OPEN)),
        overdue=Count("pk", filter=late),
    )
    return PortfolioCounts(**counts)


def _lines(keys: Sequence[UUID]) -> tuple[PortfolioLine, ...]:
    """The assessments with these ids, in this order. Two queries."""
    rows = Assessment.objects.filter(pk__in=keys).select_related("organisation", "bank_version__bank")
    rows = rows.annotate(invited=INVITED, submitted=SUBMITTED, last_activity=LAST_ACTIVITY)
    current = Result.objects.current().filter(assessment__in=keys).without_texts()
    results = {result.assessment_id: result for result in current.select_related("compared_with").defer(*TEXTS)}
    lines = {row.pk: _line(row, results.get(row.pk)) for row in rows}
    return tuple(lines[key] for key in keys)


TEXTS = ("result", "answers", "compared_with__result", "compared_with__answers")


def _line(row: Assessment, result: Result | None) -> PortfolioLine:
    return PortfolioLine(
        assessment=row,
        invited=row.invited,  # type: ignore[attr-defined]  # annotated
        submitted=row.submitted,  # type: ignore[attr-defined]
        last_activity=row.last_activity,  # type: ignore[attr-defined]
        is_overdue=is_overdue(row),
        result=result,
    )
