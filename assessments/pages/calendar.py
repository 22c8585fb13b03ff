"""The dates of a person as events of a calendar."""

from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from django.urls import reverse

from assessments.ics import DayEvent
from assessments.models import Assessment, RoadmapAction
from assessments.sentences import gettext as _


def events_of(
    due: Iterable[Assessment], released: Iterable[Assessment], actions: Iterable[RoadmapAction], *, base_url: str
) -> Iterator[DayEvent]:
    """Due dates, releases and actions. Dates of other things are added here, each with a key of its own."""
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
            names = {"action": action.title, "organisation": action.assessment.organisation.name}
            link = urljoin(base_url, reverse("roadmap_status", args=[action.assessment_id]))
            words = _("Action due: %(action)s (%(organisation)s)") % names
            yield DayEvent(f"action-{action.pk}@{host}", action.due_on, words, link, action.created_at)


def _names(assessment: Assessment) -> dict[str, str]:
    return {"organisation": assessment.organisation.name, "round": assessment.name}
