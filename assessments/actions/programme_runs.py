"""What a programme does by itself: announce, open and close one assessment. `operations/programmes.py` says when.

Each action locks the programme, looks again and changes everything in one transaction: one that is interrupted has done
nothing, and one that is repeated, or done twice at once, does it once.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import override

from assessments import audit, emails, results
from assessments.models import (
    Assessment,
    Organisation,
    Planned,
    Programme,
    ProgrammeRun,
    ProgrammeStep,
    Submission,
    User,
)
from assessments.reader_language import interface_in

from . import assessments, planning
from .invitations import Invitee
from .links import TooOftenError

Problem, State = ProgrammeRun.Problem, ProgrammeRun.State


@contextmanager
def _locked(programme_id: object) -> Iterator[Programme]:
    """The programme's row, as the one that acts."""
    with transaction.atomic():
        programme = Programme.objects.select_related("organisation", "run_by").locked(programme_id)
        with audit.caused_by(programme):
            yield programme


def problem_of(run: ProgrammeRun) -> str:
    """Why this assessment could not open now; "" if it could. Three queries at most."""
    programme, step = run.programme, run.step
    if programme.runner is None:
        return Problem.NO_RUNNER
    if not programme.people.exists():
        return Problem.NO_PEOPLE
    return "" if step is not None and step.version is not None else Problem.NO_BANK


def announce(*, planned: Planned, today: datetime.date, base_url: str) -> bool:
    """Tell whoever runs the programme what it will open, or why it could not; False if that has been done."""
    with _locked(planned.step.programme_id) as programme:
        run = None if _is_stopped(programme) else _new_run(programme, planned, today, State.ANNOUNCED)
        if run is None:
            return False
        run.problem = problem_of(run)
        run.save(update_fields=["problem"])
        emails.queue(kind="programme_waits" if run.problem else "programme_soon", about=run, base_url=base_url)
        return True


def _is_stopped(programme: Programme) -> bool:
    return programme.paused_at is not None or programme.ended_at is not None


def _new_run(programme: Programme, planned: Planned, today: datetime.date, state: str) -> ProgrammeRun | None:
    """A run of what is planned; None if there is one for that month, or it is no longer planned."""
    if planned not in programme.planned(planned.opens, planned.opens):
        return None
    run, is_new = ProgrammeRun.objects.get_or_create(
        programme=programme,
        step=planned.step,
        period=planned.period,
        defaults={"opens_on": planned.opens, "announced_on": today, "state": state},
    )
    return run if is_new else None


def miss(*, planned: Planned, today: datetime.date, base_url: str, is_last: bool) -> bool:
    """Skip what was never announced and is too late now; of several, only the last is told."""
    with _locked(planned.step.programme_id) as programme:
        run = None if _is_stopped(programme) else _new_run(programme, planned, today, State.SKIPPED)
        if run is None:
            return False
        _skip(run, Problem.TOO_LATE, base_url if is_last else None)
        return is_last


def _skip(run: ProgrammeRun, problem: str, base_url: str | None) -> None:
    run.state, run.problem = State.SKIPPED, problem
    run.save(update_fields=["state", "problem"])
    audit.record(by=None, verb=audit.Verb.PROGRAMME_SKIPPED, what=run.programme)
    if base_url is not None:
        emails.queue(kind="programme_waits", about=run, base_url=base_url)


def open_run(*, run: ProgrammeRun, is_late: bool, base_url: str) -> bool:
    """Open what was announced, or say once why not; if it is too late by now, skip it. False if nothing changed."""
    with _locked(run.programme_id) as programme:
        current = _current(run, State.ANNOUNCED)
        if current is None or _is_stopped(programme):
            return False
        problem = problem_of(current)
        if is_late:
            _skip(current, problem or current.problem or Problem.TOO_LATE, base_url)
            return True
        try:
            if not problem:
                return _open(current, base_url)
        except TooOftenError:
            problem = Problem.TOO_MANY
        return _wait(current, problem, base_url)


