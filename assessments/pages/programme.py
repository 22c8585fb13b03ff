"""The page of a programme: what it does next, what it waits for, and what it has done."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from assessments import results
from assessments.models import Assessment, Programme, ProgrammeRun, ProgrammeStep
from assessments.reader_language import language
from assessments.sentences import gettext as _

YEAR = datetime.timedelta(days=366)
RECENT = 6  # assessments listed that have opened or were skipped
State = ProgrammeRun.State


@dataclass(frozen=True)
class ComingLine:
    """An assessment that opens within twelve months."""

    opens: datetime.date
    due: datetime.date
    what: str
    is_announced: bool


@dataclass(frozen=True)
class PastLine:
    """An assessment that the programme opened, or why it did not."""

    opened_on: datetime.date
    assessment: Assessment | None
    state: str
    reason: str


@dataclass(frozen=True)
class StepLine:
    """What a step asks and how often."""

    what: str
    rhythm: str
    days: int


@dataclass(frozen=True)
class ProgrammePage:
    """The page of one programme. `problems`: sentences on what keeps it from opening the next assessment."""

    programme: Programme
    runner: str
    people: int
    steps: Sequence[StepLine]
    coming: Sequence[ComingLine]
    past: Sequence[PastLine]
    problems: Sequence[str]


def programme_page(programme: Programme, today: datetime.date) -> ProgrammePage:
    """The page; a few queries for each step, however long the programme has run."""
    steps = list(programme.steps.all())
    names = {step.pk: _name(step) for step in steps}
    runs = list(programme.runs.select_related("assessment"))
    announced = {(run.step_id, run.period) for run in runs if run.state == State.ANNOUNCED}
    coming = [each for each in programme.coming(today) if each.opens <= today + YEAR]
    people = programme.people.count()
    return ProgrammePage(
        programme=programme,
        runner=str(programme.runner or ""),
        people=people,
        steps=[StepLine(names[step.pk], step.get_months_display(), step.days) for step in steps],
        coming=[
            ComingLine(each.opens, each.due, names[each.step.pk], (each.step.pk, each.period) in announced)
            for each in coming
        ],
        past=[_past(run) for run in reversed(runs) if run.state != State.ANNOUNCED][:RECENT],
        problems=list(_problems(programme, steps, people, runs)),
    )


def _name(step: ProgrammeStep) -> str:
    version = step.version
    if version is None:
        return step.bank.key
    name = results.name_in(version, language())
    return f"{name}: {results.bank_in(version, language()).subset(step.subset).title}" if step.subset else name


def _past(run: ProgrammeRun) -> PastLine:
    reason = run.get_problem_display() if run.problem else ""
    return PastLine(run.opens_on, run.assessment, run.get_state_display(), reason)


def _problems(
    programme: Programme, steps: Sequence[ProgrammeStep], people: int, runs: Sequence[ProgrammeRun]
) -> Sequence[str]:
    """What has to be settled before it can open the next assessment, or close the last."""
    found = []
    problem = ProgrammeRun.Problem
    if programme.runner is None:
        found.append(str(problem.NO_RUNNER.label))
    if not people:
        found.append(str(problem.NO_PEOPLE.label))
    if any(step.version is None for step in steps):
        found.append(str(problem.NO_BANK.label))
    for run in runs:
        if run.problem and run.state == State.OPENED and run.assessment:
            about = {"name": run.assessment.name, "reason": run.get_problem_display()}
            found.append(_("%(name)s: %(reason)s") % about)
    return found
