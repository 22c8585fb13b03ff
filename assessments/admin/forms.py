"""One form per page: a version with its five levels, a pillar, a question with its five descriptors, a next step."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from assessments.actions import draft_snapshots
from assessments.actions.draft_snapshots import Snapshot
from assessments.models import BankVersion, Level, NextStep, Pillar, Question
from assessments.scoring.bank import LEVELS

from .fields import KeysField, ListField, counted, text_area
from .numbers import parse_pk

STALE = _(
    "Someone else changed this while you had it open. Nothing was saved. Below, compare the "
    "current version with what you sent."
)


def level_name(number: int) -> forms.CharField:
    return forms.CharField(label=format_lazy(_("Level {number}"), number=number))


def level_summary() -> forms.CharField:
    return forms.CharField(label=_("What it means"), widget=text_area(2))


def descriptor() -> forms.CharField:
    return forms.CharField(required=False, widget=text_area(2), max_length=5000)


class DraftForm(forms.ModelForm[Any]):
    """A form with an optimistic lock: `opened` is the version token that its page was rendered with."""

    opened: ClassVar[str | None] = None
    is_stale = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.instance.pk and self.opened != draft_snapshots.version_token(draft_snapshots.state_of(self.instance)):
            self.is_stale = True
            self.add_error(None, ValidationError(STALE, code="stale"))
        return data

    def state(self) -> Snapshot:
        """Return what was sent, in the shape of `draft_snapshots.state_of`."""
        return {**draft_snapshots.state_of(self.instance), **self.sent()}

    def sent(self) -> Snapshot:
        data = self.cleaned_data
        return {name: data[name] for name in self._meta.fields or () if name in data}


class VersionForm(DraftForm):
    """The texts of a version and the names of its levels."""

    retired = KeysField(
        label=_("Retired keys"), help_text=_("Keys of earlier questions, never reused. Publishing adds to this list.")
    )
    level_1_name, level_1_summary = level_name(1), level_summary()
    level_2_name, level_2_summary = level_name(2), level_summary()
    level_3_name, level_3_summary = level_name(3), level_summary()
    level_4_name, level_4_summary = level_name(4), level_summary()
    level_5_name, level_5_summary = level_name(5), level_summary()

    class Meta:
        model = BankVersion
        fields = ("bank", "version", "title", "language", "source", "licence", "about", "retired")
        widgets: ClassVar = {
            "source": text_area(2),
            "about": text_area(4),
            "title": forms.TextInput(attrs={"size": 60}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = {level.number: level for level in self.instance.levels.all()} if self.instance.pk else {}
        for number in LEVELS:
            level = levels.get(number, Level(name="", summary=""))
            self.fields[f"level_{number}_name"].initial = level.name
            self.fields[f"level_{number}_summary"].initial = level.summary

    def levels(self) -> list[dict[str, str]]:
        data = self.cleaned_data
        return [
            {"name": data.get(f"level_{number}_name", ""), "summary": data.get(f"level_{number}_summary", "")}
            for number in LEVELS
        ]

    def sent(self) -> Snapshot:
        fields = {name: value for name, value in super().sent().items() if name in draft_snapshots.VERSION_FIELDS}
        return {**fields, "levels": self.levels()}

    def save_parts(self) -> None:
        """Save the five levels. Call it after the version is saved."""
        for number, level in enumerate(self.levels(), start=1):
            Level.objects.update_or_create(version=self.instance, number=number, defaults=level)


class PillarForm(DraftForm):
    """A pillar's own fields."""

    class Meta:
        model = Pillar
        fields = ("version", "key", "name", "short", "group", "weight", "summary")
        widgets: ClassVar = {"summary": text_area(3), "name": forms.TextInput(attrs={"size": 40})}

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        version = self.cleaned_data.get("version") or (self.instance.version if self.instance.version_id else None)
        if version is not None and version.pillars.filter(key=key).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another pillar in this version already has this key."))
        return key

    def sent(self) -> Snapshot:
        return {name: value for name, value in super().sent().items() if name in draft_snapshots.PILLAR_FIELDS}


