"""Access to workshops, for managers and participants of an assessment."""

from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from assessments.models import Assessment, User


class WorkshopState(NamedTuple):
    """The state of a workshop: `turn` changes when screens must update, None if none is running; counted in people."""

    turn: int | None
    votes: int
    people: int


def workshop_now(user: User, pk: UUID) -> WorkshopState:
    """The state, for managers and participants. One query: everyone in the room polls it every two seconds."""
    assessments = Assessment.objects.visible_to(user).annotate(
        votes=Count("workshop__current__votes", distinct=True),
        people=Count("participants", filter=Q(participants__user__isnull=False), distinct=True),
    )
    row = assessments.filter(pk=pk).values_list("workshop__turn", "workshop__ended_at", "votes", "people").first()
    if row is None:
        raise Http404
    turn, ended_at, votes, people = row
    return WorkshopState(None if ended_at is not None else turn, votes, people)


def running_workshops(user: User) -> QuerySet[Assessment]:
    """Assessments that `user` takes part in with a running workshop, the most recently started first."""
    running = Assessment.objects.taken_by(user).filter(workshop__isnull=False, workshop__ended_at=None)
    return running.select_related("organisation").order_by("-workshop__started_at")
