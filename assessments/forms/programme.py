"""The programme of an organisation on one page: what and when, who, days off, and who releases."""

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy

from assessments.models import Participant, Programme, ProgrammeStep
from assessments.sentences import gettext as _

from .days_off import Range, ranges_of, text_of
from .helper import with_button
from .invitations import InviteManyForm
from .planning import DatesForm
from .starting import confidentiality_field
from .version_token import VersionTokenForm

MAX_AHEAD = datetime.timedelta(days=5 * 366)
DAYS_A_MONTH = 28
STEP_FIELDS = ("what", "months", "first_on", "days")
type Slot = Mapping[str, Any]


class ProgrammeForm(VersionTokenForm, InviteManyForm):
    """`initial` is the stored programme or a proposal, each step in fields that end with its number: `what_1`.

    A number without a rhythm is no step.
    """

    many = 500

    confidentiality = confidentiality_field()
    reminder_days = forms.TypedMultipleChoiceField(
        label=DatesForm.base_fields["reminder_days"].label,
        required=False,
        coerce=int,
        choices=DatesForm.REMINDERS,
        widget=forms.CheckboxSelectMultiple,
    )
    keeps_targets = forms.BooleanField(
        label=gettext_lazy("Keep the targets of the latest assessment with the same question bank"), required=False
    )
    release = forms.ChoiceField(
        label=gettext_lazy("Who releases the result?"),
        widget=forms.RadioSelect,
        choices=[
            (Programme.Release.BY_HAND, gettext_lazy("You, once you have read it")),
            (Programme.Release.WHEN_CLOSED, gettext_lazy("It is released when the assessment closes")),
        ],
    )
    weekdays_off = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days of the week on which nobody works"),
        required=False,
        coerce=int,
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    days_off = forms.CharField(
        label=gettext_lazy("Public holidays and company holidays, one per line"),
        required=False,
        max_length=5000,
        help_text=gettext_lazy(
            "For example 2026-12-24 – 2027-01-06, or 05-01 for every year. What would open or close on a day off waits "
            "for the next working day."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        initial: Mapping[str, Any],
        choices: Sequence[tuple[str, str]],
        slots: int,
        zone: str,
        today: datetime.date,
        opened: Collection[tuple[int, datetime.date]] = (),
    ) -> None:
        """`choices` are what a step can ask, `slots` the number of steps; `opened` the steps' numbers and months that
        have had their assessment, which no new start may fall into."""
        super().__init__(data, initial={**initial}, addresses=set())
        self.slots, self.today, self.opened = range(1, slots + 1), today, opened
        for number in self.slots:
            self._add_step(number, choices, zone)
        self.fields["people"].error_messages["required"] = _("Enter at least one person to invite.")
        self.helper = with_button("token", *self._layout(), button=_("Save programme"))

    def _add_step(self, number: int, choices: Sequence[tuple[str, str]], zone: str) -> None:
        is_first = number == 1
        blank = [] if is_first else [("", _("Not needed"))]
        fields = {
            "what": forms.ChoiceField(label=_("What is asked"), choices=choices),
            "months": forms.TypedChoiceField(
                label=_("How often"), coerce=int, choices=[*blank, *ProgrammeStep.Rhythm.choices], empty_value=None
            ),
            "first_on": forms.DateField(
                label=_("Next opens on"),
                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
                help_text=_("In the time zone %(zone)s.") % {"zone": zone} if is_first else "",
            ),
            "days": forms.IntegerField(label=_("Open for how many days"), min_value=1, max_value=90),
        }
        for name, field in fields.items():
            field.required = is_first
            field.depends = not is_first  # type: ignore[attr-defined]  # on the rhythm
            self.fields[f"{name}_{number}"] = field
        if len(choices) == 1:
            fields["what"].widget = forms.HiddenInput()
            fields["what"].initial = choices[0][0]

    def _layout(self) -> Iterator[object]:
        for number in self.slots:
            legend = _("What and when") if number == 1 else _("In between, if you like")
            yield Fieldset(legend, *(f"{name}_{number}" for name in STEP_FIELDS))
        yield Fieldset(_("Who"), "people", "confidentiality", "reminder_days")
        yield Fieldset(_("Days off"), "weekdays_off", "days_off")
        yield Fieldset(_("Result"), "release", "keeps_targets")

    def clean_weekdays_off(self) -> list[int]:
        days: list[int] = sorted(self.cleaned_data["weekdays_off"])
        if len(days) == len(WEEKDAYS):
            raise ValidationError(_("Leave at least one day of the week on which people work."))
        return days

    def clean_days_off(self) -> str:
        self.ranges: list[Range] = ranges_of(self.cleaned_data["days_off"])
        return text_of(self.ranges)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in self.slots:
            if data.get(f"months_{number}"):
                self._check_step(number, data)
        if "days_off" not in self.errors and "weekdays_off" not in self.errors:
            programme = Programme(weekdays_off=data.get("weekdays_off"), days_off=self.ranges)
            if programme.is_off(programme.working_day(self.today)):
                self.add_error("days_off", _("Leave at least one working day in the year."))
        return data

    def _check_step(self, number: int, data: Slot) -> None:
        first, days = data.get(f"first_on_{number}"), data.get(f"days_{number}")
        for name, value in (("first_on", first), ("days", days)):
            if value is None and f"{name}_{number}" not in self.errors:
                self.add_error(f"{name}_{number}", self.fields[f"{name}_{number}"].error_messages["required"])
        if first is not None and f"first_on_{number}" in self.changed_data:
            if not self.today < first <= self.today + MAX_AHEAD:
                message = _("Choose a date from tomorrow on, within five years: you are told before anything opens.")
                self.add_error(f"first_on_{number}", message)
            elif (number, first.replace(day=1)) in self.opened:
                message = _("This step already had its assessment in that month. Choose a later month.")
                self.add_error(f"first_on_{number}", message)
        if days is not None and days >= data[f"months_{number}"] * DAYS_A_MONTH:
            message = _("It would still be open when the next one opens. Enter fewer days, or choose a longer rhythm.")
            self.add_error(f"days_{number}", message)

    @property
    def steps(self) -> list[tuple[int, dict[str, Any]]]:
        """Each step's number and values; needs a valid form."""
        data = self.cleaned_data
        return [
            (number, {name: data[f"{name}_{number}"] for name in STEP_FIELDS})
            for number in self.slots
            if data[f"months_{number}"]
        ]

    @property
    def settings(self) -> dict[str, Any]:
        """The programme's own columns; needs a valid form."""
        names = ("confidentiality", "keeps_targets", "release", "weekdays_off")
        own = {name: self.cleaned_data[name] for name in names}
        reminders = sorted(self.cleaned_data["reminder_days"], reverse=True)
        return {**own, "reminder_days": reminders, "days_off": self.ranges}


def lines_of(people: Sequence[tuple[str, str, str]]) -> str:
    """People, each as address, name and function, as the lines in which the form takes them."""
    return "\n".join(f"{name} <{email}>, {_label(function)}".strip() for email, name, function in people)


def _label(function: str) -> str:
    return str(Participant.Function(function).label).lower()
