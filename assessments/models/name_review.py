"""Reviews of an erased person's name: their organisation checks texts by others in which it may appear."""

import datetime
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .organisation import Consultancy, Organisation
from .person import User


class NameReviewQuerySet(models.QuerySet["NameReview"]):
    def open_to(self, user: User) -> Self:
        """Reviews of organisations that `user` runs and of their own consultancies."""
        run, own = Organisation.objects.managed_by(user), Consultancy.objects.of(user)
        return self.filter(Q(organisation__in=run) | Q(consultancy__in=own)).order_by("asked_at", "pk")


class NameReview(models.Model):
    """One review to do. It is deleted with the name once finished or expired."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="name_reviews")
    consultancy = models.ForeignKey(Consultancy, models.CASCADE, null=True, related_name="name_reviews")
    name = models.CharField(_("name"), max_length=150)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = NameReviewQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation=None, consultancy__isnull=False)
                | Q(organisation__isnull=False, consultancy=None),
                name="a_name_review_has_one_owner",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def owner(self) -> Organisation | Consultancy:
        """The organisation or consultancy that owns the texts."""
        owner = self.organisation or self.consultancy
        assert owner is not None  # noqa: S101 - a database constraint requires one of them
        return owner

    @property
    def last_day(self) -> datetime.date | None:
        """The last day on which it can be done, or None if it never expires."""
        days = settings.KEEP_DAYS["NAMES"]
        return None if days is None else timezone.localdate(self.asked_at + datetime.timedelta(days=days))
