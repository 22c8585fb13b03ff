"""Planning actions after a result, and tracking their progress."""

import calendar
import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from assessments import audit
from assessments.models import Assessment, ProgressNote, RoadmapAction, Unit, User

MAX_ACTIONS = 200  # per assessment: more than anyone can keep track of


class RoadmapIsFullError(Exception):
    """The assessment has the maximum number of actions; nothing was added."""


class ActionGoneError(Exception):
    """The action has since been removed; nothing was changed."""


class CircleError(Exception):
    """An action would depend on itself; nothing was changed."""


class QuestionTakenError(Exception):
    """The assessment has another action for this question; nothing was changed."""


@dataclass(frozen=True)
class Proposal:
    """A recommended move to turn into an action; `requires` are keys of questions."""

    question: str
    title: str
    owner: str
    effort: float | None
    horizon: str
    requires: tuple[str, ...]


class ActionFields(TypedDict):
    """The editable fields of an action."""

    title: str
    question: str
    owner: str
    owner_account: User | None
    due_on: datetime.date | None
    horizon: str
    effort: float | None
    status: str
    unit: NotRequired[Unit | None]


@transaction.atomic
def add(*, assessment: Assessment, proposals: Sequence[Proposal], checksum: str, by: User) -> int:
    """Turn moves into actions, due at the end of their horizons; returns how many are new.

    Skips questions that already have an action. Links each new action to those it requires, if they are on the roadmap.
    Raises RoadmapIsFullError.
    """
    _lock(assessment)
    actions = _by_question(assessment)
    new = [proposal for proposal in proposals if proposal.question not in actions]
    _refuse_if_full(assessment, len(new))
    today = assessment.organisation.today
    place = _next_place(assessment)
    for number, proposal in enumerate(new):
        actions[proposal.question] = _add(assessment, proposal, checksum, place + number, today)
        audit.record(by=by, verb=audit.Verb.ACTION_ADDED, what=actions[proposal.question])
    for proposal in new:
        _tie(actions[proposal.question], [actions[key] for key in proposal.requires if key in actions])
    return len(new)


def _add(
    assessment: Assessment, proposal: Proposal, checksum: str, position: int, today: datetime.date
) -> RoadmapAction:
    return RoadmapAction.objects.create(
        assessment=assessment,
        checksum=checksum,
        question=proposal.question,
        title=proposal.title[:300],
        owner=proposal.owner[:150],
        effort=proposal.effort,
        horizon=proposal.horizon,
        due_on=end_of(proposal.horizon, today),
        position=position,
    )


def end_of(horizon: str, today: datetime.date) -> datetime.date:
    """The day 90 days, or 6 or 12 months, from today; at the latest, the last day of that month."""
    if horizon == RoadmapAction.Horizon.DAYS_90:
        return today + datetime.timedelta(days=90)
    years, month = divmod(today.month - 1 + int(horizon.removesuffix("m")), 12)
    last = calendar.monthrange(today.year + years, month + 1)[1]
    return datetime.date(today.year + years, month + 1, min(today.day, last))


@transaction.atomic
def decide(
    *, assessment: Assessment, fields: ActionFields, requires: Iterable[RoadmapAction], checksum: str, by: User
) -> RoadmapAction:
    """Add a custom action. Raises RoadmapIsFullError, QuestionTakenError."""
    _lock(assessment)
    _refuse_if_full(assessment, 1)
    _refuse_if_taken(assessment, fields["question"], None)
    action = RoadmapAction(assessment=assessment, checksum=checksum, position=_next_place(assessment), **fields)
    _date(action)
    action.save()
    action.requires.set(_still_there(assessment, {first.pk for first in requires}))
    audit.record(by=by, verb=audit.Verb.ACTION_ADDED, what=action)
    return action


@transaction.atomic
def revise(*, action: RoadmapAction, fields: ActionFields, requires: Iterable[RoadmapAction], by: User) -> None:
    """Change an action. Raises ActionGoneError, QuestionTakenError, or CircleError if it would depend on itself."""
    _lock(action.assessment)
    current = RoadmapAction.objects.select_for_update(of=("self",)).filter(pk=action.pk).first()
    if current is None:
        raise ActionGoneError
    required, before = {first.pk for first in requires}, current.status
    _refuse_if_taken(action.assessment, fields["question"], current)
    if waits_for(current.pk, required, _links(action.assessment)):
        raise CircleError
    for name, value in fields.items():
        setattr(current, name, value)
    _date(current)
    changed = current.status != before
    current.save(update_fields=[*fields, "done_on"])
    if changed:
        _note(current, by, "")
    current.requires.set(_still_there(action.assessment, required))
    audit.record(by=by, verb=audit.Verb.ACTION_CHANGED, what=current)


def _still_there(assessment: Assessment, keys: Collection[UUID]) -> QuerySet[RoadmapAction]:
    return RoadmapAction.objects.filter(assessment=assessment, pk__in=keys)


