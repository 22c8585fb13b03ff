"""Who may see and change the units of an organisation: its leads and consultants; unit leads see their part."""

from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from assessments.models import Assessment, Organisation, Participant, Unit, User

from .assessments import runs
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


class UnitsGrant(NamedTuple):
    """A result by unit, for a user who sees everything, or `own` units alone and `led` ones with all below (ids)."""

    assessment: Assessment
    runs: bool
    everything: bool
    own: frozenset[str]
    led: frozenset[str]


def require_units(user: User, pk: UUID) -> UnitsGrant:
    """A result by unit: for those who run the assessment; once released, for unit leads and for who sees the result."""
    rows = Assessment.objects.present().closed().exclude(unit_kind="").select_related("organisation", "bank_version")
    assessment = get_object_or_404(rows, pk=pk)
    if runs(user, assessment):
        return UnitsGrant(assessment, runs=True, everything=True, own=frozenset(), led=frozenset())
    part = (
        Participant.objects.filter(user=user, assessment=assessment).select_related("assessment", "submission").first()
    )
    sees = part is not None and part.sees_result
    led = led_units(user, assessment.organisation) if assessment.state == Assessment.State.RELEASED else frozenset()
    if not sees and not led:
        raise Http404
    own = frozenset({str(part.unit_id)}) if sees and part is not None and part.unit_id else frozenset()
    everything = sees and assessment.organisation.shows_units
    return UnitsGrant(assessment, False, everything, own, frozenset(map(str, led)))


def sees_all_units(user: User, assessment: Assessment) -> bool:
    """Whether `user` may see the results of all units of this assessment, rather than of their own or of none."""
    try:
        return require_units(user, assessment.pk).everything
    except Http404:
        return False


def addresses_in(assessment: Assessment) -> dict[str, tuple[UUID, UUID | None]]:
    """The id and unit of each participant by address, in lower case: of the account, or last invited. Two queries."""
    people = assessment.participants.select_related("user").prefetch_related("invitations").order_by("name", "pk")
    found: dict[str, tuple[UUID, UUID | None]] = {}
    for person in people:
        emails = [each.email for each in person.invitations.all() if each.revoked_at is None]
        address = person.user.email if person.user is not None else (emails[-1] if emails else "")
        if address:
            found[address.lower()] = (person.pk, person.unit_id)
    return found
