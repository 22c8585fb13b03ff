"""The dates of a person as events of a calendar."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import urljoin, urlsplit
from uuid import UUID

from django.urls import reverse

from assessments.ics import DayEvent
from assessments.models import Assessment, DueAction, Planned
from assessments.sentences import gettext as _


def events_of(
    due: Iterable[Assessment],
    released: Iterable[Assessment],
    actions: Iterable[DueAction],
    planned: Iterable[Planned],
    *,
    base_url: str,
) -> Iterator[DayEvent]:
    """Due dates, releases, actions and what programmes will open, each with a key of its own."""
    host = urlsplit(base_url).hostname
    for row in due:
        if row.due_on is not None:
            words = _("Answers due: %(organisation)s, %(round)s") % _names(row)
            link = urljoin(base_url, reverse("home"))
            yield DayEvent(f"due-{row.pk}@{host}", row.due_on, words, link, row.created_at)
    for row in released:
        if row.released_at is not None:
            words = _("Result released: %(organisation)s, %(round)s") % _names(row)
            day = row.released_at.astimezone(row.organisation.zone).date()
            link = urljoin(base_url, reverse("result", args=[row.pk]))
            yield DayEvent(f"released-{row.pk}@{host}", day, words, link, row.released_at)
    for action in actions:
        if action.due_on is not None:
            names = {"action": action.title, "organisation": action.organisation}
            link = urljoin(base_url, _roadmap(action.assessment))
            words = _("Action due: %(action)s (%(organisation)s)") % names
            yield DayEvent(f"action-{action.pk}@{host}", action.due_on, words, link, action.created_at)
    for each in planned:
        programme = each.step.programme
        text = _("Pulse opens: %(organisation)s") if each.step.subset else _("Assessment opens: %(organisation)s")
        link = urljoin(base_url, reverse("programme", args=[programme.organisation_id]))
        key = f"opens-{each.step.pk}-{each.period:%Y%m}@{host}"
        words = text % {"organisation": programme.organisation.name}
        yield DayEvent(key, each.opens, words, link, programme.created_at)


@lru_cache(maxsize=256)
def _roadmap(assessment: UUID) -> str:
    return reverse("roadmap_status", args=[assessment])


def _names(assessment: Assessment) -> dict[str, str]:
    return {"organisation": assessment.organisation.name, "round": assessment.name}
