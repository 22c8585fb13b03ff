"""Exports: reports requested as one ZIP file, and their progress."""

import datetime
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .assessment import Assessment
from .organisation import Organisation
from .person import User

EXPORT_LASTS = datetime.timedelta(days=7)
STOPPED_AFTER = datetime.timedelta(minutes=2)  # twice the time the slowest file may take, including waiting
MAX_TRIES = 3


class ExportQuerySet(models.QuerySet["Export"]):
    def open_to(self, user: User) -> Self:
        """Exports that `user` requested, provided they still manage every assessment in them."""
        foreign = ExportFile.objects.filter(export=OuterRef("pk"), state=ExportFile.State.MADE)
        foreign = foreign.exclude(assessment__in=Assessment.objects.managed_by(user))
        run = Q(client=None) | Q(client__in=Organisation.objects.managed_by(user))
        return self.filter(run, ~Exists(foreign), user=user, expires_at__gt=timezone.now())

    def of_reports(self) -> Self:
        """Report exports. API tokens give access to no others."""
        return self.filter(client=None)

    def hand_overs(self) -> Self:
        return self.exclude(client=None)

    def unfinished(self) -> Self:
        return self.filter(state__in=(Export.State.MAKING, Export.State.PACKING))

    def stopped(self) -> Self:
        """Unfinished, without progress for longer than one file can take: a worker has died."""
        return self.unfinished().filter(moved_at__lte=timezone.now() - STOPPED_AFTER)

    def expired(self) -> Self:
        return self.filter(expires_at__lte=timezone.now())

    def with_progress(self) -> Self:
        """Annotate `wanted`, `made` and `decided` (made or failed), counted in files."""
        created, waiting = Q(files__state=ExportFile.State.MADE), Q(files__state=ExportFile.State.WAITING)
        return self.annotate(
            wanted=Count("files"), made=Count("files", filter=created), decided=Count("files", filter=~waiting)
        )

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "pk")


class Export(models.Model):
    """A ZIP of reports that only the person who requested it can access; it expires after seven days.

    With a `client` it is a handover of all the client's data. `seal_key` decrypts individual answers of confidential
    assessments and is never shown to the holder of the file; it is "" if nothing is encrypted.
    """

    class State(models.TextChoices):
        MAKING = "making", _("In progress")
        PACKING = "packing", _("Creating ZIP")
        READY = "ready", _("Ready")
        EMPTY = "empty", _("Failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="exports")
    client = models.ForeignKey(
        Organisation, models.CASCADE, null=True, related_name="hand_overs", verbose_name=_("client")
    )
    seal_key = models.CharField(max_length=64, blank=True, editable=False)
    language = models.CharField(max_length=16)
    state = models.CharField(max_length=8, choices=State, default=State.MAKING)
    file = models.FileField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    checksum = models.CharField(max_length=80, blank=True)
    waits_for_storage = models.BooleanField(default=False, editable=False)  # a file was created but could not be stored
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    moved_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(db_index=True, editable=False)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        indexes: ClassVar = [models.Index(fields=("user", "-created_at"), name="exports_of_a_person")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=("making", "packing", "ready", "empty")), name="export_state_known"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_hand_over(self) -> bool:
        return self.client_id is not None

    @property
    def folder(self) -> str:
        """The storage folder of this export."""
        return f"exports/{self.pk}"

    @property
    def is_unfinished(self) -> bool:
        return self.state in (self.State.MAKING, self.State.PACKING)

    @property
    def has_stopped(self) -> bool:
        return self.is_unfinished and self.moved_at <= timezone.now() - STOPPED_AFTER


class HandOver(Export):
    """An export with a client, under its name in the admin."""

    class Meta:
        proxy = True
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")

    def __str__(self) -> str:
        return str(self.client)


class ExportFile(models.Model):
    """One file of an export, created by one task: one assessment (null once erased) in one format."""

    class Type(models.TextChoices):
        PDF = "pdf", _("Report (PDF)")
        XLSX = "xlsx", _("Workbook (Excel)")
        DOCX = "docx", _("Report (Word)")
        PPTX = "pptx", _("Slides (PowerPoint)")
        CSV = "csv", _("Table (CSV)")
        JSON = "json", _("Data (JSON)")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        MADE = "made", _("Created")
        FAILED = "failed", _("Failed")

    class Failure(models.TextChoices):
        CLOSED = "closed", _("You no longer manage this assessment, or it has no result.")
        SLOW = "slow", _("The report took too long and was stopped.")
        LIBRARIES = "libraries", _("PDF reports need system libraries that are not installed here.")
        STOPPED = "stopped", _("It was started three times and never finished.")
        BROKEN = "broken", _("It could not be created. The reason is in the log.")

    export = models.ForeignKey(Export, models.CASCADE, related_name="files")
    assessment = models.ForeignKey(Assessment, models.SET_NULL, null=True, related_name="+")
    file_type = models.CharField(max_length=4, choices=Type)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    failure_type = models.CharField(max_length=9, choices=Failure, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    file = models.FileField(max_length=200, blank=True)
    checksum = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("export", "assessment", "file_type"), name="one_file_a_round_and_format"),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "made", "failed")), name="export_file_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}.{self.file_type}"
