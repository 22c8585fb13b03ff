"""Benchmarks: organisations' consents to be included, and frozen cohorts without names."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .bank import QuestionBank
from .clock import today
from .organisation import Organisation
from .result import Result


class PeerConsentQuerySet(models.QuerySet["PeerConsent"]):
    def active(self) -> Self:
        return self.filter(until=None)

    def newest_first(self) -> Self:
        return self.order_by("-since", "-pk")


class PeerConsent(models.Model):
    """An organisation's consent to be included in benchmarks, until withdrawn, and who gave it.

    `alias` identifies the organisation in cohorts and is the same in all its consents. Deleting the organisation
    deletes its consents, after which the alias identifies no one.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="peer_consents")
    alias = models.UUIDField(default=uuid.uuid4, editable=False)
    since = models.DateField(_("since"), default=today)
    until = models.DateField(_("until"), null=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = PeerConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent to benchmarks")
        verbose_name_plural = _("consents to benchmarks")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("organisation",), condition=Q(until=None), name="one_standing_consent_an_organisation"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="consent_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.since}"


class CohortQuerySet(models.QuerySet["Cohort"]):
    def published(self) -> Self:
        return self.filter(is_published=True)

    def newest_first(self) -> Self:
        return self.order_by("-quarter", "bank", "-major")


class Cohort(models.Model):
    """The figures frozen for one quarter and one major version of a bank; `quarter` is its first day.

    A cohort with too few organisations, or too few changes since the last one, is not published: it has no members
    and no `n`, and only records that the quarter has been processed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bank = models.ForeignKey(QuestionBank, models.PROTECT, related_name="cohorts")
    major = models.PositiveIntegerField()
    quarter = models.DateField()
    is_published = models.BooleanField(default=False)
    n = models.PositiveIntegerField(null=True)
    frozen_at = models.DateTimeField(default=timezone.now)

    objects = CohortQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("bank", "major", "quarter"), name="one_cohort_a_quarter"),
            models.CheckConstraint(
                condition=Q(is_published=True, n__gte=10) | Q(is_published=False, n=None), name="cohort_of_ten"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.major}, {self.quarter}"

    @property
    def quarter_number(self) -> int:
        """1-4."""
        return (self.quarter.month + 2) // 3


class CohortMember(models.Model):
    """One organisation's figures in a cohort: its index and its pillar scores by key, on 1-5.

    `result` is their source, None once deleted. Ranks are shown only alongside this result, and an organisation with
    a different result in the next cohort counts as changed.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="members")
    alias = models.UUIDField()
    result = models.ForeignKey(Result, models.SET_NULL, null=True, related_name="+")
    index = models.FloatField()
    scores = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("cohort", "alias"), name="counted_once_a_cohort")]

    def __str__(self) -> str:
        return str(self.alias)
