"""What was decided after a result: an assessment's actions, and the questions worked on since the previous round."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from assessments.models import Assessment, RoadmapAction
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


def actions_of(assessment: Assessment) -> QuerySet[RoadmapAction]:
    """Every action of an assessment in order, each with the actions it requires. Two queries."""
    first = Prefetch("requires", RoadmapAction.objects.in_order())
    return RoadmapAction.objects.filter(assessment=assessment).in_order().prefetch_related(first)


def action_of(assessment: Assessment, pk: UUID) -> RoadmapAction:
    """One action of an assessment. Raises Http404 if there is none."""
    action = actions_of(assessment).filter(pk=pk).first()
    if action is None:
        raise Http404
    return action


def action_summaries(assessment: Assessment) -> tuple[ActionSummary, ...]:
    """The actions that were not dropped, in order. One query."""
    actions = (
        RoadmapAction.objects.filter(assessment=assessment).exclude(status=RoadmapAction.Status.DROPPED).in_order()
    )
    return tuple(
        ActionSummary(row.title, row.question, row.owner, row.due_on, row.horizon, row.effort, row.status)
        for row in actions
    )


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
