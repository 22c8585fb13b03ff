"""Delegating a pillar to a colleague."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q

from .answer import Answer, Submission
from .bank_content import Pillar, Question
from .counting import number_of
from .link import MailedLink, MailedLinkQuerySet
from .person import User


class DelegationQuerySet(MailedLinkQuerySet["Delegation"]):
    def live(self) -> Self:
        """Exclude withdrawn delegations; includes those not accepted yet."""
        return self.filter(revoked_at=None)

    def accessible_to(self, user: User) -> Self:
        """Accepted by `user` and not withdrawn: these give access to a pillar."""
        submissions = Submission.objects.filter(participant__assessment__organisation__deleted_at=None)
        return self.live().filter(user=user, used_at__isnull=False, submission__in=submissions)

    def with_progress(self) -> Self:
        """Annotate `answered` and `asked`, both counted in questions."""
        answers = Answer.objects.given().filter(submission=OuterRef("submission"), question__pillar=OuterRef("pillar"))
        questions = Question.objects.filter(pillar=OuterRef("pillar"))
        return self.annotate(answered=number_of(answers, "submission"), asked=number_of(questions, "pillar"))


class Delegation(MailedLink):
    """A colleague answers one pillar for a respondent. Withdrawing it ends their access at once."""

    LASTS = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="delegations")
    pillar = models.ForeignKey(Pillar, models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="delegations"
    )
    name = models.CharField(max_length=150, blank=True)
    note = models.TextField(blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("submission", "pillar"), condition=Q(revoked_at=None), name="a_pillar_is_passed_to_one_person"
            ),
            models.CheckConstraint(condition=Q(user=None) | Q(used_at__isnull=False), name="a_colleague_has_accepted"),
        ]

    @property
    def colleague(self) -> str:
        """The colleague's name as the respondent entered it, or their address."""
        return self.name or self.email
