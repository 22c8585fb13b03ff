"""How people see last time today: ratings beside their recorded answers."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from .answer import Submission
from .bank import LEVEL
from .bank_content import Question


class ThenRating(models.Model):
    """The answer that a person would now give for the time of the last assessment. Never part of a score."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="then_ratings")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(validators=LEVEL)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("submission", "question"), name="one_then_rating_a_question"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=7), name="then_rating_1_to_7"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.level}"
