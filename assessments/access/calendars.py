"""The calendar of a person: whose a secret address is, and the dates that this person may see."""

import datetime

from django.db.models import Q, QuerySet

from assessments.models import (
    Assessment,
    CalendarFeed,
    DueAction,
    Organisation,
    Participant,
    Planned,
    Programme,
    RoadmapAction,
    Submission,
    User,
)
from assessments.models.clock import today
from assessments.models.link import token_hash_of

MAX_EVENTS = 500  # of each kind
NAMES = ("name", "created_at", "organisation__name")
PAST = datetime.timedelta(days=365)


def calendar_owner(token: str) -> CalendarFeed | None:
    """The feed with this secret, of a person whose account is active. One query."""
    found = CalendarFeed.objects.filter(token_hash=token_hash_of(token), user__is_active=True)
    return found.select_related("user").first()


def calendar_feed_of(user: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(user=user).first()


def dates_to_answer(user: User) -> QuerySet[Assessment]:
    """Open assessments with a date in which the user takes part and has not submitted, or which they manage."""
    submitted = Submission.objects.submitted().values("participant")
    own = Participant.objects.filter(user=user).exclude(pk__in=submitted).values("assessment")
    managed = Assessment.objects.managed_by(user).values("pk")
    rows = Assessment.objects.present().filter(state=Assessment.State.OPEN).exclude(due_on=None)
    rows = rows.filter(Q(pk__in=own) | Q(pk__in=managed)).select_related("organisation")
    return rows.only(*NAMES, "due_on")[:MAX_EVENTS]


def dates_of_release(user: User) -> QuerySet[Assessment]:
    """Assessments of the last year whose released result the user may see."""
    submitted = Submission.objects.submitted().values("participant")
    shown = Q(pk__in=submitted) | Q(assessment__result_for_everyone=True)
    own = Participant.objects.filter(shown, user=user).values("assessment")
    managed = Assessment.objects.managed_by(user).values("pk")
    rows = Assessment.objects.present().filter(state=Assessment.State.RELEASED, released_at__date__gte=today() - PAST)
    rows = rows.filter(Q(pk__in=own) | Q(pk__in=managed)).select_related("organisation")
    return rows.only(*NAMES, "released_at", "organisation__time_zone")[:MAX_EVENTS]


def dates_of_actions(user: User) -> list[DueAction]:
    """Open actions with a date that the user owns as a person of the organisation, or manages. One query."""
    managed = Assessment.objects.managed_by(user).values("pk")
    owned = Q(owner_account=user, assessment__organisation__in=user.memberships.values("organisation"))
    rows = RoadmapAction.objects.open().filter(owned | Q(assessment__in=managed)).exclude(due_on=None)
    rows = rows.filter(assessment__organisation__deleted_at=None, due_on__gte=today() - PAST).order_by("due_on", "pk")
    columns = rows.values_list("pk", "title", "due_on", "created_at", "assessment", "assessment__organisation__name")
    return [DueAction(*row) for row in columns[:MAX_EVENTS]]


def dates_of_programmes(user: User) -> list[Planned]:
    """What the running programmes of organisations that the user manages open within two years. Three queries."""
    rows = Programme.objects.running().filter(organisation__in=Organisation.objects.managed_by(user))
    found = rows.select_related("organisation").prefetch_related("steps", "runs").order_by("created_at", "pk")
    coming = (each for row in found for each in row.coming(row.organisation.today))
    return sorted(coming, key=lambda each: each.opens)[:MAX_EVENTS]
