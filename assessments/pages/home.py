"""Home: what waits for a person, and what moves in the assessments that they manage."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value, When
from django.utils import timezone

from assessments.models import (
    Assessment,
    Delegation,
    NameReview,
    Organisation,
    Participant,
    ProgrammeRun,
    Submission,
    Unit,
    User,
)
from assessments.models.assessment import AssessmentQuerySet

from .portfolio.clients import is_overdue

MANAGED = 10  # assessments listed; the portfolio has them all
CAME_IN, CAME_IN_WITHIN = 5, datetime.timedelta(days=14)
NAMED = 3  # people of an assessment who have not submitted
PER_PAGE = 10


@dataclass(frozen=True)
class ManagedLine:
    """An assessment that the reader manages. `names`: some of the people who have not submitted."""

    assessment: Assessment
    invited: int
    submitted: int
    names: tuple[str, ...]

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self.assessment)

    @property
    def is_complete(self) -> bool:
        """Whether nobody is missing."""
        return self.assessment.is_open and self.invited == self.submitted > 0

    @property
    def unnamed(self) -> int:
        """How many more have not submitted."""
        return self.invited - self.submitted - len(self.names)


@dataclass(frozen=True)
class HomePage:
    """Home of one person. `first` is what to answer next; `total` counts the assessments they manage."""

    first: Participant | None
    others: Sequence[Participant]
    done: Page[Participant]
    workshops: Sequence[Assessment]
    delegated: Sequence[Delegation]
    reviews: Sequence[NameReview]
    parts: Sequence[tuple[Assessment, Sequence[Unit]]]  # that the reader runs as a unit lead
    led: Page[Organisation]
    deleted: Sequence[Organisation]
    is_consultant: bool
    total: int = 0
    managed: Sequence[ManagedLine] = field(default=())
    came_in: Sequence[Submission] = field(default=())

    @property
    def asked(self) -> Sequence[Participant]:
        """Those listed here with a question about the reader's answers that waits for a reply."""
        first = [] if self.first is None else [self.first]
        return [part for part in (*first, *self.others, *self.done) if getattr(part, "is_asked", False)]

    @property
    def has_own(self) -> bool:
        """Whether anything here is the reader's own, and not only managed for others."""
        waiting = self.first or self.workshops or self.delegated or self.reviews or self.parts
        return bool(waiting or self.done or self.led or self.deleted)

    @property
    def is_empty(self) -> bool:
        return not (self.has_own or self.total)


def home_page(user: User, taken: QuerySet[Participant], *, page: str, **rest: Any) -> HomePage:
    """Home of `user`, from what they take part in and the remaining fields of `HomePage`, as they may see them.

    At most seven queries, however many assessments. `page` is that of what they have completed.
    """
    submitted = Participant.objects.filter(user=user, submission__state=Submission.State.SUBMITTED).values("pk")
    waiting = taken.filter(assessment__state=Assessment.State.OPEN).exclude(pk__in=submitted)
    todo = list(waiting.order_by(F("assessment__due_on").asc(nulls_last=True), "-assessment__created_at"))
    done = taken.exclude(pk__in=[part.pk for part in todo])
    run = Assessment.objects.managed_by(user)
    total = run.count()
    return HomePage(
        first=todo[0] if todo else None,
        others=todo[1:],
        done=Paginator(done, PER_PAGE).get_page(page),
        total=total,
        managed=_managed(run) if total else (),
        came_in=_came_in(run) if total else (),
        **rest,
    )


def organisations_page(led: QuerySet[Organisation], page: str) -> Page[Organisation]:
    """A page of them, each with `programme_waits`: whether somebody has to act before its programme goes on."""
    waiting = ProgrammeRun.objects.waiting().filter(programme__organisation=OuterRef("pk"))
    rows = led.annotate(programme_waits=Exists(waiting))
    return Paginator(rows, PER_PAGE).get_page(page)  # type: ignore[return-value]  # annotated


def _managed(run: AssessmentQuerySet) -> tuple[ManagedLine, ...]:
    """The most urgent first: open by due date, then closed, drafts and released, each newest first. Two queries."""
    state = Assessment.State
    order = (state.OPEN, state.CLOSED, state.DRAFT)
    urgency = Case(*(When(state=each, then=Value(n)) for n, each in enumerate(order)), default=Value(len(order)))
    rows = (
        run.select_related("organisation")
        .with_progress()
        .annotate(urgency=urgency, due=Case(When(state=state.OPEN, then=F("due_on"))))
    )
    listed = list(rows.order_by("urgency", F("due").asc(nulls_last=True), "-created_at", "pk")[:MANAGED])
    waiting = _waiting([row.pk for row in listed if row.is_open])
    return tuple(
        ManagedLine(
            assessment=row,
            invited=row.invited,  # type: ignore[attr-defined]  # annotated
            submitted=row.submitted,  # type: ignore[attr-defined]
            names=tuple(waiting[row.pk][:NAMED]),
        )
        for row in listed
    )


def _waiting(keys: Sequence[UUID]) -> dict[UUID, list[str]]:
    """The names, where known, of those who have not submitted, by assessment. One query."""
    names: dict[UUID, list[str]] = defaultdict(list)
    people = Participant.objects.filter(assessment__in=keys).select_related("user", "submission")
    for person in people.order_by("name", "pk"):
        has_submitted = hasattr(person, "submission") and person.submission.is_submitted
        if not has_submitted and (person.name or person.user):
            names[person.assessment_id].append(str(person))
    return names


def _came_in(run: AssessmentQuerySet) -> list[Submission]:
    """The latest submissions to open assessments. One query."""
    since = timezone.now() - CAME_IN_WITHIN
    submitted = Submission.objects.submitted().filter(
        participant__assessment__in=run.filter(state=Assessment.State.OPEN), submitted_at__gt=since
    )
    parts = ("participant__user", "participant__assessment__organisation")
    return list(submitted.select_related(*parts).order_by("-submitted_at", "pk")[:CAME_IN])
