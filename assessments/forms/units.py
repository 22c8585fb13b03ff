"""Forms for an organisation's units: pasting many, adding and changing one, and who leads it."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy

from assessments.models import MAX_DEPTH, MAX_HEADCOUNT, MAX_UNIT_NAME, MAX_UNITS, Unit, User
from assessments.sentences import gettext as _

from .helper import with_button
from .plain import validate_plain_name
from .unit_rows import MAX_NAMED, UnitRow, refusal_of, rows_of

OF_A_SYSTEM = ("purpose", "owner", "in_use_since", "risk_class")


def problem_of(code: str, name: str = "") -> str:
    """The sentence for a change that the tree does not allow, by the code of the error."""
    sentences = {
        "doubled": _("There is already a unit called “%(name)s” there."),
        "cycle": _("“%(name)s” cannot be put under itself or under a unit below it."),
        "closed": _("“%(name)s” is closed."),
        "too deep": _("“%(name)s” would end up more than %(depth)d levels deep."),
        "too many": _("An organisation can have %(units)d units at most."),
        "no parent": _("There is no unit called “%(name)s” any more."),
        "under way": _("An assessment that is being prepared or answered has people in “%(name)s”. Move them first."),
        "has units": _("“%(name)s” has units below it. Move or delete those first, or close it."),
        "has people": _("People have answered or were invited for “%(name)s”. Close it instead of deleting it."),
    }
    return sentences[code] % {"name": name, "depth": MAX_DEPTH, "units": MAX_UNITS} + " " + _("Nothing was changed.")


class PasteUnitsForm(forms.Form):
    """Many units, one a line; `rows` holds the lines read."""

    units = forms.CharField(
        label=gettext_lazy("Units, one per line"),
        max_length=120_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, kind: str, existing: Iterable[tuple[str, ...]]) -> None:
        super().__init__(data)
        self.existing, self.rows = list(existing), tuple[UnitRow, ...]()
        units = self.fields["units"]
        if kind == Unit.Kind.SYSTEM:
            units.label = _("AI systems, one per line")
            units.help_text = _(
                "Paste rows from a spreadsheet or CSV file with the headings name, purpose, owner, in use since and risk "
                "class. Only the name is required. A column parent puts a system under another one."
            )
        else:
            units.help_text = _(
                "Paste rows from a spreadsheet with the headings parent, name and headcount. Or write paths such as "
                "Europe > Sales, or indent what belongs to the line above. The headcount, after a comma, is optional."
            )
        self.helper = with_button("units", button=_("Check the list"), name="preview")

    @property
    def new(self) -> list[UnitRow]:
        """The units that would be added."""
        return [row for row in self.rows if row.problem is None]

    def clean_units(self) -> str:
        text: str = self.cleaned_data["units"]
        if not text.strip():
            raise ValidationError(self.fields["units"].error_messages["required"])
        if sum(1 for line in text.splitlines() if line.strip()) > MAX_UNITS + 1:
            raise ValidationError(_("An organisation can have %(units)d units at most.") % {"units": MAX_UNITS})
        self.rows = tuple(rows_of(text, self.existing))
        wrong = [(row.line, row.problem) for row in self.rows if row.problem]
        if wrong or not self.rows:
            raise ValidationError(refusal_of(wrong) or [_("There is no row with a name.")])
        return text


class UnitForm(forms.Form):
    """One unit: its name, its place, its headcount; for an AI system also what it is for."""

    name = forms.CharField(max_length=MAX_UNIT_NAME, label=gettext_lazy("Name"), validators=[validate_plain_name])
    parent = forms.ChoiceField(label=gettext_lazy("Part of"), required=False)
    headcount = forms.IntegerField(
        label=gettext_lazy("Headcount"),
        required=False,
        min_value=1,
        max_value=MAX_HEADCOUNT,
        help_text=gettext_lazy(
            "Optional: how many people work in the unit itself, without the units below it. If all units have one, the "
            "mean of the units is weighted by it; otherwise all units count the same."
        ),
    )
    purpose = forms.CharField(max_length=500, label=gettext_lazy("Purpose"), required=False)
    owner = forms.CharField(
        max_length=150, label=gettext_lazy("Owner"), required=False, validators=[validate_plain_name]
    )
    in_use_since = forms.DateField(
        label=gettext_lazy("In use since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    risk_class = forms.CharField(
        max_length=80, label=gettext_lazy("Risk class"), required=False, help_text=gettext_lazy("In your own words.")
    )

    def __init__(
        self, data: Any = None, *, kind: str, parents: Sequence[tuple[UUID, str]], unit: Unit | None = None
    ) -> None:
        initial = {} if unit is None else {name: getattr(unit, name) for name in ("name", "headcount", *OF_A_SYSTEM)}
        super().__init__(data, initial={**initial, "parent": unit and unit.parent_id})
        choices = [("", _("The top of the tree")), *((str(pk), name) for pk, name in parents)]
        self.fields["parent"].choices = choices  # type: ignore[attr-defined]
        for name in ("headcount",) if kind == Unit.Kind.SYSTEM else OF_A_SYSTEM:
            del self.fields[name]
        if not parents:
            del self.fields["parent"]
        self.helper = with_button(*self.fields, button=_("Add") if unit is None else _("Save"))

    def clean_name(self) -> str:
        name: str = " ".join(self.cleaned_data["name"].split())
        if ">" in name or "›" in name:
            raise ValidationError(_("A name cannot contain “>”."))
        return name

    @property
    def under(self) -> UUID | None:
        """The unit to put it under."""
        chosen = self.cleaned_data.get("parent")
        return UUID(chosen) if chosen else None

    @property
    def details(self) -> dict[str, Any]:
        """Everything but its name and place."""
        return {key: value for key, value in self.cleaned_data.items() if key not in ("name", "parent")}


class MergeForm(forms.Form):
    """The unit that another one is merged into."""

    into = forms.ChoiceField(label=gettext_lazy("Merge into"))

    def __init__(self, data: Any = None, *, units: Sequence[tuple[UUID, str]]) -> None:
        super().__init__(data)
        self.fields["into"].choices = [("", _("Choose")), *((str(pk), name) for pk, name in units)]  # type: ignore[attr-defined]
        self.helper = with_button("into", button=_("Merge"), name="merge", style="second")


class UnitLeadsForm(forms.Form):
    """Who leads a unit, among the organisation's people who have an account; `people` are the users."""

    people = forms.CharField(
        required=False,
        max_length=4_000,
        label=gettext_lazy("E-mail addresses, one per line"),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "off"}),
        help_text=gettext_lazy(
            "In this unit and those below it, they see who has answered, invite and remind people while an assessment "
            "is open, and see the results once it is released."
        ),
    )

    def __init__(self, data: Any = None, *, people: QuerySet[User], unit: Unit) -> None:
        """`people` are those who can lead it."""
        leads = unit.leads.order_by("user__email").values_list("user__email", flat=True)
        super().__init__(data, initial={"people": "\n".join(leads)})
        self.possible = people
        self.helper = with_button("people", button=_("Save unit leads"), name="leads", style="second")

    def clean_people(self) -> list[User]:
        text: str = self.cleaned_data["people"]
        words = [word.casefold() for word in text.replace(",", " ").replace(";", " ").split()]
        rows = self.possible.annotate(address=Lower("email")).filter(address__in=words)
        found = {user.email.casefold(): user for user in rows}
        if unknown := [word for word in words if word not in found]:
            problem = _("Nobody in this organisation has an account with the address %(address)s.")
            raise ValidationError([problem % {"address": word} for word in unknown[:MAX_NAMED]])
        return list(found.values())
