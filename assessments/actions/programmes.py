"""Setting up the programme of an organisation, changing, pausing and ending it. `programme_runs` carries it out."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments import audit
from assessments.models import Organisation, Programme, ProgrammePerson, ProgrammeRun, ProgrammeStep, QuestionBank, User

from . import draft_snapshots
from .assessments import WrongStateError
from .invitations import Invitee

SETTINGS = ("confidentiality", "reminder_days", "keeps_targets", "release", "weekdays_off", "days_off")
MAX_STEPS = 3
MAX_DAYS = 90  # that an assessment is open


@dataclass(frozen=True)
class StepPlan:
    """What a step is to be: the columns of ProgrammeStep; `pk` is that of the step it changes, None for a new one."""

    bank: QuestionBank
    subset: str
    months: int
    first_on: datetime.date
    days: int
    pk: int | None = None


class ProgrammeChangedError(Exception):
    """Someone else has saved the programme since; nothing was changed."""


def version_token(programme: Programme | None) -> str:
    """A short hash of everything that `save` sets; three queries."""
    return draft_snapshots.version_token(None if programme is None else _state_of(programme))


def _state_of(programme: Programme) -> dict[str, Any]:
    steps = programme.steps.values_list("pk", "bank", "subset", "months", "first_on", "days")
    people = programme.people.order_by("email").values_list("email", "name", "function")
    own = {name: getattr(programme, name) for name in SETTINGS}
    return {**own, "steps": list(steps), "people": list(people)}


@transaction.atomic
def save(
    *,
    organisation: Organisation,
    steps: Sequence[StepPlan],
    people: Iterable[Invitee],
    by: User,
    token: str | None = None,
    **settings: Any,
) -> Programme:
    """Start the organisation's programme, run by `by`, or change it; `settings` are those in SETTINGS.

    What was announced and is no longer planned so is announced again. Saving the same again changes nothing. Raises
    ProgrammeChangedError if `token` is not that of the stored state.
    """
    locked = Organisation.objects.locked(organisation.pk)
    programme = Programme.objects.of(locked)
    before = version_token(programme)
    is_new = programme is None
    if programme is None:
        programme = Programme.objects.create(organisation=locked, run_by=by, active_since=locked.today, **settings)
    else:
        programme = Programme.objects.locked(programme.pk)
        for name, value in settings.items():
            setattr(programme, name, value)
        programme.save(update_fields=[*settings])
    _put_steps(programme, steps)
    _put_people(programme, people)
    if version_token(programme) != before:
        if token is not None and token != before:
            raise ProgrammeChangedError
        _forget_outdated(programme)
        verb = audit.Verb.PROGRAMME_STARTED if is_new else audit.Verb.PROGRAMME_CHANGED
        audit.record(by=by, verb=verb, what=programme)
    return programme


def _put_steps(programme: Programme, steps: Sequence[StepPlan]) -> None:
    kept = {step.pk for step in steps if step.pk is not None}
    gone = programme.steps.exclude(pk__in=kept)
    programme.runs.filter(step__in=gone, state=ProgrammeRun.State.ANNOUNCED).delete()
    gone.delete()
    for step in steps:
        columns = {name: value for name, value in vars(step).items() if name != "pk"}
        if not programme.steps.filter(pk=step.pk or 0).update(**columns):
            ProgrammeStep.objects.create(programme=programme, **columns)


def _put_people(programme: Programme, people: Iterable[Invitee]) -> None:
    """Replace the list, unless it is the same: whoever stays keeps their row."""
    wanted: Mapping[str, Invitee] = {person.email.lower(): person for person in people}
    programme.people.exclude(email__in=wanted).delete()
    for email, person in wanted.items():
        columns = {"name": person.name, "function": person.function}
        ProgrammePerson.objects.update_or_create(programme=programme, email=email, defaults=columns)


def _forget_outdated(programme: Programme) -> None:
    """Delete what was announced for days that are no longer planned: it is announced again."""
    announced = programme.runs.filter(state=ProgrammeRun.State.ANNOUNCED)
    for run in announced:
        if not any(
            (each.step.pk, each.period, each.opens) == (run.step_id, run.period, run.opens_on)
            for each in programme.planned(run.opens_on, run.opens_on)
        ):
            run.delete()


@transaction.atomic
def pause(*, programme: Programme, by: User) -> None:
    """Announce and open nothing until it is resumed. What is open closes on its day, as people were told."""
    current = _running(programme)
    if current.paused_at is None:
        current.paused_at = timezone.now()
        current.save(update_fields=["paused_at"])
        audit.record(by=by, verb=audit.Verb.PROGRAMME_PAUSED, what=current)


@transaction.atomic
def resume(*, programme: Programme, by: User) -> None:
    """Go on with what is planned from tomorrow; what would have opened meanwhile is left out."""
    current = _running(programme)
    if current.paused_at is not None:
        current.paused_at, current.active_since = None, current.organisation.today + datetime.timedelta(days=1)
        current.save(update_fields=["paused_at", "active_since"])
        lapsed = current.runs.filter(state=ProgrammeRun.State.ANNOUNCED, opens_on__lt=current.active_since)
        lapsed.delete()
        audit.record(by=by, verb=audit.Verb.PROGRAMME_RESUMED, what=current)


@transaction.atomic
def take_over(*, programme: Programme, by: User) -> None:
    """Run it in the name of `by`, who manages the organisation."""
    current = _running(programme)
    if current.run_by_id != by.pk:
        current.run_by = by
        current.save(update_fields=["run_by"])
        audit.record(by=by, verb=audit.Verb.PROGRAMME_TAKEN_OVER, what=current)


@transaction.atomic
def end(*, programme: Programme, by: User) -> None:
    """End it for good and forget its people. Assessments and results stay; what is open closes on its day."""
    current = _running(programme)
    current.ended_at = timezone.now()
    current.save(update_fields=["ended_at"])
    current.people.all().delete()
    current.runs.filter(state=ProgrammeRun.State.ANNOUNCED).delete()
    audit.record(by=by, verb=audit.Verb.PROGRAMME_ENDED, what=current)


def _running(programme: Programme) -> Programme:
    current = Programme.objects.locked(programme.pk)
    if current.ended_at is not None:
        raise WrongStateError
    return current
