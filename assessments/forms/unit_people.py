"""Choosing the units that an assessment asks, and which unit each of its people answers for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from assessments.models import Unit
from assessments.sentences import gettext as _

from .functions import function_of
from .helper import with_button
from .people_file import ADDRESS
from .unit_rows import key_of, refusal_of


class UnitNames:
    """The units of an assessment by what people call them: a name, if only one has it, or a path such as `A > B`."""

    def __init__(self, choices: Iterable[tuple[UUID, Sequence[str]]]) -> None:
        self.by_path: dict[tuple[str, ...], UUID] = {}
        self.by_name: dict[str, list[UUID]] = {}
        self.labels: dict[UUID, str] = {}
        for pk, path in choices:
            self.labels[pk] = " › ".join(path)
            self.by_path[key_of(path)] = pk
            self.by_name.setdefault(key_of(path)[-1], []).append(pk)

    @classmethod
    def among(cls, units: Sequence[tuple[UUID, Sequence[str]]]) -> "UnitNames | None":
        """None for an assessment that asks no units."""
        return cls(units) if units else None

    @property
    def only(self) -> UUID | None:
        """The unit, if there is just one."""
        return next(iter(self.labels)) if len(self.labels) == 1 else None

    def find(self, text: str) -> UUID | None:
        """The unit, or None if there is none. Raises ValidationError if several have this name."""
        parts = [part for part in text.replace("›", ">").split(">") if part.strip()]
        if not parts:
            return None
        if len(parts) > 1:
            return self.by_path.get(key_of(parts))
        found = self.by_name.get(key_of(parts)[0], [])
        top = self.by_path.get(key_of(parts))
        if len(found) > 1 and top is None:
            problem = _("There are several units called “%(name)s”. Write the whole path, as in “Europe > Sales”.")
            raise ValidationError(problem % {"name": text.strip()})
        return top or (found[0] if found else None)

    def split(self, line: str) -> tuple[str, UUID | None]:
        """A line of a list of people without the unit at its end, and that unit. Raises ValidationError like `find`."""
        rest, cut, last = max((line.rpartition(mark) for mark in ",;\t|"), key=lambda parts: len(parts[0]))
        is_word = not cut or "@" in last or (function_of(last) and not any(mark in rest for mark in ",;\t|"))
        unit = None if is_word else self.find(last)
        return (line, None) if unit is None else (rest, unit)


class ChooseUnitsForm(forms.Form):
    """Whether an assessment asks by unit, and which part of the tree."""

    kind = forms.ChoiceField(label=gettext_lazy("Results for each"), required=False, widget=forms.RadioSelect)
    roots = forms.MultipleChoiceField(
        label=gettext_lazy("Only these, with everything below them"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=gettext_lazy("Leave it empty to ask the whole tree."),
    )

    def __init__(self, data: Any = None, *, kind: str, roots: Sequence[UUID], choices: Mapping[str, Any]) -> None:
        """`choices` are the active units of each kind that there is."""
        super().__init__(data, initial={"kind": kind, "roots": [str(root) for root in roots]})
        kinds = [
            ("", _("Nothing: one result for everybody")),
            *(each for each in Unit.Kind.choices if each[0] in choices),
        ]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.of_kind = {key: {str(pk) for pk, _label in units} for key, units in choices.items()}
        labels = dict(Unit.Kind.choices)
        groups = [(str(labels[key]), [(str(pk), name) for pk, name in units]) for key, units in choices.items()]
        self.fields["roots"].choices = groups  # type: ignore[attr-defined]
        self.helper = with_button("kind", "roots", button=_("Save"), name="choose")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        allowed = self.of_kind.get(data.get("kind") or "", set())
        data["roots"] = [UUID(root) for root in data.get("roots", ()) if root in allowed]
        return data


class PlacePeopleForm(forms.Form):
    """Which unit people answer for: an address and a unit in each line; `places` holds what was read."""

    people = forms.CharField(
        label=gettext_lazy("E-mail address and unit, one person per line"),
        max_length=400_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "For example: dana@example.org, Sales. Or paste two columns of a spreadsheet. Where several units have the "
            "same name, write the whole path: Europe > Sales. Without a unit, a person counts for the whole only."
        ),
    )

    def __init__(self, data: Any = None, *, names: UnitNames, known: Mapping[str, Any], text: str = "") -> None:
        """`known` are the people of the assessment by address."""
        super().__init__(data, initial={"people": text})
        self.names, self.known, self.places = names, known, dict[Any, UUID | None]()
        self.helper = with_button("people", button=_("Save units of people"), name="place")

    def clean_people(self) -> str:
        text: str = self.cleaned_data["people"]
        wrong = []
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip() or (number == 1 and "@" not in line):
                continue
            try:
                self._read(line)
            except ValidationError as error:
                wrong.append((number, error.messages[0]))
        if wrong:
            raise ValidationError(refusal_of(wrong))
        return text

    def _read(self, line: str) -> None:
        found = ADDRESS.findall(line)
        if len(found) != 1:
            raise ValidationError(_("Write an e-mail address, a comma and a unit."))
        address = found[0].lower()
        if address not in self.known:
            raise ValidationError(_("%(address)s is not on the list of this assessment.") % {"address": address})
        name = line.split(found[0], 1)[1].strip(" \t,;|>\"'")
        unit = self.names.find(name) if name else None
        if name and unit is None:
            raise ValidationError(_("This assessment has no unit called “%(name)s”.") % {"name": name})
        person = self.known[address]
        if person in self.places:
            raise ValidationError(_("%(address)s is listed twice.") % {"address": address})
        self.places[person] = unit
