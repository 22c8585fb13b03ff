"""Question banks as rows: a bank and its versions; `bank_content.py` has what is in a version.

A version is a draft, then published, then retired. Once published, neither it nor its content changes:
`save` and `delete` refuse, and the triggers in `triggers.py` refuse writes that bypass them in SQL.
"""

from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .locking import LockingQuerySet

KEY = RegexValidator(
    r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z",
    _("Use letters, digits, dots, hyphens and underscores, starting with a letter or a digit; 64 characters at most."),
)
SEMVER = RegexValidator(
    r"\A(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)\Z", _("Write the version as three numbers: 1.0.0.")
)

LEVEL = [MinValueValidator(1), MaxValueValidator(7)]  # or the number of an answer


class PublishedBankError(Exception):
    """An attempt to change a published bank version; nothing was changed."""


def weight_field() -> "models.FloatField[float, float]":
    return models.FloatField(_("weight"), default=1, help_text=_("0, or from 0.001 to 1000. 0: shown, not scored."))


def weight_is_sound(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(weight=0) | Q(weight__gte=0.001, weight__lte=1000), name=name)


class Frozen(models.Model):
    """A row of a bank version. Saving or deleting it raises PublishedBankError unless the version is a draft."""

    class Meta:
        abstract = True

    def get_version(self) -> "BankVersion":
        raise TypeError(f"{type(self).__name__} does not say which version it belongs to")

    def _refuse_if_published(self) -> None:
        if self.get_version().state != BankVersion.State.DRAFT:
            raise PublishedBankError(
                _("Published versions cannot be changed. Create a new version of the bank instead.")
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_if_published()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_if_published()
        return super().delete(*args, **kwargs)


class QuestionBank(models.Model):
    """A bank under a permanent key; its content is in its versions."""

    key = models.CharField(_("key"), max_length=64, unique=True, validators=[KEY])
    columns = models.JSONField(default=dict, blank=True, editable=False)  # of the sheet it was imported from

    class Meta:
        ordering = ("key",)
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")

    def __str__(self) -> str:
        return self.key


class BankVersionQuerySet(LockingQuerySet["BankVersion"]):
    def published(self) -> Self:
        return self.filter(state=BankVersion.State.PUBLISHED)

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")


class BankVersion(Frozen):
    """One version of a bank: texts for respondents, source and life-cycle state."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

    bank = models.ForeignKey(QuestionBank, models.PROTECT, related_name="versions")
    version = models.CharField(_("version"), max_length=100, validators=[SEMVER])
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    title = models.CharField(_("title"))
    language = models.CharField(
        _("language"), max_length=35, default="en", help_text=_("A BCP 47 tag such as en or ar.")
    )
    source = models.TextField(_("source"), blank=True)
    licence = models.CharField(_("licence"), blank=True)
    about = models.TextField(_("about"), blank=True, help_text=_("One paragraph for respondents."))
    attribution = models.TextField(
        _("attribution"), blank=True, help_text=_("Shown wherever the bank or a result of it is shown.")
    )
    format = models.PositiveSmallIntegerField(default=1, editable=False)  # of maturity-bank/
    scale = models.JSONField(default=list, blank=True, editable=False)  # [lowest, highest score]; empty: the default
    choices = models.JSONField(default=list, blank=True, editable=False)  # answer sets, as in the file, with their key
    gate = models.JSONField(default=dict, blank=True, editable=False)  # empty: the default
    groups = models.JSONField(default=list, blank=True, editable=False)
    index_of = models.CharField(max_length=10, default="pillars", editable=False)
    subsets = models.JSONField(default=list, blank=True, editable=False)  # as in the file
    retired = models.JSONField(_("retired keys"), default=list, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    checksum = models.CharField(_("checksum"), max_length=80, blank=True, editable=False)
    # Offered translations, language -> checksum: the one column that changes after publication
    languages = models.JSONField(default=dict, editable=False)

    objects = BankVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank version")
        verbose_name_plural = _("bank versions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("bank", "version"), name="one_version_number_a_bank"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "published", "retired")), name="version_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | (Q(published_at__isnull=False) & ~Q(checksum="")),
                name="published_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    def keys_of(self, subset: str) -> list[str]:
        """The keys of the questions of a subset; empty if it has none of that key."""
        return next((each["questions"] for each in self.subsets if each["key"] == subset), [])

    def has_subset(self, key: str) -> bool:
        """Whether it can be asked in this part; "" is all of it."""
        return not key or bool(self.keys_of(key))

    def get_version(self) -> "BankVersion":
        """The version as stored: an in-memory instance must not decide whether it is still a draft."""
        return BankVersion.objects.filter(pk=self.pk).first() or self
