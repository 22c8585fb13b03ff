"""A consultancy's own templates for slides and Word reports, stored in the database like its logo."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .organisation import Consultancy

TEMPLATE_NAME_LIMIT = 120  # characters


class ReportTemplate(models.Model):
    """A file as it was uploaded; `name` is its file name, `size` in bytes."""

    class Kind(models.TextChoices):
        PPTX = "pptx", _("PowerPoint template")
        DOCX = "docx", _("Word template")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultancy = models.ForeignKey(Consultancy, models.CASCADE, related_name="templates")
    kind = models.CharField(max_length=4, choices=Kind)
    name = models.CharField(max_length=TEMPLATE_NAME_LIMIT)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("consultancy", "kind"), name="one_template_of_a_kind"),
            models.CheckConstraint(condition=Q(kind__in=("pptx", "docx")), name="template_kind_known"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
