"""Which of a round's answers were recorded in interviews: by whom, and whether the person has confirmed them."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from assessments.models import Assessment, Consultancy, Membership, Submission

LEAD, CONSULTANT = "lead", "consultant"


class Recorded(NamedTuple):
    """One person's interview. `role` is that of whoever recorded it, None where it is not known any more; `by` their name."""

    role: str | None
    by: str | None
    is_confirmed: bool


class Interviews(NamedTuple):
    """Counted in people: answers recorded by somebody else, and those of them that the person has not confirmed."""

    recorded: int = 0
    unconfirmed: int = 0
    roles: tuple[str, ...] = ()  # of whoever recorded them, each once


def interviews_of(assessment: Assessment) -> Interviews:
    """What was submitted, as it stands now. One query."""
    return counted(recorded_in(assessment).values())


def counted(recorded: Iterable[Recorded]) -> Interviews:
    rows = list(recorded)
    roles = sorted({row.role for row in rows if row.role})
    return Interviews(len(rows), sum(not row.is_confirmed for row in rows), tuple(roles))


def recorded_in(assessment: Assessment) -> Mapping[str, Recorded]:
    """The interviews that were submitted, by the pseudonym of who was interviewed. One query."""
    leads = Membership.objects.filter(
        organisation=assessment.organisation_id, user=OuterRef("recorded_by"), role=Membership.Role.LEAD
    )
    served = Consultancy.objects.filter(
        engagements__organisation=assessment.organisation_id, consultants=OuterRef("recorded_by")
    )
    rows = Submission.objects.submitted().filter(participant__assessment=assessment, mode=Submission.Mode.INTERVIEW)
    rows = rows.select_related("participant", "recorded_by").annotate(led=Exists(leads), served=Exists(served))
    return {row.participant.pseudonym: _recorded(row) for row in rows.order_by("participant__pseudonym")}


def _recorded(row: Submission) -> Recorded:
    role = LEAD if row.led else CONSULTANT if row.served else None  # type: ignore[attr-defined]  # annotated
    return Recorded(role, None if row.recorded_by is None else str(row.recorded_by), row.confirmed_at is not None)
