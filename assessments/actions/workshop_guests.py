"""People without an account in a workshop: joining it with its code, and being removed from it."""

from django.db import transaction

from assessments import audit
from assessments.models import Guest, User, Workshop

MAX_GUESTS = 300  # in one workshop


class UnknownCodeError(Exception):
    """No workshop with this code is running."""


class WorkshopFullError(Exception):
    """The workshop has as many guests as it takes; nobody joined."""


@transaction.atomic
def join(*, code: str, name: str) -> Guest:
    """Join the running workshop with this code, as eight capital letters.

    Not audited: what a guest leaves is deleted when the workshop ends. Raises UnknownCodeError and WorkshopFullError.
    """
    rows = Workshop.objects.select_for_update(of=("self",)).filter(assessment__organisation__deleted_at=None)
    workshop = rows.filter(code=code, ended_at=None).first()
    if workshop is None:
        raise UnknownCodeError
    if workshop.guests.count() >= MAX_GUESTS:
        raise WorkshopFullError
    return Guest.objects.create(workshop=workshop, name=name)


@transaction.atomic
def remove(*, guest: Guest, by: User) -> None:
    """Remove a guest and their unrevealed votes; does nothing if they are gone."""
    if Guest.objects.filter(pk=guest.pk).delete()[0]:
        audit.record(by=by, verb=audit.Verb.REMOVED, what=guest)
