"""Translations of a bank version. They are not part of the bank or its checksum and can be improved while assessments
run. Previous texts are kept, as a record of what readers saw.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .bank import SEMVER, BankVersion


class Translation(models.Model):
    """One language of a version. `texts` and `sources` are keyed by place, as in `formats.places`.

    `sources` holds the original that each text was translated from; null if unknown but known to have changed.
    Readers see a translation once it is offered; missing texts appear in the bank's own language.
    """

    bank_version = models.ForeignKey(BankVersion, models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=35, help_text=_("A BCP 47 tag such as de or ar."))
    version = models.CharField(_("version"), max_length=100, validators=[SEMVER])
    texts = models.JSONField(default=dict)
    sources = models.JSONField(default=dict)
    is_offered = models.BooleanField(_("offered to readers"), default=False)

    class Meta:
        ordering = ("language",)
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("bank_version", "language"), name="one_translation_a_language"),
        ]

    def __str__(self) -> str:
        return f"{self.bank_version} {self.language}"


class TranslationEdit(models.Model):
    """One change of a translation: who, which version, and each text that differs, before and after (null: none)."""

    class Verb(models.TextChoices):
        LOADED = "loaded", _("loaded")
        CHANGED = "changed", _("changed")
        COPIED = "copied", _("copied")
        OFFERED = "offered", _("offered")
        WITHDRAWN = "withdrawn", _("withdrawn")

    translation = models.ForeignKey(Translation, models.CASCADE, related_name="edits")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=10, choices=Verb)
    version = models.CharField(max_length=100)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("edit of a translation")
        verbose_name_plural = _("edits of translations")

    def __str__(self) -> str:
        return f"{self.verb} {self.translation_id} {self.version}"