class QuestionForm(DraftForm):
    """A question with its five descriptors; a level without a descriptor is not offered as an answer."""

    covers = ListField(
        label=_("Practices covered"),
        help_text=_("Which statements in the source this question covers, such as VI-1, VI-2."),
    )
    anchor_1, anchor_2, anchor_3 = descriptor(), descriptor(), descriptor()
    anchor_4, anchor_5 = descriptor(), descriptor()

    class Meta:
        model = Question
        fields = ("pillar", *draft_snapshots.QUESTION_FIELDS)
        widgets: ClassVar = {
            "text": text_area(2),
            "help": text_area(3),
            "error": text_area(2),
            "essential_reason": text_area(2),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        texts = {anchor.level: anchor.text for anchor in row.anchors.all()} if row.pk else {}
        names = self._level_names()
        for level in LEVELS:
            field = self.fields[f"anchor_{level}"]
            field.initial = texts.get(level, "")
            field.label = f"{level} {names.get(level, '')}".strip()
            field.help_text = counted(f"anchor_{level}", self.data.get(f"anchor_{level}") or texts.get(level, ""))

    def _level_names(self) -> dict[int, str]:
        pillar = self.instance.pillar if self.instance.pillar_id else self._pillar_to_be()
        return {} if pillar is None else {level.number: level.name for level in pillar.version.levels.all()}

    def _pillar_to_be(self) -> Pillar | None:
        pillar = self.data.get("pillar") or self.initial.get("pillar")
        return Pillar.objects.filter(pk=parse_pk(pillar)).first()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        pillar = data.get("pillar")
        if pillar is not None and data.get("key"):
            self._check_key(pillar.version, data["key"])
        anchors = self.anchors()
        if not anchors[0] and "anchor_1" in data:
            self.add_error("anchor_1", _("Level 1 is always offered, so it needs a descriptor."))
        elif sum(anchor is not None for anchor in anchors) < 2:
            self.add_error("anchor_2", _("Write descriptors for at least two levels."))
        return data

    def _check_key(self, version: BankVersion, key: str) -> None:
        others = Question.objects.filter(pillar__version=version, key=key).exclude(pk=self.instance.pk)
        if others.exists():
            self.add_error("key", _("Another question in this version already has this key."))
        elif key in version.retired:
            self.add_error("key", _("This key belonged to a retired question. Choose a new one."))

    def anchors(self) -> list[str | None]:
        return [self.cleaned_data.get(f"anchor_{level}") or None for level in LEVELS]

    def sent(self) -> Snapshot:
        fields = super().sent()
        pillar = fields.pop("pillar", None)
        place = {} if pillar is None else {"pillar": pillar.key}
        return {**fields, **place, "anchors": self.anchors()}

    def save_parts(self) -> None:
        """Save the descriptors. Call it after the question is saved."""
        if self.anchors() != draft_snapshots.state_of_question(self.instance)["anchors"]:
            draft_snapshots.put_anchors(self.instance, self.anchors())


class StepForm(forms.ModelForm[NextStep]):
    """A next step that moves an organisation up from a level."""

    from_level = forms.TypedChoiceField(
        label=_("From level"), coerce=int, choices=[(level, str(level)) for level in LEVELS[:-1]]
    )
    requires = KeysField(label=_("Requires"), help_text=_("Keys of questions whose steps must come first."))

    class Meta:
        model = NextStep
        fields = ("from_level", "order", "action", "owner", "effort", "horizon", "requires")
        widgets: ClassVar = {"action": text_area(2)}
        labels: ClassVar = {"order": _("Place"), "effort": _("Person-months")}

    def clean_effort(self) -> float | None:
        effort: float | None = self.cleaned_data["effort"]
        if effort is not None and not 0 < effort < float("inf"):
            raise ValidationError(_("Enter the effort in person-months, above 0, or leave it empty."))
        return effort

    def state(self) -> Snapshot:
        data = self.cleaned_data
        return {"from": data["from_level"], **{name: data.get(name) for name in draft_snapshots.STEP_FIELDS}}


def sent_steps(formset: Any) -> Iterator[Snapshot]:
    """Yield the next steps as sent, in order."""
    steps = [
        form for form in formset.forms if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
    ]
    for form in sorted(steps, key=lambda form: form.cleaned_data.get("order") or 0):
        if "from_level" in form.cleaned_data and "action" in form.cleaned_data:
            yield form.state()
