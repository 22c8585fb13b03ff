"""Which answers of an assessment were recorded in interviews, by whom, and whether the person has confirmed them."""

from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from assessments.models import Assessment, Membership, Submission, User

LEAD, CONSULTANT = "lead", "consultant"


class Recorded(NamedTuple):
    """One person's interview. `role` and `by` are the recorder's role and name, None if no longer known."""

    role: str | None
    by: str | None
    is_confirmed: bool


class Interviews(NamedTuple):
    """The number of people whose answers someone else recorded, and how many of them have not confirmed it."""

    recorded: int = 0
    unconfirmed: int = 0
    roles: tuple[str, ...] = ()  # roles of the recorders, without duplicates


def interviews_of(assessment: Assessment) -> Interviews:
    """The interviews among the current submissions. One query, three if there are any."""
    return count_interviews(recorded_in(assessment).values())


def count_interviews(recorded: Iterable[Recorded]) -> Interviews:
    rows = list(recorded)
    roles = sorted({row.role for row in rows if row.role})
    return Interviews(len(rows), sum(not row.is_confirmed for row in rows), tuple(roles))


def recorded_in(assessment: Assessment) -> Mapping[str, Recorded]:
    """The submitted interviews by the interviewee's pseudonym. One query, three if there are any."""
    rows = Submission.objects.submitted().filter(participant__assessment=assessment, mode=Submission.Mode.INTERVIEW)
    rows = rows.select_related("participant", "recorded_by").order_by("participant__pseudonym")
    interviews = list(rows)
    roles = _roles(assessment, {row.recorded_by_id for row in interviews if row.recorded_by_id}) if interviews else {}
    return {row.participant.pseudonym: _recorded(row, roles) for row in interviews}


def _roles(assessment: Assessment, people: Set[int]) -> dict[int, str]:
    """The roles of these users: leads of the client, or consultants who have ever served it. Two queries."""
    client = assessment.organisation_id
    leads = Membership.objects.filter(organisation=client, role=Membership.Role.LEAD, user__in=people)
    served = User.objects.filter(consultancies__engagements__organisation=client, pk__in=people)
    consultants = dict.fromkeys(served.values_list("pk", flat=True), CONSULTANT)
    return consultants | dict.fromkeys(leads.values_list("user", flat=True), LEAD)


def _recorded(row: Submission, roles: Mapping[int, str]) -> Recorded:
    by = row.recorded_by
    role, name = (None, None) if by is None else (roles.get(by.pk), str(by))
    return Recorded(role, name, row.confirmed_at is not None)
