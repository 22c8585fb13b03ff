"""The form of a version: its texts, its ladder of levels, and its shape."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from assessments.actions import draft_snapshots
from assessments.actions.draft_snapshots import Snapshot
from assessments.models import BankVersion, Level, Question
from assessments.scoring.bank import LEVELS, MAX_LEVELS

from .fields import KeysField, LanguageField, text_area
from .forms import DraftForm
from .shape_fields import ChoicesField, GroupsField, SubsetsField

NUMBERS = range(1, MAX_LEVELS + 1)
GATES: dict[str, dict[str, Any]] = {  # the defaults of each kind
    "answers": {"reach": 0.50, "hold": 0.85, "cap": 2, "spread": 1},
    "stages": {"hold": 1.0},
}
SHAPE = {  # field -> column
    "kind": "format",
    "answer_sets": "choices",
    "headings": "groups",
    "mean_of": "index_of",
    "parts_asked": "subsets",
}
KINDS = (
    (1, _("Five levels: a statement for each level of a question")),
    (2, _("Any shape: 2 to 7 levels, answer sets, groups, stages, a scale of its own")),
)


def level_field(number: int, part: str) -> forms.Field:
    if part == "name":
        return forms.CharField(label=format_lazy(_("Level {number}"), number=number), required=False)
    if part == "value":
        return forms.FloatField(label=_("Value, 0 to 1"), required=False, min_value=0, max_value=1)
    return forms.CharField(label=_("What it means"), required=False, widget=text_area(2))


def share(label: Any, help_text: Any = "") -> forms.FloatField:
    return forms.FloatField(label=label, required=False, min_value=0, max_value=1, help_text=help_text)


def levels_or_none(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=MAX_LEVELS, help_text=_("Empty: no limit.")
    )


class LevelsForm(DraftForm):
    """The names, meanings and values of up to seven levels; an empty row ends the ladder."""

    for _number in NUMBERS:
        for _part in draft_snapshots.LEVEL_FIELDS:
            locals()[f"level_{_number}_{_part}"] = level_field(_number, _part)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level in self.instance.levels.all() if self.instance.pk else ():
            for part in draft_snapshots.LEVEL_FIELDS:
                self.fields[f"level_{level.number}_{part}"].initial = getattr(level, part)

    def levels(self) -> list[dict[str, Any]]:
        rows = [
            {part: self.cleaned_data.get(f"level_{number}_{part}") for part in draft_snapshots.LEVEL_FIELDS}
            for number in NUMBERS
        ]
        last = max((place for place, row in enumerate(rows, start=1) if row["name"]), default=0)
        return [{**row, "name": row["name"] or "", "summary": row["summary"] or ""} for row in rows[:last]]

    def check_levels(self, least: int, most: int) -> None:
        """Refuse a ladder with a gap, or with fewer or more levels than the shape has."""
        levels = self.levels()
        for number in range(1, max(least, len(levels)) + 1):
            if number > len(levels) or not levels[number - 1]["name"]:
                self.add_error(f"level_{number}_name", _("Name this level."))
        if len(levels) > most:
            self.add_error(f"level_{most + 1}_name", _("This bank has five levels. Leave this one empty."))

    def save_levels(self) -> None:
        levels = self.levels()
        self.instance.levels.filter(number__gt=len(levels)).delete()
        for number, level in enumerate(levels, start=1):
            Level.objects.update_or_create(version=self.instance, number=number, defaults=level)


class VersionForm(LevelsForm):
    """The texts of a version, its levels and its shape."""

    retired = KeysField(
        label=_("Retired keys"), help_text=_("Keys of earlier questions, never reused. Publishing adds to this list.")
    )
    language = LanguageField(label=_("Language"), initial="en")
    kind = forms.TypedChoiceField(label=_("Kind of bank"), coerce=int, required=False, choices=KINDS)
    scale_from = forms.FloatField(label=_("Scores from"), required=False, help_text=_("Empty: from 1."))
    scale_to = forms.FloatField(label=_("to"), required=False, help_text=_("Empty: to the number of levels."))
    answer_sets = ChoicesField(
        label=_("Answer sets"),
        help_text=_(
            "Answers that questions share. For each set its key, then an answer a line, the lowest first: 0.5 | Partly. "
            "Without values the steps are equal. A blank line separates sets."
        ),
    )
    headings = GroupsField(
        label=_("Groups"),
        help_text=_("Headings over pillars that get a score too. One a line: key | name | weight. The name is enough."),
    )
    parts_asked = SubsetsField(
        label=_("Subsets"),
        help_text=_(
            "Questions that can be asked on their own, such as a pulse. One subset a line: key | title | keys of its "
            "questions. Leave out at least one question of each pillar."
        ),
    )
    mean_of = forms.ChoiceField(
        label=_("The index is the mean of"),
        required=False,
        choices=[("pillars", _("the pillars")), ("groups", _("the groups"))],
    )
    gate_by = forms.ChoiceField(
        label=_("A level is reached by"),
        required=False,
        choices=[("answers", _("the share of answers at the level")), ("stages", _("the questions of its stage"))],
    )
    gate_reach = share(_("Share that reaches a level"), _("Empty: 0.5. Not with stages."))
    gate_hold = share(_("Share that holds a level"), _("Empty: 0.85, or 1 with stages."))
    gate_cap = levels_or_none(_("Levels above the lowest answer, at most"))
    gate_spread = levels_or_none(_("Levels of the organisation above its lowest pillar, at most"))

    class Meta:
        model = BankVersion
        fields = ("bank", "version", "title", "language", "source", "licence", "attribution", "about", "retired")
        widgets: ClassVar = {
            "source": text_area(2),
            "attribution": text_area(2),
            "about": text_area(4),
            "title": forms.TextInput(attrs={"size": 60}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        if "bank" in self.fields:
            text = _('A new bank is added first, then its versions: <a href="{}">add a bank</a>.')
            self.fields["bank"].help_text = format_html(str(text), reverse("admin:assessments_questionbank_add"))
        for name, column in SHAPE.items():
            self.fields[name].initial = getattr(row, column)
        self.fields["scale_from"].initial, self.fields["scale_to"].initial = row.scale or (None, None)
        gate = {"by": "answers", **GATES[row.gate.get("by", "answers")], **row.gate}
        for name in ("by", "reach", "hold", "cap", "spread"):
            self.fields[f"gate_{name}"].initial = gate.get(name)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._check_subsets(data.get("parts_asked") or [])
        if self.shape()["format"] == 2:
            self.check_levels(2, MAX_LEVELS)
            self._check_scale(data.get("scale_from"), data.get("scale_to"))
            self._check_sets_in_use({each["key"] for each in data.get("answer_sets") or ()})
            return data
        self.check_levels(len(LEVELS), len(LEVELS))
        if self._needs_another_shape():
            self.add_error("kind", _("What you entered needs a bank of any shape. Choose it here."))
        return data

    def _check_scale(self, low: float | None, high: float | None) -> None:
        if (low is None) != (high is None):
            self.add_error("scale_to", _("Enter both ends of the scale, or neither."))
        elif low is not None and high is not None and low >= high:
            self.add_error("scale_to", _("The scale must end above where it starts."))

    def _check_subsets(self, subsets: list[dict[str, Any]]) -> None:
        """A subset names questions of this version, but not all of a pillar."""
        pillars = self.instance.pillars.prefetch_related("questions") if subsets and self.instance.pk else ()
        keys = {pillar.name: {question.key for question in pillar.questions.all()} for pillar in pillars}
        for subset in subsets:
            asked = set(subset["questions"])
            unknown = asked - set[str]().union(*keys.values())
            whole = [name for name, own in keys.items() if own and own <= asked]
            words = {"key": subset["key"], "what": min(unknown or whole or [""])}
            if unknown:
                self.add_error("parts_asked", _("“%(key)s”: this bank has no question “%(what)s”.") % words)
            elif whole:
                text = _(
                    "“%(key)s” asks every question of %(what)s. Leave one out: a pulse tells no score of a pillar."
                )
                self.add_error("parts_asked", text % words)

    def _check_sets_in_use(self, keys: set[str]) -> None:
        """A set that a question uses can only go after the question has other answers."""
        questions = (
            Question.objects.filter(pillar__version=self.instance) if self.instance.pk else Question.objects.none()
        )
        missing = set(questions.exclude(choices="").values_list("choices", flat=True)) - keys
        if missing:
            text = _("Questions use the answer set “%(key)s”. Give them other answers first.")
            self.add_error("answer_sets", ValidationError(text, params={"key": min(missing)}))

    def _needs_another_shape(self) -> bool:
        data = self.cleaned_data
        given = (*self.scale(), data.get("answer_sets"), data.get("headings"), data.get("attribution"), self.gate())
        has_values = any(level["value"] is not None for level in self.levels())
        return any(given) or has_values or data.get("mean_of") == "groups"

    def scale(self) -> list[float]:
        low, high = (self.cleaned_data.get(name) for name in ("scale_from", "scale_to"))
        return [] if low is None or high is None else [low, high]

    def gate(self) -> dict[str, Any]:
        """The gate as stored: empty if it is the default."""
        by = self.cleaned_data.get("gate_by") or "answers"
        filled = {name: self._gate_part(name, default) for name, default in GATES[by].items()}
        return {} if by == "answers" and filled == GATES[by] else {"by": by, **GATES["answers"], **filled}

    def _gate_part(self, name: str, default: float | None) -> float | None:
        """What was sent; no limit if its field was emptied, and the default if it was not on the page."""
        sent = self.cleaned_data.get(f"gate_{name}")
        is_limit = name in ("cap", "spread") and f"gate_{name}" in self.data
        return default if sent is None and not is_limit else sent

    def shape(self) -> Snapshot:
        own = {column: self.cleaned_data.get(name) for name, column in SHAPE.items()}
        filled = {
            column: getattr(self.instance, column) if value in ("", None) else value for column, value in own.items()
        }
        return {**filled, "scale": self.scale(), "gate": self.gate()}

    def sent(self) -> Snapshot:
        fields = {name: value for name, value in super().sent().items() if name in draft_snapshots.VERSION_FIELDS}
        return {**fields, **self.shape(), "levels": self.levels()}

    def save(self, commit: bool = True) -> Any:
        """Save the shape as well, which the model does not count as editable."""
        for name, value in self.shape().items():
            setattr(self.instance, name, value)
        return super().save(commit)

    def save_parts(self) -> None:
        """Save the levels. Call it after the version is saved."""
        self.save_levels()
