"""Whose assessments a person runs, and what day it is where each client works."""

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
    return list(Organisation.objects.run_by(user).order_by("name", "pk"))


def consultancy_of(user: User) -> Consultancy | None:
    """The firm that `user` works for; the first by name of several. One query."""
    return Consultancy.objects.filter(consultants=user).first()


def demo_clients_of(user: User) -> list[Organisation]:
    """The invented ones among the clients of `user`. One query."""
    return list(Organisation.objects.run_by(user).filter(is_demo=True).order_by("name", "pk"))


def assessments_of(organisations: Iterable[Organisation], user: User) -> int:
    """How many assessments of these `user` runs. One query."""
    return Assessment.objects.run_by(user).filter(organisation__in=[o.pk for o in organisations]).count()


def overdue(clients: Sequence[Organisation]) -> Q:
    """Open assessments whose day is over where the client works. Around the world it is never more than three days at once."""
    zones: dict[datetime.date, list[str]] = defaultdict(list)
    for zone in sorted({client.time_zone for client in clients}):
        zones[timezone.localdate(timezone=ZoneInfo(zone))].append(zone)
    late = Q(pk__in=())
    for day, names in zones.items():
        late |= Q(organisation__time_zone__in=names, due_on__lt=day)
    return Q(state=Assessment.State.OPEN) & late


def is_overdue(assessment: Assessment) -> bool:
    return assessment.is_open and assessment.due_on is not None and assessment.due_on < assessment.organisation.today


def spelt(column: str, word: str) -> Q:
    """Rows whose text holds the word, in small letters or large: SQLite itself tells ö from Ö."""
    query = Q(**{f"{column}__icontains": word})
    for other in () if word.isascii() else {word.lower(), word.upper(), word.capitalize()}:
        query |= Q(**{f"{column}__icontains": other})
    return query


def as_uuid(text: str) -> UUID | None:
    """The id that somebody typed into an address; None for what is no id at all."""
    try:
        return UUID(text)
    except ValueError:
        return None