@transaction.atomic
def mark(*, action: RoadmapAction, status: str, by: User) -> None:
    """Set an action's status. Does nothing if it has that status or was removed."""
    rows = RoadmapAction.objects.select_for_update(of=("self",)).select_related("assessment__organisation")
    current = rows.filter(pk=action.pk).exclude(status=status).first()
    if current is None:
        return
    current.status = status
    _date(current)
    current.save(update_fields=["status", "done_on"])
    _note(current, by, "")
    audit.record(by=by, verb=audit.Verb(status), what=current)


@transaction.atomic
def note_progress(*, action: RoadmapAction, status: str, text: str, by: User) -> None:
    """Set an action's status and add a note; without either, nothing is added. Raises ActionGoneError."""
    rows = RoadmapAction.objects.select_for_update(of=("self",)).select_related("assessment__organisation")
    current = rows.filter(pk=action.pk).first()
    if current is None:
        raise ActionGoneError
    if current.status == status and not text:
        return
    current.status = status
    _date(current)
    current.save(update_fields=["status", "done_on"])
    _note(current, by, text)
    audit.record(by=by, verb=audit.Verb.ACTION_CHANGED, what=current)


def _note(action: RoadmapAction, by: User, text: str) -> None:
    ProgressNote.objects.create(action=action, author=by, status=action.status, text=text)


@transaction.atomic
def move(*, action: RoadmapAction, up: bool, by: User) -> bool:
    """Swap positions with the next action of the same horizon; returns False if there is none on that side."""
    _lock(action.assessment)
    siblings = list(RoadmapAction.objects.filter(assessment=action.assessment_id, horizon=action.horizon).in_order())
    place = siblings.index(action)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(siblings):
        return False
    one, two = siblings[place], siblings[other]
    one.position, two.position = two.position, one.position
    RoadmapAction.objects.bulk_update([one, two], ["position"])
    audit.record(by=by, verb=audit.Verb.ACTION_MOVED_UP if up else audit.Verb.ACTION_MOVED_DOWN, what=action)
    return True


@transaction.atomic
def remove(*, action: RoadmapAction, by: User) -> None:
    """Delete an action, also from the requirements of others."""
    _lock(action.assessment)
    if RoadmapAction.objects.filter(pk=action.pk).delete()[0]:
        audit.record(by=by, verb=audit.Verb.REMOVED, what=action)


def waits_for(action: UUID, first: Collection[UUID], links: Mapping[UUID, Collection[UUID]]) -> bool:
    """Whether `first` contains this action or anything that directly or indirectly depends on it."""
    visited, open_ends = set[UUID](), list(first)
    while open_ends:
        current = open_ends.pop()
        if current == action:
            return True
        if current not in visited:
            visited.add(current)
            open_ends += links.get(current, ())
    return False


def _links(assessment: Assessment) -> dict[UUID, list[UUID]]:
    """The requirements of each action of an assessment. One query."""
    through = RoadmapAction.requires.through.objects.filter(from_roadmapaction__assessment=assessment)
    links: dict[UUID, list[UUID]] = {}
    for action, first in through.values_list("from_roadmapaction", "to_roadmapaction"):
        links.setdefault(action, []).append(first)
    return links


def _tie(action: RoadmapAction, first: Iterable[RoadmapAction]) -> None:
    """Make an action depend on others, skipping any that would create a cycle."""
    for other in first:
        if not waits_for(action.pk, {other.pk}, _links(action.assessment)):
            action.requires.add(other)


def _lock(assessment: Assessment) -> None:
    """Serialise changes to an assessment's roadmap."""
    Assessment.objects.select_for_update().filter(pk=assessment.pk).values_list("pk").get()


def _by_question(assessment: Assessment) -> dict[str, RoadmapAction]:
    rows = RoadmapAction.objects.filter(assessment=assessment).exclude(question="")
    return {row.question: row for row in rows.select_related("assessment")}


def _next_place(assessment: Assessment) -> int:
    last: int | None = RoadmapAction.objects.filter(assessment=assessment).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _refuse_if_full(assessment: Assessment, more: int) -> None:
    if RoadmapAction.objects.filter(assessment=assessment).count() + more > MAX_ACTIONS:
        raise RoadmapIsFullError


def _refuse_if_taken(assessment: Assessment, question: str, by: RoadmapAction | None) -> None:
    others = RoadmapAction.objects.filter(assessment=assessment, question=question)
    if question and any(other != by for other in others):
        raise QuestionTakenError


def _date(action: RoadmapAction) -> None:
    """Set the day on which the action was first marked as done, in the organisation's time zone; otherwise clear it."""
    if action.status != RoadmapAction.Status.DONE:
        action.done_on = None
    elif action.done_on is None:
        action.done_on = action.assessment.organisation.today
