"""What was decided after a result: an assessment's actions, and the questions worked on since the previous round."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from assessments.models import Assessment, ProgressNote, RoadmapAction, User
from assessments.scoring.bank import Question

from .bank import bank_of


@dataclass(frozen=True)
class ActionSummary:
    """One action as a report prints it; effort in person-months, `question` empty for a user's own action."""

    title: str
    question: str
    owner: str
    due_on: datetime.date | None
    horizon: str
    effort: float | None
    status: str
    unit: str = ""

    @property
    def who(self) -> str:
        """The owner, and the unit where it is done."""
        return ", ".join(part for part in (self.owner, self.unit) if part)


@dataclass(frozen=True)
class Task:
    """One action as a program that tracks tasks knows it; `requires` are keys of tasks that come first."""

    key: UUID
    title: str
    question: str
    owner: str
    created_on: datetime.date
    due_on: datetime.date | None
    effort: float | None
    status: str
    requires: tuple[UUID, ...]
    unit: str = ""


def tasks_of(assessment: Assessment) -> list[Task]:
    """The actions that were not dropped, in order. Two queries."""
    zone = assessment.organisation.zone
    return [
        Task(
            key=row.pk,
            title=row.title,
            question=row.question,
            owner=row.owner,
            created_on=row.created_at.astimezone(zone).date(),
            due_on=row.due_on,
            effort=row.effort,
            status=row.status,
            requires=tuple(first.pk for first in row.requires.all()),
            unit="" if row.unit is None else row.unit.name,
        )
        for row in actions_of(assessment)
        if row.status != RoadmapAction.Status.DROPPED
    ]


def actions_of(assessment: Assessment) -> QuerySet[RoadmapAction]:
    """Every action of an assessment in order, each with the actions it requires. Two queries."""
    first = Prefetch("requires", RoadmapAction.objects.in_order())
    rows = RoadmapAction.objects.filter(assessment=assessment).select_related("unit").with_who_left()
    return rows.in_order().prefetch_related(first)


def action_of(assessment: Assessment, pk: UUID) -> RoadmapAction:
    """One action of an assessment. Raises Http404 if there is none."""
    action = actions_of(assessment).filter(pk=pk).first()
    if action is None:
        raise Http404
    return action


def progress_of(action: RoadmapAction) -> QuerySet[ProgressNote]:
    """The notes on an action with their authors, newest first."""
    return action.progress.select_related("author").order_by("-at", "-pk")


def possible_owners(assessment: Assessment) -> QuerySet[User]:
    """The people of the organisation, who can own an action."""
    here = User.objects.filter(is_active=True, memberships__organisation=assessment.organisation_id)
    return here.order_by("name", "email")


def action_summaries(assessment: Assessment) -> tuple[ActionSummary, ...]:
    """The actions that were not dropped, in order. One query."""
    actions = (
        RoadmapAction.objects.filter(assessment=assessment).exclude(status=RoadmapAction.Status.DROPPED).in_order()
    )
    return tuple(
        ActionSummary(
            row.title, row.question, row.owner, row.due_on, row.horizon, row.effort, row.status,
            "" if row.unit is None else row.unit.name,
        )
        for row in actions.select_related("unit")
    )  # fmt: skip


def completed_between(before: Assessment, assessment: Assessment) -> tuple[tuple[str, str], ...]:
    """The actions on a question that were completed from the close of one assessment to that of another: the key of the
    question and the title. One query."""
    zone = assessment.organisation.zone
    days = [row.closed_at.astimezone(zone).date() for row in (before, assessment) if row.closed_at is not None]
    earlier = Assessment.objects.filter(
        organisation=assessment.organisation_id, bank_version__bank=assessment.bank_version.bank_id
    )
    rows = (
        RoadmapAction.objects.done().filter(assessment__in=earlier).exclude(question="").exclude(assessment=assessment)
    )
    rows = rows.filter(done_on__range=days) if len(days) == len({before, assessment}) else rows.none()
    return tuple(rows.order_by("done_on", "pk").values_list("question", "title"))


def worked_on_since(assessment: Assessment) -> Sequence[Question]:
    """The questions of this assessment whose actions were completed since the previous round closed, in bank order.

    Empty for a first round. Two queries.
    """
    earlier = Assessment.objects.filter(organisation=assessment.organisation_id, closed_at__lt=assessment.created_at)
    last = earlier.closed().full().order_by("-closed_at").first()
    if last is None or last.closed_at is None:
        return ()
    since = last.closed_at.astimezone(assessment.organisation.zone).date()
    actions = RoadmapAction.objects.done().filter(assessment__in=earlier, done_on__gte=since)
    keys = set(actions.values_list("question", flat=True))
    return [question for key, question in bank_of(assessment.bank_version).questions.items() if key in keys]


def names_worked_on(assessment: Assessment) -> list[str]:
    """The same as short names, or texts if a question has no short name."""
    return [question.short or question.text for question in worked_on_since(assessment)]
