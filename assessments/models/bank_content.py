"""What a version of a question bank is made of: levels, pillars, questions, anchors and next steps."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .bank import KEY, LEVEL, BankVersion, Frozen, weight_field, weight_is_sound


class Level(Frozen):
    """The name and meaning of one of the levels of a version; its value from 0 to 1, null for equal steps."""

    version = models.ForeignKey(BankVersion, models.CASCADE, related_name="levels")
    number = models.PositiveSmallIntegerField(_("level"), validators=LEVEL)
    name = models.CharField(_("name"))
    summary = models.TextField(_("summary"), blank=True)
    value = models.FloatField(null=True, editable=False)

    class Meta:
        ordering = ("number",)
        verbose_name = _("level name")
        verbose_name_plural = _("level names")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("version", "number"), name="one_name_a_level"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=7), name="level_name_1_to_7"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_version(self) -> BankVersion:
        return self.version


class Pillar(Frozen):
    """A pillar of a version, in display order."""

    version = models.ForeignKey(BankVersion, models.CASCADE, related_name="pillars")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    key = models.CharField(_("key"), max_length=64, validators=[KEY])
    name = models.CharField(_("name"))
    short = models.CharField(_("short name for charts"), max_length=24, blank=True)
    group = models.CharField(_("group"), blank=True)
    weight = weight_field()
    summary = models.TextField(_("summary"), blank=True)

    class Meta:
        ordering = ("order", "pk")
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("version", "key"), name="one_pillar_key_a_version"),
            weight_is_sound("pillar_weight_is_sound"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_version(self) -> BankVersion:
        return self.version


class Question(Frozen):
    """A question of a pillar, in display order, with its anchors and next steps."""

    pillar = models.ForeignKey(Pillar, models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    key = models.CharField(_("key"), max_length=64, validators=[KEY])
    text = models.TextField(_("question"))
    help = models.TextField(_("help"), blank=True)
    short = models.CharField(_("short name for charts"), max_length=24, blank=True)
    error = models.TextField(
        _("error phrase"), blank=True, help_text=_("Select the statement that best describes how …")
    )
    covers = models.JSONField(_("practices covered"), default=list, blank=True)
    weight = weight_field()
    essential_at = models.PositiveSmallIntegerField(
        _("essential at level"), null=True, blank=True, validators=[MinValueValidator(2), MaxValueValidator(7)]
    )
    essential_reason = models.TextField(_("why essential"), blank=True)
    allows_na = models.BooleanField(_("can be “not applicable”"), default=False)
    central = models.BooleanField(
        _("asked once for all units"),
        default=False,
        help_text=_("Where an assessment asks units, only of people who answer for the whole organisation."),
    )
    choices = models.CharField(max_length=64, blank=True, editable=False)  # key of an answer set, instead of anchors
    stage = models.PositiveSmallIntegerField(null=True, editable=False)  # the level to which it belongs

    class Meta:
        ordering = ("order", "pk")
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("pillar", "key"), name="one_question_key_a_pillar"),
            weight_is_sound("question_weight_is_sound"),
            models.CheckConstraint(
                condition=Q(essential_at=None) | Q(essential_at__gte=2, essential_at__lte=7), name="essential_at_2_to_7"
            ),
            models.CheckConstraint(condition=Q(stage=None) | Q(stage__gte=2, stage__lte=7), name="stage_2_to_7"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_version(self) -> BankVersion:
        return self.pillar.version


class Anchor(Frozen):
    """The behavioural descriptor of one level of a question. A level without a row is not offered."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="anchors")
    level = models.PositiveSmallIntegerField(_("level"), validators=LEVEL)
    text = models.TextField(_("descriptor"))

    class Meta:
        ordering = ("level",)
        verbose_name = _("level descriptor")
        verbose_name_plural = _("level descriptors")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("question", "level"), name="one_anchor_a_level"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=7), name="anchor_level_1_to_7"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_version(self) -> BankVersion:
        return self.question.pillar.version


class NextStep(Frozen):
    """An action that moves an organisation beyond a level; effort in person-months."""

    class Horizon(models.TextChoices):
        DAYS_90 = "90d", _("90 days")
        MONTHS_6 = "6m", _("6 months")
        MONTHS_12 = "12m", _("12 months")

    question = models.ForeignKey(Question, models.CASCADE, related_name="next_steps")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    from_level = models.PositiveSmallIntegerField(_("from level"), validators=LEVEL)
    action = models.TextField(_("action"))
    owner = models.CharField(_("owner"), blank=True)
    effort = models.FloatField(_("effort in person-months"), null=True, blank=True)
    horizon = models.CharField(_("within"), max_length=3, choices=Horizon, blank=True)
    requires = models.JSONField(_("requires"), default=list, blank=True)

    class Meta:
        ordering = ("order", "pk")
        verbose_name = _("next step")
        verbose_name_plural = _("next steps")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(from_level__gte=1, from_level__lte=7), name="step_from_1_to_7"),
            models.CheckConstraint(condition=Q(effort=None) | Q(effort__gt=0), name="effort_above_zero"),
        ]

    def __str__(self) -> str:
        return self.action

    def get_version(self) -> BankVersion:
        return self.question.pillar.version
