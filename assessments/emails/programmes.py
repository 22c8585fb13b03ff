"""E-mails to whoever runs a programme: what it will do, has done or cannot do, and what comes next."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from django.utils.formats import date_format

from assessments import results
from assessments.models import LATE_DAYS, Assessment, ProgrammeRun, Submission
from assessments.sentences import gettext as _, gettext_lazy, ngettext

from .messages import Email, Order
from .phrases import plain, url_of
from .recipients import readers_of_programme

State = ProgrammeRun.State
NEXT = 3  # dates named
ACTIONS = {
    "programme": gettext_lazy("Open the programme"),
    "manage": gettext_lazy("Go to the assessment"),
    "result": gettext_lazy("See the result"),
}


class Message(NamedTuple):
    """What an e-mail says, and the page to which it leads."""

    title: str
    lines: Sequence[str]
    page: str = "programme"


def _write(what: Callable[[ProgrammeRun], Message | None], order: Order) -> Iterator[Email]:
    """The e-mails about one run, unless they are no longer true."""
    rows = ProgrammeRun.objects.select_related("programme__organisation", "programme__run_by", "step", "assessment")
    run = rows.filter(pk=order.pk).first()
    message = what(run) if run is not None else None
    if run is None or message is None:
        return
    organisation = run.programme.organisation
    target = organisation.pk if message.page == "programme" else run.assessment_id
    context = {
        "organisation": plain(organisation.name),
        "title": message.title,
        "lines": [*message.lines, *_next(run)],
        "action": ACTIONS[message.page],
        "url": url_of(order.base_url, message.page, target),
    }
    subject = _("%(title)s: %(organisation)s") % context
    for reader in readers_of_programme(run.programme):
        yield Email(reader.email, subject, "programme", context, among_others=True)


def _day(day: datetime.date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def _next(run: ProgrammeRun) -> Iterator[str]:
    """The sentence on what the programme opens after this run, if anything."""
    programme = run.programme
    if programme.paused_at is None and programme.ended_at is None:
        days = [_day(each.opens) for each in programme.coming(run.opens_on + datetime.timedelta(days=1))[:NEXT]]
        if days:
            yield _("Next dates: %(days)s.") % {"days": "; ".join(days)}


def _soon(run: ProgrammeRun) -> Message | None:
    programme, step = run.programme, run.step
    version = step.version if step else None
    if step is None or version is None or run.state != State.ANNOUNCED or programme.paused_at is not None:
        return None
    people = programme.people.count()
    opening = ngettext(
        "On %(day)s an assessment opens for %(n)d person: %(bank)s.",
        "On %(day)s an assessment opens for %(n)d people: %(bank)s.",
        people,
    )
    due = programme.working_day(run.opens_on + datetime.timedelta(days=step.days))
    facts = {"day": _day(run.opens_on), "n": people, "bank": plain(results.bank_of(version).title)}
    lines = (
        opening % facts,
        _("They are invited in your name, and reminded. It closes after %(day)s.") % {"day": _day(due)},
        _("You need not do anything. To change or pause it, open the programme before that day."),
    )
    return Message(_("An assessment opens on %(day)s") % facts, lines)


def _opened(run: ProgrammeRun) -> Message | None:
    assessment = run.assessment
    if assessment is None or not assessment.is_open:
        return None
    people = assessment.participants.count()
    text = ngettext(
        "%(name)s is open for %(n)d person until the end of %(day)s.",
        "%(name)s is open for %(n)d people until the end of %(day)s.",
        people,
    )
    line = text % {"name": plain(assessment.name), "n": people, "day": _day(assessment.due_on)}
    own = _("If you are on the list yourself, your questions are on your home page.")
    return Message(_("An assessment has opened"), (line, own), "manage")


def _waits(run: ProgrammeRun) -> Message | None:
    if not run.problem:
        return None
    reason, day = run.get_problem_display(), {"day": _day(run.opens_on)}
    if run.state == State.OPENED:
        return Message(_("An assessment cannot close"), (reason,), "manage")
    if run.state == State.SKIPPED:
        kept = _("It was skipped; nothing else has changed. You can start an assessment by hand at any time.")
        return Message(_("The assessment of %(day)s was skipped") % day, (reason, kept))
    until = {"day": _day(run.opens_on + datetime.timedelta(days=LATE_DAYS))}
    kept = _("Nothing is lost: it opens once this is settled, until %(day)s.") % until
    return Message(_("The assessment of %(day)s cannot open") % day, (reason, kept))


def _closed(run: ProgrammeRun) -> Message | None:
    assessment = run.assessment
    if assessment is None or not assessment.has_result:
        return None
    people = assessment.participants
    done = people.filter(submission__state=Submission.State.SUBMITTED).count()
    facts = {"name": plain(assessment.name), "done": done, "all": people.count()}
    released = assessment.state == Assessment.State.RELEASED
    result = (
        _("Its result is released; those who see it are told.")
        if released
        else _("You see its result now; others see it once you release it.")
    )
    closed = _("%(name)s has closed: %(done)d of %(all)d have submitted.") % facts
    return Message(_("An assessment has closed"), (closed, result), "result")


WRITERS: Mapping[str, Callable[[Order], Iterator[Email]]] = {
    "programme_soon": partial(_write, _soon),
    "programme_opened": partial(_write, _opened),
    "programme_waits": partial(_write, _waits),
    "programme_closed": partial(_write, _closed),
}
