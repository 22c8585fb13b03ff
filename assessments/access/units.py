"""Who may see and change the units of an organisation: its leads and consultants; unit leads see and run their part."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from assessments.models import (
    Assessment,
    Consultancy,
    Organisation,
    Participant,
    PartOfTree,
    Unit,
    UnitLead,
    User,
    part_under,
    units_in,
)

from .assessments import managed_assessment_for, people_of, person_of, runs
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
    """A full result by unit: for those who run the assessment; once released, for unit leads and for who sees it."""
    rows = Assessment.objects.present().closed().full().exclude(unit_kind="")
    rows = rows.select_related("organisation", "bank_version")
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


class Roles(NamedTuple):
    """What a user is besides a lead or member of organisations."""

    is_consultant: bool
    is_unit_lead: bool


def roles_of(user: User) -> Roles:
    """One query."""
    consultants = Consultancy.consultants.through.objects.filter(user=OuterRef("pk"))
    leads = UnitLead.objects.filter(user=OuterRef("pk"))
    return Roles(*User.objects.filter(pk=user.pk).values_list(Exists(consultants), Exists(leads)).get())


class PeopleGrant(NamedTuple):
    """The people of an assessment, for a user who may invite and remind: all of them, or those in `part` of its units."""

    assessment: Assessment
    part: PartOfTree | None = None

    @property
    def home(self) -> str:
        """The name of the page that lists them."""
        return "manage" if self.part is None else "unit_part"

    @property
    def tops(self) -> list[Unit]:
        """The highest units of the part."""
        part = self.part or {}
        return [unit for unit in part.values() if unit.parent_id not in part]

    @property
    def people(self) -> QuerySet[Participant]:
        """With everything that `people_of` adds."""
        everybody = people_of(self.assessment)
        return everybody if self.part is None else everybody.filter(unit__in=self.part)

    def person(self, pk: UUID) -> Participant:
        """One of them; raises Http404 for anybody else."""
        found = person_of(self.assessment, pk)
        if self.part is not None and found.unit_id not in self.part:
            raise Http404
        return found


def require_people(user: User, pk: UUID) -> PeopleGrant:
    """The people of an assessment, for those who run it; while it is open, for unit leads those of their part."""
    try:
        return PeopleGrant(managed_assessment_for(user, pk))
    except Http404:
        return require_part(user, pk)


def require_part(user: User, pk: UUID) -> PeopleGrant:
    """The part of an open assessment that `user` leads."""
    grants = parts_led_by(user, pk=pk)
    if not grants:
        raise Http404
    return grants[0]


def require_objections(user: User, pk: UUID) -> PeopleGrant:
    """The objections of units, for those who run the assessment; for unit leads of their part, not between closing and
    release."""
    try:
        grant = PeopleGrant(managed_assessment_for(user, pk, pulses=False))
    except Http404:
        grants = parts_led_by(user, (Assessment.State.OPEN, Assessment.State.RELEASED), pk=pk)
        if not grants:
            raise
        return grants[0]
    if grant.assessment.is_draft:
        raise Http404
    return grant


def parts_led_by(user: User, states: Collection[str] = (Assessment.State.OPEN,), **only: UUID) -> list[PeopleGrant]:
    """The assessments, open unless `states` say otherwise, that ask units which `user` leads, newest first; `only` filters
    them.

    One query if there are none, else four, however many.
    """
    led = Unit.objects.active().filter(leads__user=user)
    rows = Assessment.objects.present().filter(state__in=states, **only).exclude(unit_kind="")
    rows = rows.filter(organisation__in=led.values("organisation"))
    rows = rows.select_related("organisation", "bank_version").prefetch_related("unit_roots").order_by("-created_at")
    listed = list(rows)
    if not listed:
        return []
    of_tree: dict[tuple[UUID, str], list[Unit]] = {}
    for unit in Unit.objects.active().filter(organisation__in={row.organisation_id for row in listed}).in_order():
        of_tree.setdefault((unit.organisation_id, unit.kind), []).append(unit)
    own = frozenset(led.values_list("pk", flat=True))
    found = (
        PeopleGrant(row, _led_in(row, of_tree.get((row.organisation_id, row.unit_kind), []), own)) for row in listed
    )
    return [grant for grant in found if grant.part]


def _led_in(assessment: Assessment, units: list[Unit], led: frozenset[UUID]) -> PartOfTree:
    """The units that it asks at and below those led, which may lie above the part that it asks."""
    below = part_under(units, led)
    return {pk: unit for pk, unit in units_in(assessment, units).items() if pk in below}


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