def _current(run: ProgrammeRun, state: str) -> ProgrammeRun | None:
    rows = ProgrammeRun.objects.select_related("programme__organisation", "programme__run_by", "step", "assessment")
    return rows.filter(pk=run.pk, state=state).first()


def _wait(run: ProgrammeRun, problem: str, base_url: str) -> bool:
    if run.problem == problem:
        return False
    run.problem = problem
    run.save(update_fields=["problem"])
    emails.queue(kind="programme_waits", about=run, base_url=base_url)
    return True


@transaction.atomic
def _open(run: ProgrammeRun, base_url: str) -> bool:
    """Prepare the assessment and open it, as its runner would. Raises TooOftenError."""
    programme, step = run.programme, run.step
    organisation, by = programme.organisation, programme.runner
    if step is None or by is None or step.version is None:  # looked for in `problem_of`
        return False
    last = planning.last_assessment_of(organisation)
    draft = planning.begin(
        organisation=organisation,
        bank_version=step.version,
        subset=step.subset,
        name=_free_name(organisation, run.period, step, by),
        confidentiality=programme.confidentiality,
        by=by,
    )
    invitees = [Invitee(person.email, person.name, person.function) for person in programme.people.all()]
    planning.plan_people(assessment=draft, invitees=invitees, by=by)
    due_on = programme.working_day(organisation.today + datetime.timedelta(days=step.days))
    planning.set_dates(assessment=draft, due_on=due_on, reminder_days=programme.reminder_days)
    if last is not None and programme.keeps_targets and last.bank_version.bank_id == step.bank_id:
        planning.set_targets(assessment=draft, targets=last.targets)
    planning.open_assessment(assessment=draft, by=by, base_url=base_url)
    run.assessment, run.state, run.problem = draft, State.OPENED, ""
    run.save(update_fields=["assessment", "state", "problem"])
    emails.queue(kind="programme_opened", about=run, base_url=base_url)
    return True


def _free_name(organisation: Organisation, period: datetime.date, step: ProgrammeStep, by: User) -> str:
    """`Pulse, June 2026`, or the month alone for the full questionnaire, in the runner's language; with a number if
    the organisation has an assessment of that name."""
    language = interface_in(by.language or settings.LANGUAGE_CODE)
    with override(language):
        month = date_format(period, "YEAR_MONTH_FORMAT")
    if step.subset and step.version is not None:
        month = f"{results.bank_in(step.version, language).subset(step.subset).title}, {month}"
    used = {name.lower() for name in organisation.assessments.values_list("name", flat=True)}
    names = (month, *(f"{month} ({number})" for number in range(2, len(used) + 3)))
    return next(name for name in names if name.lower() not in used)


def close_run(*, run: ProgrammeRun, today: datetime.date, base_url: str) -> bool:
    """Close an assessment after its due date, and release it if so decided; without answers, say so and leave it open.

    Notes one that somebody closed or deleted. False if nothing changed.
    """
    with _locked(run.programme_id) as programme:
        current = _current(run, State.OPENED)
        if current is None:
            return False
        assessment = current.assessment
        if assessment is None or not Assessment.objects.locked(assessment.pk).is_open:
            return _end(current)
        if assessment.due_on is None or assessment.due_on >= today:
            return False
        if not Submission.objects.submitted().filter(participant__assessment=assessment).exists():
            return _wait(current, Problem.NO_ANSWERS, base_url)
        assessments.close(assessment=assessment, by=programme.runner)
        if programme.release == Programme.Release.WHEN_CLOSED:
            assessments.release(assessment=assessment, by=programme.runner, base_url=base_url)
        emails.queue(kind="programme_closed", about=current, base_url=base_url)
        return _end(current)


def _end(run: ProgrammeRun) -> bool:
    run.state, run.problem = State.CLOSED, ""
    run.save(update_fields=["state", "problem"])
    return True
