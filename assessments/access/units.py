"""Who may see and change the units of an organisation: its leads and consultants; unit leads see their part."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from assessments.models import Organisation, Unit, User

from .brands import organisation_for


def units_of(organisation: Organisation, kind: str) -> QuerySet[Unit]:
    """The units of one kind of an organisation from `organisation_for`, closed ones included, in order."""
    return Unit.objects.filter(organisation=organisation, kind=kind).in_order()


def unit_for(user: User, pk: UUID, unit: UUID) -> Unit:
    """A unit of the organisation `pk`, which `user` leads or serves."""
    units = Unit.objects.filter(organisation=organisation_for(user, pk)).select_related("organisation")
    return get_object_or_404(units, pk=unit)


def possible_unit_leads(organisation: Organisation) -> QuerySet[User]:
    """The people of an organisation who have an account: its members, and who takes part in an assessment."""
    here = Q(memberships__organisation=organisation) | Q(participations__assessment__organisation=organisation)
    return User.objects.filter(here, is_active=True).distinct().order_by("name", "email")


def led_units(user: User, organisation: Organisation) -> frozenset[UUID]:
    """The ids of the units that `user` leads there. One query."""
    return frozenset(Unit.objects.filter(organisation=organisation, leads__user=user).values_list("pk", flat=True))
