"""The demonstration's programme: it has opened each assessment of its organisation, and says what it opens next."""

import datetime
from typing import Any

from assessments.actions import programmes
from assessments.actions.invitations import Invitee
from assessments.actions.programmes import StepPlan
from assessments.models import Assessment, Organisation, Programme, ProgrammeRun, ProgrammeStep, User

from .story import REGULAR_DAY, StoryClient

PULSE = "pulse"
Rhythm = ProgrammeStep.Rhythm
SETTINGS: dict[str, Any] = {
    "confidentiality": Assessment.Confidentiality.CONFIDENTIAL,
    "reminder_days": [7, 1],
    "keeps_targets": True,
    "release": Programme.Release.BY_HAND,
    "weekdays_off": [5, 6],
    "days_off": [["12-24", "01-01"]],
}


def start(client: StoryClient, organisation: Organisation, *, by: User) -> None:
    """Start the programme as it was before the first assessment; does nothing for a client that has none."""
    if not client.measures_regularly:
        return
    opened = list(organisation.assessments.order_by("opened_at").select_related("bank_version__bank"))
    programme = programmes.save(
        organisation=organisation,
        steps=list(_steps(opened)),
        people=[Invitee(person.email, person.name, person.function) for person in client.people],
        by=by,
        **SETTINGS,
    )
    Programme.objects.filter(pk=programme.pk).update(created_at=organisation.created_at)
    steps = {step.subset: step for step in programme.steps.all()}
    ProgrammeRun.objects.bulk_create(_run(programme, steps[assessment.subset], assessment) for assessment in opened)


def _steps(opened: list[Assessment]) -> list[StepPlan]:
    """The full questionnaire every half-year and a pulse every quarter, from the days of the first assessment on."""
    first = opened[0]
    bank, due_on = first.bank_version.bank, first.due_on
    if first.opened_at is None or due_on is None:
        raise ValueError(f"{first} has not been open")
    day = first.opened_at.astimezone(first.organisation.zone).date()
    days = (due_on - day).days
    first_on = day.replace(day=REGULAR_DAY)
    return [
        StepPlan(bank, "", Rhythm.HALF_YEARLY, first_on, days),
        StepPlan(bank, PULSE, Rhythm.QUARTERLY, first_on, days),
    ]


def _run(programme: Programme, step: ProgrammeStep, assessment: Assessment) -> ProgrammeRun:
    """The closed run that opened an assessment, announced a week before."""
    if assessment.opened_at is None:
        raise ValueError(f"{assessment} has not been open")
    day = assessment.opened_at.astimezone(programme.organisation.zone).date()
    return ProgrammeRun(
        programme=programme,
        step=step,
        period=day.replace(day=1),
        opens_on=day,
        state=ProgrammeRun.State.CLOSED,
        announced_on=day - datetime.timedelta(days=7),
        assessment=assessment,
    )
