"""Setting questions to a level in a scenario, and saving it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from assessments.scoring.bank import Bank, Pillar, Question
from assessments.sentences import gettext as _
from assessments.wording.remarks import numbered

from .helper import with_button
from .plain import validate_plain_name


@dataclass(frozen=True)
class PillarFields:
    """A pillar's fields, how many are changed, and how many questions have none because too few people answered."""

    name: str
    fields: tuple[forms.BoundField, ...]
    moved: int
    hidden: int


class LevelsForm(forms.Form):
    """One field per question that may be changed, named by its key; left blank, it stays as answered."""

    def __init__(self, data: Mapping[str, Any] | None, *, bank: Bank, movable: Collection[str]) -> None:
        super().__init__(data)
        self.bank = bank
        for key, question in bank.questions.items():
            if key in movable:
                self.fields[key] = forms.TypedChoiceField(
                    label=question.text, choices=_choices(bank, question), coerce=int, empty_value=None, required=False
                )

    @property
    def levels(self) -> dict[str, int]:
        """The new level of each changed question; needs a valid form."""
        return {key: level for key, level in self.cleaned_data.items() if level is not None}

    def groups(self) -> Iterator[PillarFields]:
        """Yield the fields by pillar."""
        for pillar in self.bank.pillars:
            yield self._group(pillar)

    def _group(self, pillar: Pillar) -> PillarFields:
        keys = [question.key for question in pillar.questions]
        fields = tuple(self[key] for key in keys if key in self.fields)
        moved = sum(1 for field in fields if field.value())
        return PillarFields(pillar.name, fields, moved, len(keys) - len(fields))


def _choices(bank: Bank, question: Question) -> list[tuple[str, str]]:
    """Return (value, label) of the answers offered above the lowest."""
    answers = [(str(answer), numbered(bank, question, answer)) for answer in question.offered[1:]]
    return [("", _("As answered")), *answers]


class ScenarioForm(forms.Form):
    """The scenario's name. Hidden fields carry the changed questions, which `LevelsForm` validates."""

    name = forms.CharField(label=gettext_lazy("Name of the scenario"), max_length=120, validators=[validate_plain_name])

    def __init__(self, *args: Any, levels: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.levels = dict(levels)
        for key, level in levels.items():
            self.fields[key] = forms.CharField(initial=str(level), widget=forms.HiddenInput, required=False)
        self.helper = with_button(*self.fields, button=_("Save scenario"))
