"""Access to threads: for whoever runs the assessment, and for those who are asked, once they are."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404

from assessments.models import Assessment, Thread, ThreadEntry, User, Voice
from assessments.models.clock import today

from .assessments import runs


class ThreadAccess(NamedTuple):
    """A thread for whoever runs its assessment, or for someone who is asked (`voice`), or for one who is both."""

    thread: Thread
    runs: bool
    voice: Voice | None

    @property
    def entries(self) -> list[ThreadEntry]:
        """What this reader may read, in order. One query.

        Who is asked in a confidential thread reads the words of who asks, from the day after, and their own replies,
        and nobody else's. Whoever runs the assessment reads what they may read of every thread, and their own replies.
        """
        rows = list(self.thread.entries.select_related("voice__participant__user", "author"))
        own = [entry for entry in rows if self.voice is not None and entry.voice_id == self.voice.pk]
        shared = readable(self.thread, rows)
        if not self.runs and self.thread.is_confidential:
            shared = [entry for entry in shared if entry.voice_id is None and entry.day < self.thread.today]
        return _in_order({entry.pk: entry for entry in (*shared, *own)}.values())


def readable(thread: Thread, entries: Iterable[ThreadEntry]) -> list[ThreadEntry]:
    """The entries that whoever runs the assessment may read, in order: of a confidential thread no reply of today."""
    hidden = thread.is_confidential
    return _in_order(entry for entry in entries if not hidden or entry.voice_id is None or entry.day < thread.today)


def _in_order(entries: Iterable[ThreadEntry]) -> list[ThreadEntry]:
    """By day or, where times are stored, by time. Replies of one day are in the order of their ids, which are random."""
    return sorted(entries, key=lambda entry: (entry.day, *_within_a_day(entry), entry.pk))


def _within_a_day(entry: ThreadEntry) -> tuple[bool, float]:
    return (entry.voice_id is not None, 0.0) if entry.at is None else (False, entry.at.timestamp())


def require_thread(user: User, pk: UUID, thread: UUID) -> ThreadAccess:
    """A thread of the assessment `pk`. Raises Http404 for everybody else, and for who is asked until it opens."""
    rows = Thread.objects.filter(assessment__organisation__deleted_at=None)
    rows = rows.select_related("assessment__organisation", "assessment__bank_version", "question__pillar", "asked_by")
    found = get_object_or_404(rows, pk=thread, assessment=pk)
    voice = found.voices.filter(participant__user=user).first()
    grant = ThreadAccess(found, runs(user, found.assessment), voice if found.has_opened else None)
    if not grant.runs and grant.voice is None:
        raise Http404
    if grant.voice is not None:
        grant.voice.thread = found
    return grant


def threads_of(assessment: Assessment, question: str = "") -> list[Thread]:
    """The threads of an assessment for those who run it, or those about one question; newest first. One query."""
    rows = assessment.threads.select_related("question", "asked_by").prefetch_related("voices__participant__user")
    rows = rows.filter(question__key=question) if question else rows
    return list(rows.order_by("-asked_on", "pk"))


def threads_with_entries(assessment: Assessment) -> list[tuple[Thread, list[ThreadEntry]]]:
    """Every thread with what those who run the assessment may read of it, oldest first. Five queries."""
    people = Prefetch("entries", ThreadEntry.objects.select_related("voice__participant__user", "author"))
    rows = assessment.threads.select_related("question", "asked_by")
    rows = rows.prefetch_related("voices__participant__user", people)
    return [(row, readable(row, row.entries.all())) for row in rows.order_by("asked_on", "pk")]


def threads_asked_of(user: User, assessment: Assessment | None = None) -> list[Thread]:
    """The threads in which `user` is asked and which have opened, newest first. One query."""
    rows = Thread.objects.asked_of(user).prefetch_related("voices__participant__user")
    rows = rows if assessment is None else rows.filter(assessment=assessment)
    return [thread for thread in rows.order_by("-opens_on", "pk") if thread.has_opened]


def is_asked() -> Exists:
    """Whether a participant is asked in an open thread and has neither replied nor said that they have nothing to add."""
    waiting = Voice.objects.filter(participant=OuterRef("pk"), is_finished=False, entries=None)
    return Exists(waiting.filter(thread__opens_on__lte=today(), thread__closed_on=None))
