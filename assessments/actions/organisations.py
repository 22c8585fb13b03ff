"""Making an organisation."""

from django.db import transaction

from assessments.models import Membership, Organisation, User

from . import audit


@transaction.atomic
def create(*, name: str, by: User, time_zone: str = "UTC") -> Organisation:
    """A new organisation, led by whoever makes it."""
    organisation = Organisation.objects.create(name=name, time_zone=time_zone)
    Membership.objects.create(organisation=organisation, user=by, role=Membership.Role.LEAD)
    audit.record(by=by, verb="created", what=organisation)
    return organisation
