"""Creating organisations."""

from typing import NamedTuple

from django.db import transaction

from assessments import audit
from assessments.models import Consultancy, Engagement, Membership, Organisation, User


@transaction.atomic
def create(*, name: str, by: User, time_zone: str = "UTC") -> Organisation:
    """Create an organisation led by the user."""
    organisation = Organisation.objects.create(name=name, time_zone=time_zone)
    Membership.objects.create(organisation=organisation, user=by, role=Membership.Role.LEAD)
    audit.record(by=by, verb=audit.Verb.CREATED, what=organisation)
    return organisation


@transaction.atomic
def change(*, organisation: Organisation, name: str, time_zone: str, by: User) -> None:
    """Set its name and time zone; audited only if something changes."""
    row = Organisation.objects.locked(organisation.pk)
    if (row.name, row.time_zone) != (name, time_zone):
        Organisation.objects.filter(pk=row.pk).update(name=name, time_zone=time_zone)
        audit.record(by=by, verb=audit.Verb.RENAMED, what=row)


class TakenOn(NamedTuple):
    """A client, and whether it already existed."""

    organisation: Organisation
    was_there: bool


@transaction.atomic
def take_on(*, name: str, time_zone: str, consultancy: Consultancy | None, by: User) -> TakenOn:
    """Create a client that `consultancy` serves from today: its consultants manage its assessments, without a lead yet.

    Without a consultancy `by` leads it. Returns any client of this name that `by` already manages instead.
    """
    User.objects.select_for_update().get(pk=by.pk)  # in case of a double click
    existing = Organisation.objects.managed_by(by).filter(name=name).first()
    if existing is not None:
        return TakenOn(existing, was_there=True)
    if consultancy is None:
        return TakenOn(create(name=name, by=by, time_zone=time_zone), was_there=False)
    organisation = Organisation.objects.create(name=name, time_zone=time_zone)
    Engagement.objects.create(consultancy=consultancy, organisation=organisation)
    audit.record(by=by, verb=audit.Verb.CREATED, what=organisation)
    return TakenOn(organisation, was_there=False)
