"""Files that stand behind answers, and which answers cite them."""

import secrets
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .answer import Submission
from .assessment import Assessment
from .bank_content import Question
from .locking import LockingQuerySet
from .organisation import Organisation

EVIDENCE_NAME_LIMIT = 120  # characters of a title and of a file name


def new_reference() -> str:
    """The name of a piece of evidence in frozen answers: 48 random bits."""
    return f"e-{secrets.token_hex(6)}"


class EvidenceQuerySet(LockingQuerySet["Evidence"]):
    def registered(self) -> Self:
        """In the organisation's register."""
        return self.filter(in_register=True)

    def waiting(self) -> Self:
        """Not yet checked by the virus scanner."""
        return self.filter(state=Evidence.State.WAITING)

    def uncited(self) -> Self:
        """Outside the register and cited by no answer: nobody can see them any more."""
        return self.filter(in_register=False, citations=None)


class Evidence(models.Model):
    """One file of an organisation; `file` is its random name in storage, `size` in bytes, `sha256` of what was uploaded.

    `owner` uploaded it beside an answer, and it goes with them; without one it belongs to the organisation. Until it is
    `in_register`, only people with access to an answer that cites it can see it. `is_offered`: the owner of a file of a
    confidential assessment agrees that it enters the register when the assessment closes.
    """

    class State(models.TextChoices):
        READY = "ready", _("Ready")
        WAITING = "waiting", _("Waiting for the virus scanner")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="evidence")
    reference = models.CharField(max_length=16, default=new_reference, editable=False)
    title = models.CharField(_("title"), max_length=EVIDENCE_NAME_LIMIT)
    name = models.CharField(max_length=EVIDENCE_NAME_LIMIT)
    kind = models.CharField(max_length=5)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=100, unique=True)
    is_encrypted = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=State, default=State.READY)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="evidence")
    assessment = models.ForeignKey(Assessment, models.SET_NULL, null=True, related_name="evidence")
    is_offered = models.BooleanField(default=False)
    in_register = models.BooleanField(default=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        indexes: ClassVar = [models.Index(fields=("organisation", "title", "id"), name="evidence_by_title")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("organisation", "reference"), name="one_reference_an_organisation"),
            models.CheckConstraint(condition=Q(state__in=("ready", "waiting")), name="evidence_state_known"),
            models.CheckConstraint(
                condition=Q(as_of=None) | Q(valid_until=None) | Q(valid_until__gte=models.F("as_of")),
                name="evidence_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY


class Citation(models.Model):
    """An answer, by its submission and question, that cites a piece of evidence."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="citations")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="citations")
    question = models.ForeignKey(Question, models.PROTECT, related_name="citations")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("evidence", "submission", "question"), name="one_citation_an_answer")
        ]

    def __str__(self) -> str:
        return str(self.pk)
