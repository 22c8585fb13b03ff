"""Programmes: announces, opens and closes the assessments that are due. `run_due` calls it.

Nothing opens that was not announced at least a day before, so that whoever runs a programme can pause or change it.
"""

import datetime
import logging
from collections.abc import Callable, Iterator
from functools import partial

from django.utils import timezone

from assessments.actions import programme_runs
from assessments.models import LATE_DAYS, NOTICE_DAYS, Programme, ProgrammeRun

logger = logging.getLogger(__name__)
OPENS_AT = 8  # o'clock where the organisation is
State = ProgrammeRun.State
type Step = Callable[..., bool]


def run_due(*, base_url: str) -> int:
    """Do everything that is due; returns how many things were done. One that fails does not stop the others."""
    return sum(_done(step, base_url) for step in _due(timezone.now()))


def _done(step: Step, base_url: str) -> bool:
    try:
        return step(base_url=base_url)
    except Exception:
        logger.exception("A step of a programme failed; it is tried again.")
        return False


def _due(now: datetime.datetime) -> Iterator[Step]:
    opened = ProgrammeRun.objects.filter(state=State.OPENED, programme__organisation__deleted_at=None)
    for run in opened.select_related("programme__organisation").order_by("pk"):
        today = now.astimezone(run.programme.organisation.zone).date()
        yield partial(programme_runs.close_run, run=run, today=today)
    running = Programme.objects.running().select_related("organisation")
    for programme in running.prefetch_related("steps", "runs").order_by("pk"):
        local = now.astimezone(programme.organisation.zone)
        yield from _announcements(programme, local.date())
        yield from _openings(programme, local)


def _announcements(programme: Programme, today: datetime.date) -> Iterator[Step]:
    """What is to open within a week and was not announced; what is too late already is skipped."""
    there = {(run.step_id, run.period) for run in programme.runs.all()}
    planned = programme.planned(programme.active_since, today + datetime.timedelta(days=NOTICE_DAYS))
    new = [each for each in planned if (each.step.pk, each.period) not in there]
    late = [each for each in new if (today - each.opens).days > LATE_DAYS]
    for each in late:
        yield partial(programme_runs.miss, planned=each, today=today, is_last=each is late[-1])
    for each in new[len(late) :]:
        yield partial(programme_runs.announce, planned=each, today=today)


def _openings(programme: Programme, local: datetime.datetime) -> Iterator[Step]:
    """What was announced before today and opens today or was to open earlier."""
    today = local.date()
    for run in programme.runs.all():
        is_due = run.state == State.ANNOUNCED and run.announced_on < today and run.opens_on <= today
        is_late = (today - max(run.opens_on, run.announced_on)).days > LATE_DAYS
        if is_due and (is_late or (local.hour >= OPENS_AT and not programme.is_off(today))):
            yield partial(programme_runs.open_run, run=run, is_late=is_late)
