"""Saving and removing scenarios."""

from collections.abc import Mapping

from django.db import transaction

from assessments import audit
from assessments.models import Assessment, Scenario, User


@transaction.atomic
def save(*, assessment: Assessment, name: str, levels: Mapping[str, int], checksum: str, by: User) -> Scenario:
    """Save the levels to which questions are moved, for the result with this checksum."""
    scenario = Scenario.objects.create(
        assessment=assessment, name=name, levels=dict(levels), checksum=checksum, created_by=by
    )
    audit.record(by=by, verb=audit.Verb.SCENARIO_SAVED, what=scenario)
    return scenario


@transaction.atomic
def remove(*, scenario: Scenario, by: User) -> None:
    """Delete a scenario; the result does not change."""
    if Scenario.objects.filter(pk=scenario.pk).delete()[0]:
        audit.record(by=by, verb=audit.Verb.REMOVED, what=scenario)
