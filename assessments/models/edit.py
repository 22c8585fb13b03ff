"""The edit history of a draft: who changed what, and the previous content, to show and restore."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .bank import BankVersion


class Edit(models.Model):
    """One change of a version: to its own texts and levels, a pillar, a question, or everything at once.

    `before` and `after` are snapshots as `actions.draft_snapshots` writes them; None if there was none. `row` is the
    primary key of the pillar or question, None for the version; `key` names it once it is deleted.
    """

    class Kind(models.TextChoices):
        VERSION = "version", _("Version")
        PILLAR = "pillar", _("Pillar")
        QUESTION = "question", _("Question")
        ORDER = "order", _("Order")
        WHOLE = "whole", _("Whole bank")

    class Verb(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        MOVED = "moved", _("moved")
        DELETED = "deleted", _("deleted")
        RESTORED = "restored", _("restored")
        IMPORTED = "imported", _("imported")
        COPIED = "copied", _("copied")
        PUBLISHED = "published", _("published")
        RETIRED = "retired", _("retired")

    version = models.ForeignKey(BankVersion, models.CASCADE, related_name="edits")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=10, choices=Verb)
    kind = models.CharField(max_length=10, choices=Kind)
    row = models.BigIntegerField(null=True)
    key = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("edit")
        verbose_name_plural = _("edits")
        indexes: ClassVar = [models.Index(fields=("version", "kind", "row", "-at"), name="edits_of_a_thing")]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.key}"

    @property
    def can_be_undone(self) -> bool:
        """Whether there is a previous state to restore."""
        return self.before is not None and self.verb not in (self.Verb.PUBLISHED, self.Verb.RETIRED)
