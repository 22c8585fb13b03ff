"""Which units an assessment asks, and which unit each of its people answers for."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from assessments import audit, results
from assessments.models import Assessment, Participant, Unit, User

from .assessments import WrongStateError


def _under_way(assessment: Assessment) -> Assessment:
    """The assessment, locked. Raises WrongStateError if it is closed, for one person, or a pulse."""
    current = Assessment.objects.locked(assessment.pk)
    if current.state not in Assessment.UNDER_WAY or current.for_one or current.is_pulse:
        raise WrongStateError
    return current


@transaction.atomic
def choose(*, assessment: Assessment, kind: str, roots: Iterable[UUID], by: User) -> None:
    """Ask by unit of this kind ("": not by unit): in all active units, or at and below `roots`.

    People in other units count for the whole only. Raises WrongStateError.
    """
    current = _under_way(assessment)
    wanted = set(
        Unit.objects.active().filter(pk__in=list(roots), organisation=current.organisation_id, kind=kind).values_list(
            "pk", flat=True
        )
    )  # fmt: skip
    if (current.unit_kind, set(current.unit_roots.values_list("pk", flat=True))) != (kind, wanted):
        current.unit_kind = kind
        current.save(update_fields=["unit_kind"])
        current.unit_roots.set(wanted)
        audit.record(by=by, verb=audit.Verb.UNITS_CHOSEN, what=current)


@transaction.atomic
def place(*, assessment: Assessment, places: Mapping[UUID, UUID | None], by: User) -> int:
    """Let participants, by id, answer for these units; returns how many changed. Ignores units that are not asked.

    Raises WrongStateError.
    """
    current = _under_way(assessment)
    asked = results.units_asked(current)
    changed = []
    for person in Participant.objects.select_for_update(of=("self",)).filter(assessment=current, pk__in=list(places)):
        unit = places[person.pk]
        if person.unit_id != unit and (unit is None or unit in asked):
            person.unit_id = unit
            changed.append(person)
    Participant.objects.bulk_update(changed, ["unit"], batch_size=500)
    if changed:
        audit.record(by=by, verb=audit.Verb.PEOPLE_PLACED, what=current)
    return len(changed)
