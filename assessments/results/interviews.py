"""Which of an assessment's answers were recorded in interviews: by whom, and whether the person has confirmed them."""

from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from assessments.models import Assessment, Membership, Submission, User

LEAD, CONSULTANT = "lead", "consultant"


class Recorded(NamedTuple):
    """One person's interview. `role` is that of whoever recorded it, None where it is not known any more; `by` their name."""

    role: str | None
    by: str | None
    is_confirmed: bool


class Interviews(NamedTuple):
    """Counted in people: answers recorded by someone else, and those of them that the person has not confirmed."""

    recorded: int = 0
    unconfirmed: int = 0
    roles: tuple[str, ...] = ()  # of the person who recorded them, each once


def interviews_of(assessment: Assessment) -> Interviews:
    """What was submitted, as it stands now. One query, three where there are any."""
    return counted(recorded_in(assessment).values())


def counted(recorded: Iterable[Recorded]) -> Interviews:
    rows = list(recorded)
    roles = sorted({row.role for row in rows if row.role})
    return Interviews(len(rows), sum(not row.is_confirmed for row in rows), tuple(roles))


def recorded_in(assessment: Assessment) -> Mapping[str, Recorded]:
    """The interviews that were submitted, by the pseudonym of who was interviewed. One query, three where there are any."""
    rows = Submission.objects.submitted().filter(participant__assessment=assessment, mode=Submission.Mode.INTERVIEW)
    rows = rows.select_related("participant", "recorded_by").order_by("participant__pseudonym")
    interviews = list(rows)
    roles = _roles(assessment, {row.recorded_by_id for row in interviews if row.recorded_by_id}) if interviews else {}
    return {row.participant.pseudonym: _recorded(row, roles) for row in interviews}


def _roles(assessment: Assessment, people: Set[int]) -> dict[int, str]:
    """Which of these users belong to the client, or to a consultancy that has ever served it. Two queries."""
    client = assessment.organisation_id
    leads = Membership.objects.filter(organisation=client, role=Membership.Role.LEAD, user__in=people)
    served = User.objects.filter(consultancies__engagements__organisation=client, pk__in=people)
    consultants = dict.fromkeys(served.values_list("pk", flat=True), CONSULTANT)
    return consultants | dict.fromkeys(leads.values_list("user", flat=True), LEAD)


def _recorded(row: Submission, roles: Mapping[int, str]) -> Recorded:
    by = row.recorded_by
    role, name = (None, None) if by is None else (roles.get(by.pk), str(by))
    return Recorded(role, name, row.confirmed_at is not None)
