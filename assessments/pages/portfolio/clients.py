"""Queries about the clients that a user manages."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from assessments.models import Assessment, Consultancy, Organisation, User


def clients_of(user: User) -> list[Organisation]:
    """The organisations that `user` leads or serves, by name. One query."""
    return list(Organisation.objects.managed_by(user).order_by("name", "pk"))


def consultancy_of(user: User) -> Consultancy | None:
    """The consultancy that `user` works for; the first by name if there are several. One query."""
    return Consultancy.objects.filter(consultants=user).first()


def demo_clients_of(user: User) -> list[Organisation]:
    """The demonstration clients of `user`. One query."""
    return list(Organisation.objects.managed_by(user).filter(is_demo=True).order_by("name", "pk"))


def assessments_of(organisations: Iterable[Organisation], user: User) -> int:
    """How many assessments of these organisations `user` manages. One query."""
    return Assessment.objects.managed_by(user).filter(organisation__in=[o.pk for o in organisations]).count()


def overdue(clients: Sequence[Organisation]) -> Q:
    """Open assessments past their due date in the client's time zone; worldwide there are at most three dates."""
    zones: dict[datetime.date, list[str]] = defaultdict(list)
    for zone in sorted({client.time_zone for client in clients}):
        zones[timezone.localdate(timezone=ZoneInfo(zone))].append(zone)
    late = Q(pk__in=())
    for day, names in zones.items():
        late |= Q(organisation__time_zone__in=names, due_on__lt=day)
    return Q(state=Assessment.State.OPEN) & late


def is_overdue(assessment: Assessment) -> bool:
    return assessment.is_open and assessment.due_on is not None and assessment.due_on < assessment.organisation.today


def contains_word(column: str, word: str) -> Q:
    """Rows whose text contains the word in any case: SQLite is case-sensitive for letters like ö."""
    query = Q(**{f"{column}__icontains": word})
    for other in () if word.isascii() else {word.lower(), word.upper(), word.capitalize()}:
        query |= Q(**{f"{column}__icontains": other})
    return query


def as_uuid(text: str) -> UUID | None:
    """The id in a URL; None if it is not a valid id."""
    try:
        return UUID(text)
    except ValueError:
        return None
