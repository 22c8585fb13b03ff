"""The answers agreed in a workshop, stored alongside individual answers and never replacing them."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .assessment import Assessment
from .bank import LEVEL
from .bank_content import Question

AGREED_LIMIT = 2000  # characters of a reason or a dissent


class AgreedAnswer(models.Model):
    """The level agreed for one question in a workshop, with the reason and any dissent.

    `earlier` holds the previous versions, oldest first: level, reason, dissent, revision and when it was agreed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="agreed")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("agreed level"), validators=LEVEL)
    reason = models.TextField(_("reason"))
    dissent = models.TextField(_("dissent"), blank=True)
    revision = models.PositiveIntegerField(default=1)
    earlier = models.JSONField(default=list, editable=False)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    agreed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("agreed answer")
        verbose_name_plural = _("agreed answers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("assessment", "question"), name="one_agreed_answer_a_question"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=7), name="agreed_level_1_to_7"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.level}"
