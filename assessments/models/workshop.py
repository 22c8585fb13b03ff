"""Workshops on an assessment: each question is presented, voted on secretly and revealed."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .assessment import Assessment, AssessmentQuerySet, Participant
from .bank import LEVEL
from .bank_content import Question
from .counting import number_of

GUEST_NAME_LIMIT = 40  # characters
CODE_LETTERS, CODE_LENGTH = "BCDFGHJKLMNPQRSTVWXZ", 8  # no vowels, no words; 20^8 = 25.6 billion codes


class Workshop(models.Model):
    """The state of an assessment's workshop. `turn` increases with every change that its screens must show.

    `order` holds the question keys as sorted at the start, most disagreement first. People without an account join
    with the `code`; every start has its own.
    """

    assessment = models.OneToOneField(Assessment, models.CASCADE, primary_key=True, related_name="workshop")
    turn = models.PositiveIntegerField(default=1)
    order = models.JSONField(default=list)
    current = models.ForeignKey("Asking", models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    code = models.CharField(max_length=CODE_LENGTH, unique=True, null=True, editable=False)  # noqa: DJ001 - only while it runs

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_running(self) -> bool:
        return self.ended_at is None


class Guest(models.Model):
    """Someone who joined a running workshop with its code, without an account; deleted when the workshop ends."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="guests")
    name = models.CharField(_("first name"), max_length=GUEST_NAME_LIMIT)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("workshop guest")
        verbose_name_plural = _("workshop guests")

    def __str__(self) -> str:
        return str(self.pk)


type Voter = Participant | Guest


def with_voters(assessments: AssessmentQuerySet) -> models.QuerySet[Any]:
    """Annotate `voters`: the people who can vote in the workshop, participants with an account and guests."""
    people = Participant.objects.filter(assessment=OuterRef("pk"), user__isnull=False)
    guests = Guest.objects.filter(workshop=OuterRef("pk"))
    return assessments.annotate(voters=number_of(people, "assessment") + number_of(guests, "workshop"))


class Asking(models.Model):
    """One presentation of a question. `counts` are the votes at levels 1-5, set when they are revealed; `guests` of the
    people counted had no account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="askings")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    revealed_at = models.DateTimeField(null=True, editable=False)
    counts = models.JSONField(default=list, editable=False)
    dont_know = models.PositiveSmallIntegerField(null=True, editable=False)
    guests = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=("workshop", "question"), name="askings_of_a_question")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(revealed_at=None, dont_know=None) | Q(revealed_at__isnull=False, dont_know__isnull=False),
                name="counted_when_revealed",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_revealed(self) -> bool:
        return self.revealed_at is not None


class Vote(models.Model):
    """The vote of a participant or a guest. Once votes are revealed and counted, individual levels are deleted. No time
    is stored, because the order of votes could identify voters."""

    asking = models.ForeignKey(Asking, models.CASCADE, related_name="votes")
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, related_name="+")
    guest = models.ForeignKey(Guest, models.CASCADE, null=True, related_name="+")
    level = models.PositiveSmallIntegerField(null=True, validators=LEVEL)  # None: doesn't know, or deleted

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("asking", "participant"), name="one_vote_a_person"),
            models.UniqueConstraint(fields=("asking", "guest"), name="one_vote_a_guest"),
            models.CheckConstraint(
                condition=Q(participant=None, guest__isnull=False) | Q(participant__isnull=False, guest=None),
                name="vote_of_one_person",
            ),
            models.CheckConstraint(condition=Q(level=None) | Q(level__gte=1, level__lte=7), name="vote_level_1_to_7"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def voter_id(self) -> uuid.UUID:
        """The id of the participant or guest."""
        voter: uuid.UUID = self.participant_id or self.guest_id  # type: ignore[assignment]
        return voter

    @staticmethod
    def owner(voter: Voter) -> dict[str, Any]:
        """The column and value that find the votes of one person."""
        return {"guest" if isinstance(voter, Guest) else "participant": voter}
