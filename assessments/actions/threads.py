"""Asking about an answer, replying, and closing a thread. Replies are never audited: their time would tell who replied."""

import datetime
import re
import secrets
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from assessments import audit, results
from assessments.models import Assessment, Participant, Question, Submission, Thread, ThreadEntry, User, Voice
from assessments.models.thread import A_DAY

MAX_PER_DAY = 3  # new threads of a confidential assessment
MAX_THREADS = 20  # of a confidential assessment in all
MAX_ENTRIES_PER_DAY = 5  # by one person in one thread; by whoever asks in a confidential one: 1


class NotOfferedError(Exception):
    """These people may not be asked: the result does not show that anybody gave this answer, or there is none yet."""


class TooManyThreadsError(Exception):
    """The limit for a confidential assessment is reached, or a thread on this question is still open."""


class ThreadClosedError(Exception):
    """The thread takes no replies (any more)."""


@transaction.atomic
def ask_about_level(*, assessment: Assessment, question: Question, level: int, text: str, by: User) -> Thread:
    """Ask everybody who gave this answer in a confidential assessment. They see it from the next day.

    Raises NotOfferedError and TooManyThreadsError.
    """
    current = Assessment.objects.locked(assessment.pk)
    if level not in results.answers_to_ask_about(current).get(question.key, ()):
        raise NotOfferedError
    zone = _zone_of(current)
    thread = Thread(assessment=current, question=question, level=level, text=text, asked_by=by, zone=zone)
    thread.asked_on, thread.opens_on = thread.today, thread.today + A_DAY
    _check_limits(thread)
    thread.save()
    asked = results.people_who_answered(current, question.key, level)
    _add_voices(thread, current.participants.filter(pseudonym__in=asked))
    audit.record(by=by, verb=audit.Verb.THREAD_ASKED, what=thread)
    return thread


def _zone_of(assessment: Assessment) -> str:
    """The time zone of the assessment's first thread: later ones keep it, whatever becomes of the organisation's."""
    first = assessment.threads.order_by("asked_on").values_list("zone", flat=True).first()
    return first or assessment.organisation.time_zone


def _check_limits(thread: Thread) -> None:
    """Raise TooManyThreadsError if so many threads could narrow down who gave which answer."""
    there = Thread.objects.filter(assessment=thread.assessment_id)
    still_open = [each for each in there.filter(question=thread.question_id) if not _has_ended(each)]
    today = there.filter(asked_on=thread.asked_on).count()
    if still_open or today >= MAX_PER_DAY or there.count() >= MAX_THREADS:
        raise TooManyThreadsError


def _has_ended(thread: Thread) -> bool:
    return thread.closed_on is not None and thread.closed_on < thread.today


@transaction.atomic
def ask_people(
    *, assessment: Assessment, question: Question, people: Collection[Participant], text: str, by: User
) -> Thread:
    """Ask people by name in a named assessment, and whoever the text mentions. They see it at once.

    Raises NotOfferedError unless the assessment is named and they have submitted.
    """
    current = Assessment.objects.locked(assessment.pk)
    asked = {person.pk: person for person in (*people, *mentioned(current, text))}
    sent = current.participants.filter(submission__in=Submission.objects.submitted())
    if not current.is_named or not people or sent.filter(pk__in=[each.pk for each in people]).count() < len(people):
        raise NotOfferedError
    thread = Thread(assessment=current, question=question, text=text, asked_by=by, zone=current.organisation.time_zone)
    thread.asked_on = thread.opens_on = thread.today
    thread.save()
    _add_voices(thread, asked.values())
    audit.record(by=by, verb=audit.Verb.THREAD_ASKED, what=thread)
    return thread


def mentioned(assessment: Assessment, text: str) -> list[Participant]:
    """The participants of a named assessment whose name follows an @ in the text. One query; none without an @."""
    if not assessment.is_named or "@" not in text:
        return []
    people = assessment.participants.select_related("user")
    return [person for person in people if re.search(rf"@{re.escape(str(person))}(?!\w)", text, re.IGNORECASE)]


def _add_voices(thread: Thread, people: Iterable[Participant]) -> None:
    """Give each a pseudonym that is unique in the thread, in random order. Nobody is told how many there are."""
    there = {voice.participant_id: voice.pseudonym for voice in thread.voices.all()}
    taken, rows = set(there.values()), []
    for person in sorted(people, key=lambda _person: secrets.token_bytes(8)):
        voice = Voice(thread=thread, participant=person)
        while voice.pseudonym in taken:
            voice = Voice(thread=thread, participant=person)
        taken.add(voice.pseudonym)
        if person.pk not in there:
            rows.append(voice)
    Voice.objects.bulk_create(rows)


@transaction.atomic
def reply(*, voice: Voice, text: str) -> ThreadEntry:
    """Reply as one of those who are asked. Raises ThreadClosedError and TooManyThreadsError.

    The same text twice is one reply, so that a double click does not repeat it.
    """
    thread = Thread.objects.locked(voice.thread_id)
    if not thread.takes_replies:
        raise ThreadClosedError
    today = thread.entries.filter(voice=voice, day=thread.today)
    there = today.filter(text=text).first()
    if there is None and today.count() >= MAX_ENTRIES_PER_DAY:
        raise TooManyThreadsError
    return there or _write(thread, text, voice=voice)


@transaction.atomic
def follow_up(*, thread: Thread, text: str, by: User) -> ThreadEntry:
    """Add to the question; in a confidential thread once a day. Raises ThreadClosedError and TooManyThreadsError."""
    current = Thread.objects.locked(thread.pk)
    if current.is_closed:
        raise ThreadClosedError
    today = current.entries.filter(voice=None, day=current.today)
    there = today.filter(text=text, author=by).first()
    if there is None and today.count() >= (1 if current.is_confidential else MAX_ENTRIES_PER_DAY):
        raise TooManyThreadsError
    _add_voices(current, mentioned(current.assessment, text))
    return there or _write(current, text, author=by)


def _write(thread: Thread, text: str, *, voice: Voice | None = None, author: User | None = None) -> ThreadEntry:
    at: datetime.datetime | None = None if thread.is_confidential else timezone.now()
    return ThreadEntry.objects.create(thread=thread, voice=voice, author=author, day=thread.today, at=at, text=text)


@transaction.atomic
def close(*, thread: Thread, by: User) -> None:
    """Close a thread; does nothing if it is closed. A confidential one takes replies until the day ends."""
    current = Thread.objects.locked(thread.pk)
    if current.is_closed:
        return
    current.closed_on = max(current.today, current.opens_on)
    current.save(update_fields=["closed_on"])
    audit.record(by=by, verb=audit.Verb.THREAD_CLOSED, what=current)


def finish(*, voice: Voice, by: User) -> None:
    """Say that somebody who is asked has nothing to add: in a named assessment this closes the thread.

    In a confidential one nobody else learns of it.
    """
    if voice.thread.is_confidential:
        Voice.objects.filter(pk=voice.pk).update(is_finished=True)
    else:
        close(thread=voice.thread, by=by)


def forget_replies(assessment: Assessment) -> None:
    """Delete every reply in a confidential assessment from which somebody is erased who had answered.

    If only theirs disappeared, whoever knows whose data were erased would know who had written it.
    """
    if not assessment.is_named:
        ThreadEntry.objects.filter(thread__assessment=assessment).exclude(voice=None).delete()
