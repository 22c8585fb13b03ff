"""The e-mails that there are questions about answers, and replies: each once a day at most to a person. `run_due` queues
them.

In a confidential assessment the first goes to everyone who submitted, asked or not, so that it says nothing about
anyone; the second is about days that are over, so that it says nothing of the time of a reply.
"""

import datetime
from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from assessments import emails
from assessments.models import Assessment, Participant, Submission, Thread, ThreadEntry, ThreadNotice
from assessments.models.thread import A_DAY

NEWS_FOR = datetime.timedelta(days=7)  # older questions are not brought up again


def send_due(*, base_url: str) -> int:
    """Queue every e-mail that is due and was not sent; returns how many."""
    since = timezone.now().date() - NEWS_FOR
    recent = Q(threads__opens_on__gte=since) | Q(threads__entries__day__gte=since, threads__entries__voice=None)
    assessments = Assessment.objects.present().filter(recent).distinct().order_by("pk")
    return sum(_send(person, day, base_url) for each in assessments for person, day in _readers(each))


def tell_askers(*, base_url: str) -> int:
    """Queue an e-mail to everyone whose questions had replies before today that they were not told of; returns how many.

    One query while there are none. Those of another assessment, or of the same day, are told the day after.
    """
    since = timezone.now().date() - NEWS_FOR
    threads = Thread.objects.filter(
        Q(told_on=None) | Q(entries__day__gt=F("told_on")), entries__voice__isnull=False, entries__day__gte=since,
        asked_by__isnull=False, assessment__organisation__deleted_at=None,
    ).distinct()  # fmt: skip
    rows = threads.select_related("assessment", "asked_by").order_by(F("told_on").asc(nulls_first=True), "pk")
    return sum(_tell(thread, base_url) for thread in rows)


@transaction.atomic
def _tell(thread: Thread, base_url: str) -> bool:
    yesterday, since = thread.today - A_DAY, thread.told_on or datetime.date.min
    if not thread.entries.filter(voice__isnull=False, day__gt=since, day__lte=yesterday).exists():
        return False
    own = Thread.objects.filter(asked_by=thread.asked_by).select_for_update()
    if any(each.told_on is not None and each.told_on >= yesterday for each in own):
        return False
    own.filter(assessment=thread.assessment_id).update(told_on=yesterday)
    emails.queue(kind="questions_answered", about=thread, base_url=base_url)
    return True


def _readers(assessment: Assessment) -> Iterator[tuple[Participant, datetime.date]]:
    """Those to be told, with the current day in the time zone of the threads."""
    threads = list(assessment.threads.all())
    today = threads[0].today
    news = {thread.pk: day for thread in threads if (day := _latest(thread)) is not None}
    for person, day in _days(assessment, news).items():
        told = ThreadNotice.objects.filter(participant=person, day__gte=day)
        today_already = ThreadNotice.objects.filter(participant__user=person.user, day__gte=today)
        if day > today - NEWS_FOR and not told.exists() and not today_already.exists():
            yield person, today


def _latest(thread: Thread) -> datetime.date | None:
    """The day on which the newest words of whoever asks could first be read; None if none can be read yet."""
    wait = A_DAY if thread.is_confidential else datetime.timedelta()
    rows = ThreadEntry.objects.filter(thread=thread, voice=None, day__lte=thread.today - wait)
    last = rows.aggregate(last=Max("day"))["last"]
    days = [thread.opens_on] if thread.has_opened else []
    return max([*days, *([last + wait] if last else [])], default=None)


def _days(assessment: Assessment, news: Mapping[UUID, datetime.date]) -> dict[Participant, datetime.date]:
    """Everybody who submitted, with the day of the last news; in a named assessment those who are asked."""
    people = assessment.participants.exclude(user=None).select_related("user").order_by("pk")
    sent = people.filter(submission__in=Submission.objects.submitted())
    if not assessment.is_named:
        return dict.fromkeys(sent, max(news.values())) if news else {}
    found: dict[Participant, datetime.date] = {}
    for person in people.filter(voices__thread__in=list(news)).distinct().prefetch_related("voices"):
        found[person] = max(news[voice.thread_id] for voice in person.voices.all() if voice.thread_id in news)
    return found


@transaction.atomic
def _send(person: Participant, day: datetime.date, base_url: str) -> bool:
    notice, created = ThreadNotice.objects.get_or_create(participant=person, day=day)
    if created:
        emails.queue(kind="questions_asked", about=notice, base_url=base_url)
    return created
