"""How many of a round's answers were recorded in interviews."""

from typing import NamedTuple

from assessments.models import Assessment, Submission


class Interviews(NamedTuple):
    """Counted in people: answers recorded by somebody else, and those of them that the person has not confirmed."""

    recorded: int = 0
    unconfirmed: int = 0


def interviews_of(assessment: Assessment) -> Interviews:
    """What was submitted, as it stands now. One query."""
    submitted = Submission.objects.submitted().filter(participant__assessment=assessment)
    moments = list(submitted.filter(mode=Submission.Mode.INTERVIEW).values_list("confirmed_at", flat=True))
    return Interviews(len(moments), moments.count(None))
