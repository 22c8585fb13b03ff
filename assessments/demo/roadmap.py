"""The demonstration's roadmaps: actions with owners, dates and notes of progress, set back to their dates."""

import datetime
from collections.abc import Mapping

from assessments.actions import roadmap
from assessments.models import Assessment, ProgressNote, RoadmapAction, User

from .story import StoryAction, StoryAssessment

Status = RoadmapAction.Status
DAY = datetime.timedelta(days=1)


def plan(assessment: Assessment, story: StoryAssessment, people: Mapping[str, User], *, by: User) -> None:
    """Add the actions that the story says were decided after the release; does nothing without any."""
    if not story.actions or story.released_at is None:
        return
    assessment.refresh_from_db()
    checksum = assessment.results.latest("revision").checksum
    for entry in story.actions:
        owner = people[entry.owner]
        fields = _fields(entry, owner, assessment, story.released_at)
        action = roadmap.decide(assessment=assessment, fields=fields, requires=(), checksum=checksum, by=by)
        RoadmapAction.objects.filter(pk=action.pk).update(created_at=story.released_at + DAY)
        if entry.note:
            _report(action, entry, owner, story.released_at)


def _fields(
    entry: StoryAction, owner: User, assessment: Assessment, released_at: datetime.datetime
) -> roadmap.ActionFields:
    """As somebody would enter them. A person without an account that works is an owner by name only."""
    today = assessment.organisation.today
    return {
        "title": entry.title,
        "question": entry.question,
        "owner": owner.name,
        "owner_account": owner if owner.is_active else None,
        "due_on": today + entry.due * DAY if entry.due < 0 else released_at.date() + entry.due * DAY,
        "horizon": entry.within,
        "effort": entry.effort,
        "status": Status.PLANNED,
    }


def _report(action: RoadmapAction, entry: StoryAction, owner: User, released_at: datetime.datetime) -> None:
    """The owner's note, which completes or begins the action."""
    status = Status.STARTED if entry.done is None else Status.DONE
    roadmap.note_progress(action=action, status=status, text=entry.note, by=owner)
    at = released_at + (entry.done or entry.due // 2 if entry.due > 0 else 60) * DAY
    ProgressNote.objects.filter(action=action).update(at=at)
    if entry.done is not None:
        RoadmapAction.objects.filter(pk=action.pk).update(done_on=at.date())
