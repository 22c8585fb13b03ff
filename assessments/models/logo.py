"""Logos of consultancies and clients, stored in the database so that every server has them."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from .organisation import Consultancy, Organisation

LOGO_WORDS_LIMIT = 150  # characters


class Logo(models.Model):
    """A PNG re-encoded from the upload, owned by a consultancy or a client; sizes in pixels.

    `words` is the alternative text, "" to use the owner's name.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultancy = models.OneToOneField(Consultancy, models.CASCADE, null=True, related_name="logo")
    organisation = models.OneToOneField(Organisation, models.CASCADE, null=True, related_name="logo")
    png = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    checksum = models.CharField(max_length=80)
    words = models.CharField(max_length=LOGO_WORDS_LIMIT, blank=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(consultancy=None, organisation__isnull=False)
                | Q(consultancy__isnull=False, organisation=None),
                name="a_logo_has_one_owner",
            ),
            models.CheckConstraint(condition=Q(width__gte=1, height__gte=1), name="a_logo_has_a_size"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def alt(self) -> str:
        """The alternative text."""
        owner = self.consultancy or self.organisation
        return self.words or _("Logo of %(name)s") % {"name": owner}
