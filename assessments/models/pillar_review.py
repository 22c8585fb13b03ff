"""The review of an assessment before it closes: what a lead or consultant has checked, and what is to be clarified."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .answer import Answer
from .assessment import Assessment
from .bank_content import Pillar

REVIEW_NOTE_LIMIT = 2000  # characters


class PillarReview(models.Model):
    """What a reviewer found about one pillar."""

    class State(models.TextChoices):
        CHECKED = "checked", _("Checked")
        TO_CLARIFY = "to_clarify", _("To clarify")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="reviews")
    pillar = models.ForeignKey(Pillar, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State)
    note = models.TextField(_("note"), max_length=REVIEW_NOTE_LIMIT, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reviewed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("assessment", "pillar"), name="one_review_a_pillar"),
            models.CheckConstraint(condition=Q(state__in=("checked", "to_clarify")), name="review_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.pillar_id}: {self.state}"


class EvidenceCheck(models.Model):
    """Who checked the evidence of an answer, and when; `grade_before` is its grade until then."""

    answer = models.OneToOneField(Answer, models.CASCADE, related_name="check_of_evidence")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    checked_at = models.DateTimeField(default=timezone.now)
    grade_before = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return str(self.answer_id)
