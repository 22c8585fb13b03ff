"""Client organisations, their members, and the consultancies that work for them."""

import datetime
import uuid
import zoneinfo
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .clock import today, validate_time_zone
from .locking import LockingQuerySet
from .person import User


def _deleted_for() -> datetime.timedelta:
    """How long a lead can restore a deleted organisation."""
    return datetime.timedelta(days=settings.KEEP_DAYS["DELETED"] or FOREVER)


FOREVER = 36_500  # days
SMALL_PRINT_LIMIT = 1000  # characters of an imprint or a disclaimer


class OrganisationQuerySet(LockingQuerySet["Organisation"]):
    def present(self) -> Self:
        """Exclude deleted organisations."""
        return self.filter(deleted_at=None)

    def deleted_by(self, user: User) -> Self:
        """Deleted organisations that `user` leads and can still restore."""
        led = Membership.objects.leading(user).values("organisation")
        return self.filter(pk__in=led, deleted_at__gt=timezone.now() - _deleted_for())

    def managed_by(self, user: User) -> Self:
        """Organisations that `user` leads or currently serves as a consultant."""
        return self.present().filter(pk__in=managed_by(user))


def managed_by(user: User) -> "models.QuerySet[Membership, Any]":
    """The ids of organisations, including deleted ones, that `user` leads or currently serves as a consultant."""
    served = Engagement.objects.serving(user).values("organisation")
    return Membership.objects.leading(user).values("organisation").union(served)


class Organisation(models.Model):
    """A client. Each assessment, participant and result belongs to exactly one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)
    is_verified = models.BooleanField(
        _("verified"),
        default=False,
        help_text=_(
            "Someone has checked that this organisation exists and that its leads speak for it. Only "
            "verified organisations count in benchmarks; otherwise a few invented ones could reveal a "
            "real one’s figures."
        ),
    )
    shows_units = models.BooleanField(_("members see the results of all units"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        indexes = (models.Index(fields=["name", "-id"], name="organisation_by_name"),)  # the order of the admin list
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def today(self) -> datetime.date:
        """The current date in its time zone, which determines what is due."""
        return timezone.localdate(timezone=self.zone)

    @property
    def last_day(self) -> datetime.date | None:
        """The last day on which a deleted organisation can be restored."""
        return None if self.deleted_at is None else (self.deleted_at + _deleted_for()).astimezone(self.zone).date()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def leading(self, user: User) -> Self:
        return self.filter(user=user, role=Membership.Role.LEAD)


class Membership(models.Model):
    """A person's role in an organisation: leads run assessments and see results, members take part."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        MEMBER = "member", _("Member")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("organisation", "user"), name="one_membership_a_person"),
            models.CheckConstraint(condition=Q(role__in=("lead", "member")), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"


class ConsultancyQuerySet(LockingQuerySet["Consultancy"]):
    def of(self, user: User) -> Self:
        """Consultancies of which `user` is a consultant."""
        return self.filter(consultants=user)


class Consultancy(models.Model):
    """A consultancy whose consultants run assessments for client organisations, and its report branding.

    `accent` is a colour such as #0D49BB, whose contrast the forms check; imprint and disclaimer are plain text.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    accent = models.CharField(_("accent colour"), max_length=7, blank=True)
    imprint = models.TextField(_("imprint"), max_length=SMALL_PRINT_LIMIT, blank=True)
    disclaimer = models.TextField(_("disclaimer"), max_length=SMALL_PRINT_LIMIT, blank=True)
    consultants = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="consultancies", verbose_name=_("consultants")
    )

    objects = ConsultancyQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = _("consultancy")
        verbose_name_plural = _("consultancies")

    def __str__(self) -> str:
        return self.name


class EngagementQuerySet(models.QuerySet["Engagement"]):
    def running(self) -> "EngagementQuerySet":
        """Started and not ended: these currently give access to a client."""
        return self.filter(Q(until=None) | Q(until__gte=today()), since__lte=today())

    def serving(self, user: User) -> "EngagementQuerySet":
        """Engagements that currently make `user` a consultant of a client."""
        return self.running().filter(consultancy__consultants=user)


class Engagement(models.Model):
    """Gives a consultancy access to a client, with a lead's rights, between two dates (inclusive)."""

    consultancy = models.ForeignKey(Consultancy, models.CASCADE, related_name="engagements")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="engagements")
    since = models.DateField(_("since"), default=today)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="engagement_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultancy} – {self.organisation}"
