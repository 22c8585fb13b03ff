"""By what the list of assessments can be sorted. An expression is only computed for all assessments when it is sorted by."""

from dataclasses import dataclass
from typing import Literal

from django.db.models import Count, DateTimeField, F, FloatField, Max, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Greatest, Lower, NullIf

from assessments.models import Answer, Assessment, Participant, Result, Submission

DEFAULT = "client"


def _people(**where: object) -> Coalesce:
    """A count of an assessment's people, without multiplying its row by them."""
    found = Participant.objects.filter(assessment=OuterRef("pk"), **where).order_by().values("assessment")
    return Coalesce(Subquery(found.annotate(n=Count("pk")).values("n")), 0)


INVITED = _people()
SUBMITTED = _people(submission__state=Submission.State.SUBMITTED)


def _result(column: str) -> Subquery:
    current = Result.objects.filter(assessment=OuterRef("pk")).order_by("-revision")
    return Subquery(current.values(column)[:1])


def _of_submissions(moment: Combinable) -> Coalesce:
    """The newest `moment` of an assessment's submissions; the assessment's making where there is none."""
    rows = Submission.objects.filter(participant__assessment=OuterRef("pk")).order_by()
    grouped = rows.annotate(moment=moment).values("participant__assessment").annotate(newest=Max("moment"))
    return Coalesce(Subquery(grouped.values("newest")), "created_at")


# One look into an index a submission: reading all answers of all assessments would take seconds
LAST_SAVE = Subquery(
    Answer.objects.filter(submission=OuterRef("pk")).order_by("-saved_at").values("saved_at")[:1],
    output_field=DateTimeField(),
)
# The newest of what happened to an assessment and of what people did in it
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
    """`sort` is a key of SORTS, with a minus for descending. What is absent comes last either way."""
    expression = SORTS[sort.removeprefix("-")]
    assessments = assessments.annotate(by=expression)
    first = F("by").desc(nulls_last=True) if sort.startswith("-") else F("by").asc(nulls_last=True)
    return assessments.order_by(first, Lower("organisation__name"), "organisation", "-created_at", "pk")


@dataclass(frozen=True)
class Heading:
    """A column that can be sorted by: what a click asks for, and how it is sorted now (None: it is not)."""

    key: str
    click: str
    direction: Literal["ascending", "descending"] | None


BEST_FIRST = {"completion", "level", "index", "change", "activity"}


def headings(sort: str) -> dict[str, Heading]:
    """Every column; a click on the one that is sorted by turns it assessment."""
    return {key: _heading(key, sort) for key in SORTS}


def _heading(key: str, sort: str) -> Heading:
    if sort == key:
        return Heading(key, f"-{key}", "ascending")
    if sort == f"-{key}":
        return Heading(key, key, "descending")
    return Heading(key, f"-{key}" if key in BEST_FIRST else key, None)
