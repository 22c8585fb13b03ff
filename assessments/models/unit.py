"""The parts of an organisation, and its AI systems: two trees of units."""

import uuid
from collections.abc import Collection, Iterable
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from .assessment import Assessment
from .bank_content import Question
from .locking import LockingQuerySet
from .organisation import Organisation
from .result import Result

MAX_UNITS, MAX_DEPTH = 500, 6
MAX_HEADCOUNT = 10_000_000
MAX_UNIT_NAME = 120
OBJECTION_LIMIT = 1000


class UnitQuerySet(LockingQuerySet["Unit"]):
    def active(self) -> Self:
        """Exclude closed units."""
        return self.filter(closed_on=None)

    def in_order(self) -> Self:
        """By their order, which puts units with the same parent in the order in which they were added."""
        return self.order_by("order", "pk")


class Unit(models.Model):
    """A part of an organisation (division, site, faculty), or an AI system, in a tree of its own kind.

    `headcount` is the number of people in the unit itself, without those of the units below it. A closed unit takes no
    part in new assessments; results contain the tree as it was when they were frozen.
    """

    class Kind(models.TextChoices):
        UNIT = "unit", _("Unit")
        SYSTEM = "system", _("AI system")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="units")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.UNIT)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    name = models.CharField(_("name"), max_length=MAX_UNIT_NAME)
    headcount = models.PositiveIntegerField(
        _("headcount"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MAX_HEADCOUNT)]
    )
    order = models.PositiveIntegerField(default=0)
    closed_on = models.DateField(null=True, editable=False)
    # Of an AI system
    purpose = models.CharField(_("purpose"), max_length=500, blank=True)
    owner = models.CharField(_("owner"), max_length=150, blank=True)
    in_use_since = models.DateField(_("in use since"), null=True, blank=True)
    risk_class = models.CharField(_("risk class"), max_length=80, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        indexes: ClassVar = [models.Index(fields=("organisation", "kind", "order"), name="units_of_an_organisation")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                F("parent"), Lower("name"), name="one_unit_of_a_name", condition=Q(parent__isnull=False, closed_on=None)
            ),
            models.UniqueConstraint(
                F("organisation"), F("kind"), Lower("name"),
                name="one_top_unit_of_a_name", condition=Q(parent=None, closed_on=None),
            ),
            models.CheckConstraint(condition=Q(kind__in=("unit", "system")), name="unit_kind_known"),
            models.CheckConstraint(condition=Q(headcount=None) | Q(headcount__gte=1), name="headcount_from_1"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None


type PartOfTree = dict[uuid.UUID, Unit]


def part_under(units: Iterable[Unit], roots: Collection[uuid.UUID]) -> PartOfTree:
    """Those of `units` at and below `roots`, by id: each once, and after the one above it."""
    rows = list(units)
    below: dict[uuid.UUID | None, list[Unit]] = {}
    for unit in rows:
        below.setdefault(unit.parent_id, []).append(unit)
    found: PartOfTree = {}
    waiting = [unit for unit in rows if unit.pk in roots]
    for unit in waiting:
        if unit.pk not in found:
            found[unit.pk] = unit
            waiting.extend(below.get(unit.pk, ()))
    return found


def units_in(assessment: Assessment, units: Iterable[Unit]) -> PartOfTree:
    """Which of the active `units` of its organisation and kind it asks: all, or those at and below its roots."""
    rows = list(units)
    roots = {unit.pk for unit in assessment.unit_roots.all()} or {unit.pk for unit in rows if unit.parent_id is None}
    return part_under(rows, roots)


class UnitLead(models.Model):
    """A person who leads a unit and everything below it.

    While an assessment is open, they see who has answered there, invite and remind; once it is released, the results.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="leads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="led_units")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("unit", "user"), name="one_lead_a_person")]

    def __str__(self) -> str:
        return f"{self.user} – {self.unit}"


class UnitObjection(models.Model):
    """Why a unit says that the answer to a central question does not hold for it and what is below it.

    It does not count until someone who manages the assessment accepts it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Not decided yet")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="objections")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="objections")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), max_length=OBJECTION_LIMIT)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("assessment", "unit", "question"), name="one_objection_a_question"),
            models.CheckConstraint(
                condition=Q(state__in=("open", "accepted", "declined")), name="objection_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} – {self.question}"


class UnitFigures(models.Model):
    """The figures of the units of a frozen result, as far as they may be shown, as JSON (`scoring/unit_figures.py`).

    `checksum` covers them and the result's own checksum, which covers the tree and everybody's place in it.
    """

    result = models.OneToOneField(Result, models.CASCADE, related_name="unit_figures")
    figures = models.TextField()
    checksum = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.result}"
