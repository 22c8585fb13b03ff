"""Questions about an answer, and the replies to them. See docs/decisions/0026-threads-that-do-not-unmask.md."""

import datetime
import secrets
import uuid
import zoneinfo
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .assessment import Assessment, Participant
from .bank import LEVEL
from .bank_content import Question
from .locking import LockingQuerySet
from .person import User

THREAD_TEXT_LIMIT = 2000  # characters of a question or a reply
A_DAY = datetime.timedelta(days=1)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class ThreadQuerySet(LockingQuerySet["Thread"]):
    def asked_of(self, user: User) -> Self:
        """The threads in which `user` is asked. Those of a confidential assessment open on the day after."""
        own = self.filter(voices__participant__user=user, assessment__organisation__deleted_at=None)
        return own.select_related("assessment__organisation", "question")


class Thread(models.Model):
    """A question about the answers to one question of the bank.

    In a confidential assessment `level` is the answer whose people are asked, and everything happens once a day: who is
    asked sees the question from the next day, in `zone`, and whoever runs the assessment sees a reply on the day after
    it was written. So no reply has a time. In a named assessment `level` is None and everything happens at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="threads")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(null=True, validators=LEVEL)
    text = models.TextField(max_length=THREAD_TEXT_LIMIT)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_on = models.DateField()
    opens_on = models.DateField()
    closed_on = models.DateField(null=True)  # the last day on which replies are taken
    told_on = models.DateField(null=True)  # replies up to this day were announced by e-mail to the user who asked
    zone = models.CharField(max_length=64)  # fixed: whoever moved midnight could narrow down when somebody replied

    objects = ThreadQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=("assessment", "question"), name="threads_of_a_question")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(level=None) | Q(level__gte=1, level__lte=7), name="thread_level_1_to_7"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opens_on")), name="thread_is_open_for_a_day"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_confidential(self) -> bool:
        return self.level is not None

    @property
    def today(self) -> datetime.date:
        return timezone.localdate(timezone=zoneinfo.ZoneInfo(self.zone))

    @property
    def has_opened(self) -> bool:
        """Whether those who are asked can see it."""
        return self.opens_on <= self.today

    @property
    def is_closed(self) -> bool:
        """Whether somebody has closed it, though a confidential one takes replies until the end of that day."""
        return self.closed_on is not None

    @property
    def takes_replies(self) -> bool:
        last = self.closed_on
        still = last is None or (self.is_confidential and self.today <= last)
        return self.has_opened and still


def new_thread_pseudonym() -> str:
    """Return a random name for one person in one thread, such as `K7-QX`. It says nothing of how many there are."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(4))
    return f"{letters[:2]}-{letters[2:]}"


class Voice(models.Model):
    """A person who is asked in a thread, and their pseudonym in it, which differs from that in every other thread."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="voices")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="voices")
    pseudonym = models.CharField(max_length=8, default=new_thread_pseudonym)
    is_finished = models.BooleanField(default=False)  # has nothing to add; nobody else sees this

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("thread", "participant"), name="one_voice_a_person"),
            models.UniqueConstraint(fields=("thread", "pseudonym"), name="one_pseudonym_a_voice"),
        ]

    def __str__(self) -> str:
        return self.pseudonym


class ThreadEntry(models.Model):
    """What was written in a thread after its question: by `voice`, who is asked, or by `author`, who asks.

    `at` is None in a confidential thread. Ids are random, so rows have no order of their own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="entries")
    voice = models.ForeignKey(Voice, models.CASCADE, null=True, related_name="entries")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    day = models.DateField()
    at = models.DateTimeField(null=True)
    text = models.TextField(max_length=THREAD_TEXT_LIMIT)

    class Meta:
        indexes: ClassVar = [models.Index(fields=("thread", "day"), name="entries_of_a_thread")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(voice=None) | Q(author=None), name="entry_of_one_side")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ThreadNotice(models.Model):
    """The e-mail that told a participant on one day that there are questions about answers."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="thread_notices")
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("participant", "day"), name="one_thread_notice_a_day")]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.day}"
