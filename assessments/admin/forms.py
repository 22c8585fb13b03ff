"""One form per page: a pillar, a question with its answers, a next step. `version_form.py` has that of a version."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.actions import draft_snapshots
from assessments.actions.draft_snapshots import Snapshot
from assessments.models import BankVersion, NextStep, Pillar, Question
from assessments.scoring.bank import MAX_LEVELS

from .fields import KeysField, ListField, counted, text_area
from .numbers import parse_pk
from .shape_fields import spread

STALE = _(
    "Someone else changed this while you had it open. Nothing was saved. Below, compare the "
    "current version with what you sent."
)


SHAPE = {"answer_set": "choices", "of_stage": "stage"}  # field of the form -> column


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


def answer_sets_of(version: BankVersion | None) -> list[tuple[str, str]]:
    """The answer sets of a version as (key, key with its answers)."""
    sets = [] if version is None else version.choices
    return [(each["key"], f"{each['key']}: {' · '.join(one['text'] for one in each['choices'])}") for each in sets]


def stages_of(version: BankVersion | None, names: Mapping[int, str]) -> list[tuple[int, str]]:
    """The levels that a question can belong to, if the levels of a version are stages."""
    if version is None or version.gate.get("by") != "stages":
        return []
    return [(number, f"{number} {name}") for number, name in names.items() if number > 1]


class PillarForm(DraftForm):
    """A pillar's own fields."""

    class Meta:
        model = Pillar
        fields = ("version", "key", "name", "short", "group", "weight", "summary")
        widgets: ClassVar = {"summary": text_area(3), "name": forms.TextInput(attrs={"size": 40})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """In a bank with groups, the group is one of them."""
        super().__init__(*args, **kwargs)
        version = self.instance.version if self.instance.version_id else self._version_to_be()
        if version is not None and version.groups:
            pairs = [(group["key"], group["name"]) for group in version.groups]
            self.fields["group"] = forms.ChoiceField(
                label=_("Group"), required=False, choices=[("", _("None")), *pairs], initial=self.instance.group
            )

    def _version_to_be(self) -> BankVersion | None:
        version = self.data.get("version") or self.initial.get("version")
        return BankVersion.objects.filter(pk=parse_pk(version)).first()

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        version = self.cleaned_data.get("version") or (self.instance.version if self.instance.version_id else None)
        if version is not None and version.pillars.filter(key=key).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another pillar in this version already has this key."))
        return key

    def sent(self) -> Snapshot:
        return {name: value for name, value in super().sent().items() if name in draft_snapshots.PILLAR_FIELDS}


class QuestionForm(DraftForm):
    """A question with a descriptor a level, or an answer set; a level without a descriptor is not offered."""

    covers = ListField(
        label=_("Practices covered"),
        help_text=_("Which statements in the source this question covers, such as VI-1, VI-2."),
    )
    answer_set = forms.ChoiceField(
        label=_("Answer set"), required=False, help_text=_("Answers that questions share, instead of descriptors.")
    )
    of_stage = forms.TypedChoiceField(
        label=_("Stage"), required=False, coerce=int, empty_value=None, help_text=_("The level that it belongs to.")
    )
    anchor_1, anchor_2, anchor_3, anchor_4 = descriptor(), descriptor(), descriptor(), descriptor()
    anchor_5, anchor_6, anchor_7 = descriptor(), descriptor(), descriptor()
    evenly = forms.BooleanField(
        label=_("Spread fewer answers evenly over the levels"),
        label_suffix="",
        required=False,
        help_text=_("The best one then counts as the highest level: three answers of five become levels 1, 3 and 5."),
    )

    class Meta:
        model = Question
        fields = ("pillar", *(name for name in draft_snapshots.QUESTION_FIELDS if name not in SHAPE.values()))
        widgets: ClassVar = {
            "text": text_area(2),
            "help": text_area(3),
            "error": text_area(2),
            "essential_reason": text_area(2),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        pillar = row.pillar if row.pillar_id else self._pillar_to_be()
        version = None if pillar is None else pillar.version
        names = {} if version is None else {level.number: level.name for level in version.levels.all()}
        self.ladder = range(1, (max(names, default=5)) + 1)
        self._fill_anchors(names)
        self._fill_shape(version, names)

    def _fill_anchors(self, names: Mapping[int, str]) -> None:
        texts = {anchor.level: anchor.text for anchor in self.instance.anchors.all()} if self.instance.pk else {}
        for level in self.ladder:
            field = self.fields[f"anchor_{level}"]
            field.initial = texts.get(level, "")
            field.label = f"{level} {names.get(level, '')}".strip()
            field.help_text = counted(f"anchor_{level}", self.data.get(f"anchor_{level}") or texts.get(level, ""))
        for level in range(len(self.ladder) + 1, MAX_LEVELS + 1):
            del self.fields[f"anchor_{level}"]

    def _fill_shape(self, version: BankVersion | None, names: Mapping[int, str]) -> None:
        """The answer sets and stages of the version; without any, no field for them."""
        offered: dict[str, Any] = {"answer_set": answer_sets_of(version), "of_stage": stages_of(version, names)}
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices, field.initial = [("", _("None")), *choices], getattr(self.instance, SHAPE[name])
            if not choices:
                field.widget = forms.HiddenInput()

    def _pillar_to_be(self) -> Pillar | None:
        pillar = self.data.get("pillar") or self.initial.get("pillar")
        return Pillar.objects.select_related("version").filter(pk=parse_pk(pillar)).first()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        pillar = data.get("pillar")
        if pillar is not None and data.get("key"):
            self._check_key(pillar.version, data["key"])
        anchors = self.anchors()
        if data.get("answer_set"):
            if any(anchors):
                self.add_error("answer_set", _("Choose an answer set or write descriptors, not both."))
        elif not anchors[0] and "anchor_1" in data:
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
        """The descriptors by level; evenly placed if that is asked for."""
        written = [self.cleaned_data.get(f"anchor_{level}") or None for level in self.ladder]
        answers = [each for each in written if each]
        return spread(answers, len(written)) if self.cleaned_data.get("evenly") and len(answers) > 1 else written

    def sent(self) -> Snapshot:
        fields = super().sent()
        pillar = fields.pop("pillar", None)
        place = {} if pillar is None else {"pillar": pillar.key}
        shape = {column: self.cleaned_data[name] for name, column in SHAPE.items() if name in self.cleaned_data}
        return {**fields, **place, **shape, "anchors": self.anchors()}

    def save(self, commit: bool = True) -> Any:
        """Save the answer set and the stage as well, which the model does not count as editable."""
        for name, column in SHAPE.items():
            setattr(self.instance, column, self.cleaned_data[name])
        return super().save(commit)

    def save_parts(self) -> None:
        """Save the descriptors. Call it after the question is saved."""
        if self.anchors() != draft_snapshots.state_of_question(self.instance)["anchors"]:
            draft_snapshots.put_anchors(self.instance, self.anchors())


class StepForm(forms.ModelForm[NextStep]):
    """A next step that moves an organisation up from a level."""

    from_level = forms.TypedChoiceField(
        label=_("From level"), coerce=int, choices=[(level, str(level)) for level in range(1, MAX_LEVELS)]
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
